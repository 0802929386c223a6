import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { FormatError } from '../../../src/formats/format-error';
import { readSafetensors, writeSafetensors, type NewTensor } from '../../../src/formats/safetensors';

const join = (pieces: Uint8Array[]): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.concat(pieces));

function file(header: unknown, data = new Uint8Array(0)): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(text.length), true);
  return join([length, text, data]);
}

const someTensors = new Map<string, NewTensor>([
  ['b', { shape: [3], data: Uint8Array.of(1, 2, 3) }],
  ['10', { shape: [2, 2], data: Float32Array.of(0.5, -0, 1e-40, 3) }],
  ['2', { shape: [], data: Float32Array.of(7) }],
  ['a', { shape: [1, 2], data: Float64Array.of(Math.PI, NaN) }],
]);

describe('writeSafetensors', () => {
  it('writes the bytes that the format says', () => {
    const bytes = join(
      writeSafetensors(new Map([['x', { shape: [2], data: Float32Array.of(1, -2) }]]), { k: 'v' }),
    );
    const header = '{"__metadata__":{"k":"v"},"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}';
    const padded = header.padEnd(Math.ceil(header.length / 8) * 8, ' ');
    expect(Buffer.from(bytes).toString('hex')).toBe(
      Buffer.concat([
        Buffer.from([padded.length, 0, 0, 0, 0, 0, 0, 0]),
        Buffer.from(padded),
        Buffer.from([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]),
      ]).toString('hex'),
    );
  });

  it('does not depend on the order in which tensors and metadata are given', () => {
    const reversed = new Map([...someTensors].reverse());
    expect(join(writeSafetensors(reversed, { b: '2', a: '1' }))).toEqual(
      join(writeSafetensors(someTensors, { a: '1', b: '2' })),
    );
  });

  it('aligns every tensor and pads the header', () => {
    const [header = new Uint8Array(), ...data] = writeSafetensors(someTensors);
    expect(header.length % 8).toBe(0);
    let at = header.length;
    for (const piece of data) {
      expect(at % Math.min(8, piece.length % 8 === 0 ? 8 : piece.length % 4 === 0 ? 4 : 1)).toBe(0);
      at += piece.length;
    }
  });

  it('refuses a shape that does not fit', () => {
    expect(() => writeSafetensors(new Map([['x', { shape: [3], data: new Float32Array(2) }]]))).toThrow(
      FormatError,
    );
  });
});

