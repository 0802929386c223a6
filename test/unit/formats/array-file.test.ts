import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { arrayIn, arraysIn, shapesIn } from '../../../src/formats/array-file';
import { placeOfArray } from '../../../src/formats/array-place';
import { writeNpy } from '../../../src/formats/npy';
import { writeSafetensors } from '../../../src/formats/safetensors';
import { inMemory } from './in-memory';
import { mutatedFormats, readMutated } from './mutate-array';

const csv = (text: string): ReturnType<typeof arrayIn> =>
  arrayIn('a.csv', inMemory(new TextEncoder().encode(text)));

/** A zip archive of one file that says of itself what it likes. */
function zip(data: Uint8Array, says: { size: number; method?: number; flags?: number; crc?: number }) {
  const { size, method = 8, flags = 0, crc = 0 } = says;
  const name = Buffer.from('x.npy');
  const fields = Buffer.alloc(20);
  fields.writeUInt16LE(flags, 0);
  fields.writeUInt16LE(method, 2);
  fields.writeUInt32LE(crc, 8);
  fields.writeUInt32LE(data.length, 12);
  fields.writeUInt32LE(size, 16);
  const nameLength = Buffer.from([name.length, 0, 0, 0]);
  const local = Buffer.concat([Buffer.from('PK\x03\x04\x14\0', 'latin1'), fields, nameLength, name]);
  const central = Buffer.concat([
    ...[Buffer.from('PK\x01\x02\x14\0\x14\0', 'latin1'), fields, nameLength, Buffer.alloc(14), name],
  ]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(local.length + data.length, 16);
  return new Uint8Array(Buffer.concat([local, data, central, end]));
}

describe('array files', () => {
  it.each(mutatedFormats)('answer each of many mutations with numbers or a sentence: %s', (format) => {
    // What has many parts takes long.
    const { read, faults } = readMutated(format, ['.h5', '.mat'].includes(format) ? 100 : 500);
    expect(faults).toEqual([]);
    expect(read).toBeGreaterThan(20);
  });

  it('of JSON are its lists of numbers, by their keys; null is not defined', () => {
    const json = (text: string, name?: string) =>
      arrayIn('a.json', inMemory(new TextEncoder().encode(text)), name);
    expect(json('[[1, 2, null], [3, 4, 5]]')).toEqual({
      shape: [2, 3],
      data: Float64Array.of(1, 2, NaN, 3, 4, 5),
    });
    const object = '{"n": 2, "names": ["a", "b"], "x": [1, 2], "y": [[3]]}';
    expect(json(object, 'y')).toEqual({ shape: [1, 1], data: Float64Array.of(3) });
    expect(() => json(object)).toThrow("It has 'x', 'y'.");
    expect(() => json('[[1, 2], [3]]')).toThrow('Its lists differ in length');
    expect(() => json('[1, "2"]')).toThrow('It has "2" among its numbers.');
    expect(() => json('[1, 2')).toThrow('It is no JSON text: it is broken');
    expect(() => json('"x"')).toThrow('no list of numbers');
    expect(() => json('['.repeat(5000) + ']'.repeat(5000))).toThrow();
  });

  it('are named with one of their arrays, on any system', () => {
    expect(placeOfArray('a/b.npz:fc:1')).toEqual({ file: 'a/b.npz', array: 'fc:1' });
    expect(placeOfArray('C:\\acts\\b.safetensors:fc')).toEqual({
      file: 'C:\\acts\\b.safetensors',
      array: 'fc',
    });
    expect(placeOfArray('a.h5:net/fc:0')).toEqual({ file: 'a.h5', array: 'net/fc:0' });
    expect(placeOfArray('C:\\a.npy')).toEqual({ file: 'C:\\a.npy' });
  });

  it('of several arrays need a name', () => {
    const one = { shape: [1, 1], data: Int8Array.of(-3) };
    const two = writeSafetensors(
      new Map([
        ['a', one],
        ['b', one],
      ]),
    );
    const file = new Uint8Array(Buffer.concat(two));
    expect(() => arrayIn('x.safetensors', inMemory(file))).toThrow("as in FILE:NAME. It has 'a', 'b'.");
    expect(() => arrayIn('x.safetensors', inMemory(file), 'c')).toThrow(
      "There is no array 'c'. It has 'a', 'b'.",
    );
    expect([...arrayIn('x.safetensors', inMemory(file), 'b').data]).toEqual([-3]);
    const alone = new Uint8Array(Buffer.concat(writeSafetensors(new Map([['a', one]]))));
    expect([...arrayIn('X.SafeTensors', inMemory(alone)).data]).toEqual([-3]);
    expect(() => arraysIn('a.pkl', inMemory(alone))).toThrow(
      'read from .npy, .npz, .safetensors, .h5, .hdf5, .mat, .csv, .json',
    );
  });
});

describe('shapes', () => {
  const npy = writeNpy({ shape: [2, 2], data: Float64Array.of(1, 2, 3, 4) });
  const tensor = { shape: [2, 2], data: Float64Array.of(1, 2, 3, 4) };
  const tensors = new Uint8Array(Buffer.concat(writeSafetensors(new Map([['x', tensor]]))));
  it.each([
    ['a.npy', npy, ''],
    ['a.safetensors', tensors, 'x'],
  ])(
    'are read of the header alone, and believed where the file is as large as they say: %s',
    (name, file, array) => {
      const asked: number[] = [];
      const parts = (size: number) => ({
        read: (from: number, to: number) => {
          asked.push(to);
          return file.subarray(from, to);
        },
        size,
      });
      expect([...shapesIn(name, parts(file.length))]).toEqual([[array, [2, 2]]]);
      if (name === 'a.safetensors') expect(Math.max(...asked)).toBe(file.length - 32);
      expect(() => shapesIn(name, parts(file.length - 8))).toThrow(/does not fit|reaches beyond/);
    },
  );
});

describe('archives', () => {
  const npy = writeNpy({ shape: [2], data: Float64Array.of(1, 2) });
  const packed = deflateRawSync(npy);
  it.each([
    ['a size beyond what may unpack', zip(packed, { size: 3e9 }), 'would unpack'],
    ['a size beyond its ratio', zip(packed, { size: 1.5e9 }), 'would unpack'],
    ['more than it says', zip(packed, { size: 10 }), 'cannot be unpacked'],
    ['less than it says', zip(packed, { size: npy.length + 5 }), 'checksum'],
    ['another checksum', zip(packed, { size: npy.length, crc: 1 }), 'checksum'],
    ['encryption', zip(packed, { size: npy.length, flags: 1 }), 'encrypted'],
    ['another method', zip(packed, { size: npy.length, method: 12 }), 'method 12'],
    ['two sizes of what is not packed', zip(npy, { size: 1, method: 0 }), 'not as long'],
    ['nothing', new Uint8Array(0), 'no zip archive'],
  ])('are refused: %s', (_, file, sentence) => {
    expect(() => arrayIn('a.npz', inMemory(file))).toThrow(sentence);
  });
});

describe('CSV of numbers', () => {
  it('is read with a head or without, and without the row names of pandas', () => {
    const wanted = { shape: [2, 2], data: Float64Array.of(1, -2.5, 3e-2, 4) };
    expect(csv('1,-2.5\n.03,4\n')).toEqual(wanted);
    expect(csv('\uFEFFu,v\r\n1,-2.5\r\n0.03,4')).toEqual(wanted);
    expect(csv(',u,v\na,1,-2.5\nb,3e-2,4\n')).toEqual(wanted);
    expect([...csv('u;v\nnan;-inf\n').data]).toEqual([NaN, -Infinity]);
  });

  it.each([
    ['u,v\n1,x\n', "Row 2, column 2 has 'x', which is no number"],
    ['u;v\n1,5;2\n', "Row 2, column 1 has '1,5', which is no number"],
    ['1,2\n3\n', 'Row 2 has 1 fields, and the first 2.'],
    ['0,1,2\n5,6,7\n', 'Its first line counts 0, 1, 2'],
    ['u\n0x10\n', 'which is no number'],
  ])('says what is wrong with %j', (text, sentence) => {
    expect(() => csv(text)).toThrow(sentence);
  });
});
