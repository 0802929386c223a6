import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stream } from '../../../src/core/stream';
import { FormatError } from '../../../src/formats/format-error';
import { readNpy, writeNpy } from '../../../src/formats/npy';

const { cases } = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'reference', 'fixtures', 'npy.json'), 'utf8'),
) as { cases: { file: string }[] };
const files = cases.map(({ file }) => new Uint8Array(Buffer.from(file, 'base64')));

/** A file with another header, as long as it is. */
function headed(header: string, data = new Uint8Array(0)): Uint8Array {
  const bytes = new TextEncoder().encode(header);
  return Uint8Array.from([
    ...[0x93, ...Buffer.from('NUMPY'), 1, 0, bytes.length & 255, bytes.length >> 8],
    ...bytes,
    ...data,
  ]);
}

describe('readNpy', () => {
  it('answers each of many mutated files with an array of its size, or a sentence', () => {
    const random = stream('npy mutations', 0);
    let read = 0;
    for (let trial = 0; trial < 500; trial++) {
      let file = files[random.below(files.length)].slice();
      for (let times = 1 + random.below(2); times > 0; times--) {
        const at = random.below(random.below(2) === 0 ? Math.min(96, file.length) : file.length);
        const how = random.below(4);
        if (how === 0) file[at] = random.below(256);
        else if (how === 1) file = file.slice(0, at);
        else if (how === 2)
          file = Uint8Array.from([...file.slice(0, at), 48 + random.below(10), ...file.slice(at)]);
        else file[at] ^= 1 << random.below(8);
        if (file.length === 0) file = Uint8Array.of(0);
      }
      try {
        const { shape, data } = readNpy(file);
        expect(shape.reduce((product, length) => product * length, 1)).toBe(data.length);
        expect(data.length).toBeLessThanOrEqual(file.length);
        read++;
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
        expect((error as Error).message).toMatch(/^[A-Z].*\.$/);
      }
    }
    expect(read).toBeGreaterThan(30);
  });

  it.each([
    ["{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000, 1000000000), }", 'does not fit'],
    ["{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999, 0), }", 'larger than any'],
    [`{'descr': '<f8', 'fortran_order': False, 'shape': (${'1, '.repeat(40)}), }`, 'larger than any'],
    ["{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", 'never executed'],
    ["{'descr': [('__proto__', '<f8')], 'fortran_order': False, 'shape': (1,), }", 'have fields'],
    ["{'descr': '<constructor', 'fortran_order': False, 'shape': (1,), }", 'of type <constructor'],
    ["__import__('os').system('x')", 'does not say type'],
  ])('makes nothing of %s', (header, sentence) => {
    expect(() => readNpy(headed(header, new Uint8Array(8)))).toThrow(sentence);
  });

  it('reads what stands anywhere in a larger piece of memory', () => {
    const file = writeNpy({ shape: [2, 2], data: Float64Array.of(1, 2, 3, 4) });
    const room = new Uint8Array(file.length + 3);
    room.set(file, 3);
    expect([...readNpy(room.subarray(3)).data]).toEqual([1, 2, 3, 4]);
  });
});
