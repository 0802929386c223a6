import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { FormatError } from './format-error';
import type { Parts } from './parts';

/** Larger files are refused unread. */
const most = 4_000_000_000;
/** Bytes that are read of a file at once. */
const piece = 1 << 24;

/** A file on the disk. @throws FormatError where it is too large; what the system says where there is none */
export function partsOf(path: string): Parts {
  const { size } = statSync(path);
  if (size > most) throw new FormatError(`It has ${size} bytes: more than ${most} are not read.`);
  return { read: (from, to) => bytesOf(path, from, to), size };
}

/** A piece at a time: the system reads no 2 GB at once. */
function bytesOf(path: string, from: number, to: number): Uint8Array {
  const bytes = new Uint8Array(to - from);
  const file = openSync(path, 'r');
  try {
    for (let at = 0; at < bytes.length;) {
      const read = readSync(file, bytes, at, Math.min(piece, bytes.length - at), from + at);
      // The file has become shorter.
      if (read === 0) return bytes.subarray(0, at);
      at += read;
    }
    return bytes;
  } finally {
    closeSync(file);
  }
}
