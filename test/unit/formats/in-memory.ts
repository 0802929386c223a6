import type { Parts } from '../../../src/formats/parts';

/** A file that is not on the disk. */
export function inMemory(bytes: Uint8Array): Parts {
  return { read: (from, to) => bytes.subarray(from, to), size: bytes.length };
}
