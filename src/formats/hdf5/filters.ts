import { inflateSync } from 'node:zlib';
import { FormatError } from '../format-error';
import type { Cursor } from './file';

/** How the bytes of a chunk were changed, one after the other, before they were written. */
interface Filter {
  readonly id: number;
  readonly values: readonly number[];
}

const ids = { deflate: 1, shuffle: 2, fletcher32: 3, lzf: 32000 } as const;
const known = new Set<number>(Object.values(ids));

/** What a message of filters says. @throws FormatError where one is not known */
export function filtersIn(body: Cursor): Filter[] {
  const [version, count] = [body.uint(1), body.uint(1)];
  if (version === 1) body.skip(6);
  return Array.from({ length: count }, () => {
    const id = body.uint(2);
    const nameLength = version === 1 || id >= 256 ? body.uint(2) : 0;
    const [flags, valueCount] = [body.uint(2), body.uint(2)];
    body.skip(version === 1 ? Math.ceil(nameLength / 8) * 8 : nameLength);
    const values = Array.from({ length: valueCount }, () => body.uint(4));
    if (version === 1 && valueCount % 2 === 1) body.skip(4);
    // A filter that may be left out was, where it was not there.
    if (!known.has(id) && (flags & 1) === 0)
      throw new FormatError(
        `It is packed by filter ${id}, which is not read: save it with gzip, lzf or without packing.`,
      );
    return { id, values };
  });
}

/**
 * The bytes of a chunk as they were.
 *
 * @param mask bits of the filters that were left out
 * @param size bytes that it has then: no more are made
 * @throws FormatError where it is damaged
 */
export function unfiltered(
  packed: Uint8Array,
  filters: readonly Filter[],
  mask: number,
  size: number,
): Uint8Array {
  let bytes = packed;
  for (let at = filters.length - 1; at >= 0; at--)
    if (((mask >>> at) & 1) === 0) bytes = undone(bytes, filters[at], size);
  if (bytes.length !== size)
    throw new FormatError(`It is damaged: a chunk of it has ${bytes.length} bytes, and should have ${size}.`);
  return bytes;
}

function undone(bytes: Uint8Array, { id, values }: Filter, size: number): Uint8Array {
  if (id === ids.deflate) return inflated(bytes, size);
  if (id === ids.shuffle) return unshuffled(bytes, values[0] ?? 1);
  if (id === ids.fletcher32) return checked(bytes);
  if (id === ids.lzf) return bytes.length === size ? bytes : unpackedLzf(bytes, size);
  throw new FormatError(
    `It is packed by filter ${id}, which is not read: save it with gzip, lzf or without packing.`,
  );
}

const damaged = (): FormatError => new FormatError('It cannot be unpacked: a chunk of it is damaged.');

/** Bytes that a chunk may have more than its numbers, before its other filters: a checksum. */
const checksum = 4;

function inflated(bytes: Uint8Array, size: number): Uint8Array {
  try {
    return inflateSync(bytes, { maxOutputLength: size + checksum });
  } catch {
    throw damaged();
  }
}

/** First bytes of all elements, then second bytes, and so on: back beside each other. */
function unshuffled(bytes: Uint8Array, width: number): Uint8Array {
  if (width < 2) return bytes;
  const count = Math.floor(bytes.length / width);
  // What is left over is at the end as it was.
  const out = new Uint8Array(bytes);
  for (let byte = 0, from = 0; byte < width; byte++)
    for (let k = 0, to = byte; k < count; k++, to += width) out[to] = bytes[from++];
  return out;
}

/** The same without Fletcher's checksum, which is found to agree. */
function checked(bytes: Uint8Array): Uint8Array {
  const end = bytes.length - checksum;
  if (end < 0) throw damaged();
  let [low, high] = [0, 0];
  for (let at = 0; at < end; at += 2) {
    low = (low + bytes[at] * 256 + (at + 1 < end ? bytes[at + 1] : 0)) % 65535;
    high = (high + low) % 65535;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + end, checksum);
  // Of the two ways to write 0 the other is written, too.
  if (view.getUint16(0, true) % 65535 !== low || view.getUint16(2, true) % 65535 !== high) throw damaged();
  return bytes.subarray(0, end);
}

/** LZF: runs of bytes as they are, and references to what was before. */
function unpackedLzf(bytes: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size);
  let to = 0;
  for (let at = 0; at < bytes.length;) {
    const control = bytes[at++];
    if (control < 32) {
      const run = bytes.subarray(at, at + control + 1);
      if (to + run.length > size) throw damaged();
      out.set(run, to);
      at += control + 1;
      to += run.length;
      continue;
    }
    let length = (control >> 5) + 2;
    if (length === 9) length += bytes[at++];
    let from = to - (control & 31) * 256 - bytes[at++] - 1;
    if (!(from >= 0) || to + length > size) throw damaged();
    for (; length > 0; length--) out[to++] = out[from++];
  }
  return out.subarray(0, to);
}
