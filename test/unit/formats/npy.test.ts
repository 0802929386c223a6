import { describe, expect, it } from 'vitest';
import { readNpy, writeNpy } from '../../../src/formats/npy';

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