describe('readSafetensors', () => {
  it('reads what was written, exactly', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'grapheme' }), fc.float32Array(), { maxKeys: 6 }),
        fc.dictionary(fc.string(), fc.string()),
        fc.nat(8),
        (arrays, metadata, shift) => {
          const tensors = new Map(
            Object.entries(arrays).map(([name, data]) => [name, { shape: [data.length], data }]),
          );
          tensors.delete('__metadata__');
          const bytes = join(writeSafetensors(tensors, metadata));
          // Anywhere in a larger buffer.
          const moved = new Uint8Array(bytes.length + shift).subarray(shift);
          moved.set(bytes);
          const read = readSafetensors(moved);
          expect(new Set(read.tensors.keys())).toEqual(new Set(tensors.keys()));
          for (const [name, { data }] of tensors)
            expect(read.tensors.get(name)).toEqual({ type: 'F32', shape: [data.length], data });
          expect(Object.fromEntries(read.metadata)).toEqual(Object.fromEntries(Object.entries(metadata)));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('reads a file made by Python, unaligned as it is', () => {
    const fixture = JSON.parse(readFileSync('test/reference/fixtures/safetensors.json', 'utf8')) as {
      file: string;
    };
    const { tensors, metadata } = readSafetensors(new Uint8Array(Buffer.from(fixture.file, 'base64')));
    expect(metadata).toEqual(new Map([['title', 'Easy & "hard" ✓']]));
    expect(tensors.get('weights/0')).toEqual({
      type: 'F32',
      shape: [2, 3],
      data: Float32Array.of(0.1, -2.5, 3e-30, 1e20, 0, -0),
    });
    expect(tensors.get('odd')?.data).toEqual(Uint8Array.of(1, 2, 255));
    expect(tensors.get('double')?.data).toEqual(Float64Array.of(Math.PI, -1 / 3));
    expect(tensors.get('scalar')).toEqual({ type: 'I32', shape: [], data: Int32Array.of(-7) });
    expect(tensors.get('empty')).toEqual({ type: 'F32', shape: [0, 4], data: new Float32Array(0) });
    expect(tensors.get('große Zahl')?.data).toEqual(BigInt64Array.of(2n ** 53n + 1n, -(2n ** 62n)));
  });

  it('reads floats as views where they are aligned', () => {
    const bytes = join(writeSafetensors(someTensors));
    expect(readSafetensors(bytes).tensors.get('10')?.data.buffer).toBe(bytes.buffer);
  });

  const x = { dtype: 'F32', shape: [2], data_offsets: [0, 8] };
  const huge = new Uint8Array(16);
  new DataView(huge.buffer).setBigUint64(0, 2n ** 63n, true);
  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array(0)],
    ['a header length of 2^63', huge],
    ['a header beyond the end', file({ x }, new Uint8Array(8)).subarray(0, 20)],
    ['no JSON', file('{"x":')],
    ['bad UTF-8', join([file('').fill(2, 0, 1), Uint8Array.of(0xff, 0xfe)])],
    ['a list', file('[]')],
    ['a header that starts with a space', file(' {}')],
    ['an unknown type', file({ x: { ...x, dtype: 'constructor' } }, new Uint8Array(8))],
    ['a negative length', file({ x: { ...x, shape: [-2] } }, new Uint8Array(8))],
    ['a shape too large', file({ x: { ...x, shape: [2 ** 40, 2 ** 40] } }, new Uint8Array(8))],
    ['a shape too small', file({ x: { ...x, shape: [1] } }, new Uint8Array(8))],
    ['data beyond the end', file({ x }, new Uint8Array(4))],
    ['data that belong to nothing', file({ x }, new Uint8Array(9))],
    ['offsets backwards', file({ x: { ...x, data_offsets: [8, 0] } }, new Uint8Array(8))],
    ['overlap', file({ x, y: { ...x, data_offsets: [4, 12] } }, new Uint8Array(12))],
    ['a hole', file({ x, y: { ...x, data_offsets: [12, 20] } }, new Uint8Array(20))],
    ['metadata that are no strings', file({ __metadata__: { a: 1 } })],
    ['null as a tensor', file({ x: null })],
  ])('refuses %s', (_, bytes) => {
    expect(() => readSafetensors(bytes)).toThrow(FormatError);
  });

  it('answers any bytes with tensors or a FormatError', () => {
    const good = join(writeSafetensors(someTensors, { a: 'b' }));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        (edits) => {
          const bytes = good.slice();
          for (const [at, value] of edits) bytes[at] = value;
          try {
            readSafetensors(bytes);
          } catch (error) {
            expect(error).toBeInstanceOf(FormatError);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('a header that has a name twice', () => {
  const tensor = '{"dtype":"U8","shape":[1],"data_offsets":[0,1]}';
  it.each([
    [`{"x":${tensor},"x":${tensor}}`, '"x"'],
    [`{"x":${tensor},"\\u0078":${tensor}}`, '"x"'],
    ['{"__metadata__":{"k":"1","k":"2"}}', '"k"'],
    ['{"x":{"dtype":"U8","dtype":"U8","shape":[1],"data_offsets":[0,1]}}', '"dtype"'],
  ])('is refused: %s', (header, name) => {
    expect(() => readSafetensors(file(header, new Uint8Array(1)))).toThrow(
      new FormatError(`The header has ${name} twice.`),
    );
  });
});
