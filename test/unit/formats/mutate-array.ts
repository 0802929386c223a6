import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { stream } from '../../../src/core/stream';
import { arraysIn, shapesIn } from '../../../src/formats/array-file';
import { FormatError } from '../../../src/formats/format-error';
import { writeSafetensors } from '../../../src/formats/safetensors';
import { inMemory } from './in-memory';

const fixture = <T>(name: string): T =>
  JSON.parse(readFileSync(`test/reference/fixtures/${name}.json`, 'utf8')) as T;
const bytes = (file: string): Uint8Array => new Uint8Array(Buffer.from(file, 'base64'));

const inflated = (file: string): Uint8Array => new Uint8Array(inflateSync(bytes(file)));

/** Good files of each format, which mutations are made of. */
const seeds: Readonly<Record<string, () => Uint8Array[]>> = {
  '.npy': () => fixture<{ cases: { file: string }[] }>('npy').cases.map(({ file }) => bytes(file)),
  '.npz': () => {
    const { stored, packed, objects } = fixture<Record<string, string>>('array-files');
    return [stored, packed, objects].map(bytes);
  },
  '.safetensors': () => [
    bytes(fixture<{ file: string }>('safetensors').file),
    new Uint8Array(
      Buffer.concat(
        writeSafetensors(
          new Map([
            ['a', { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) }],
            ['b', { shape: [2, 1], data: Uint16Array.of(1, 65535) }],
          ]),
          { made: 'here' },
        ),
      ),
    ),
  ],
  '.h5': () => fixture<{ little: string[] }>('hdf5').little.map(inflated),
  '.mat': () => {
    const { matlab, matlab5, matlab7 } = fixture<Record<string, { file: string }>>('hdf5');
    return [matlab, matlab5, matlab7].map(({ file }) => inflated(file));
  },
  '.json': () =>
    ['[[1, 2], [3, null]]', '{"size": 2, "a": [1.5, -2], "names": ["x"], "b": [[[1e3]]]}', '[]'].map((text) =>
      new TextEncoder().encode(text),
    ),
  '.csv': () =>
    [
      'a,b\n1,2\n3,4.5e-3\n',
      '1;-2;nan\n3;4;inf\n',
      ',unit 1,unit 2\nrow 0,1,2\nrow 1,3,4\n',
      '"a, b"\t"c"\r\n1\t2\r\n',
    ].map((text) => new TextEncoder().encode(text)),
};

export const mutatedFormats = Object.keys(seeds);

/**
 * Mutations of good array files, each read with all its arrays: with numbers that fit their shape and that the file has room for, or with one
 * sentence.
 *
 * @returns how many were read, and what was wrong
 */
export function readMutated(format: string, count: number): { read: number; faults: string[] } {
  const good = seeds[format]();
  const faults: string[] = [];
  let read = 0;
  for (let number = 0; number < count; number++) {
    const random = stream('array files', format, number);
    const file = mutated(good[random.below(good.length)], random);
    try {
      const parts = inMemory(file);
      for (const [name, array] of arraysIn(`x${format}`, parts)) {
        const said = array.shape();
        if (said === null) continue;
        const { shape, data } = array.read();
        const size = shape.reduce((product, length) => product * length, 1);
        if (size !== data.length) faults.push(`${number}: ${data.length} numbers of shape ${shape.join()}`);
        if (said.join() !== shape.join()) faults.push(`${number}: the header of ${name} says another shape`);
        // Deflate packs up to 1032 bytes into one.
        if (data.length > file.length * 1032) faults.push(`${number}: ${data.length} numbers`);
      }
      shapesIn(`x${format}`, parts);
      read++;
    } catch (error) {
      const isSentence = error instanceof FormatError && /^[A-Z'].*\.$/s.test(error.message);
      if (!isSentence) faults.push(`${number}: ${error instanceof Error ? error.stack : String(error)}`);
    }
  }
  return { read, faults };
}

function mutated(good: Uint8Array, random: ReturnType<typeof stream>): Uint8Array {
  let file = good.slice();
  for (let times = 1 + random.below(2); times > 0; times--) {
    // Heads and directories are where harm is done.
    const near = Math.min(96, file.length);
    const at = [random.below(near), random.below(file.length), file.length - 1 - random.below(near)][
      random.below(3)
    ];
    const how = random.below(5);
    if (how === 0) file[at] = random.below(256);
    else if (how === 1) file = file.slice(0, at + 1);
    else if (how === 2)
      file = Uint8Array.from(
        Buffer.concat([file.slice(0, at), Uint8Array.of(48 + random.below(10)), file.slice(at)]),
      );
    else if (how === 3) file.fill(255, at, at + 4);
    else file[at] ^= 1 << random.below(8);
  }
  return file;
}
