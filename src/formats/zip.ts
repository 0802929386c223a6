import { constants, inflateRawSync, type ZlibOptions } from 'node:zlib';
import { FormatError } from './format-error';
import type { Parts } from './parts';

/** A file in a zip archive, as the archive's directory describes it; nothing of it is true until it is unpacked. */
interface ZipEntry {
  readonly name: string;
  readonly stored: boolean;
  readonly crc: number;
  /** Bytes in the archive, and unpacked. */
  readonly packed: number;
  readonly size: number;
  /** Where its own header begins. */
  readonly at: number;
}

const endSize = 22;
const mostComment = 65_535;
const mostEntries = 10_000;

/** Bytes at the end of an archive, which hold its directory. */
const mostDirectory = 4_000_000;

/** What is packed may unpack to 2 GB, and beyond 100 MB to 200 times its size: more is no recording. */
const mostUnpacked = 2_000_000_000;
const freelyUnpacked = 100_000_000;
const mostRatio = 200;

/**
 * The files in a zip archive, of which its end alone is read; nothing is unpacked.
 *
 * @throws FormatError where it is none, is encrypted, or is in several parts
 */
export function zipEntries({ read, size: total }: Parts): ZipEntry[] {
  const from = Math.max(0, total - mostDirectory);
  const bytes = read(from, total);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - endSize;
  const last = Math.max(0, end - mostComment);
  while (end >= last && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < last || end < 0) throw new FormatError('It is no zip archive, or cut off.');
  const count = view.getUint16(end + 10, true);
  if (count > mostEntries)
    throw new FormatError(`It has ${count} files, and at most ${mostEntries} are looked at.`);
  const entries: ZipEntry[] = [];
  let at = view.getUint32(end + 16, true) - from;
  for (let k = 0; k < count; k++) {
    if (at < 0 || at + 46 > end || view.getUint32(at, true) !== 0x02014b50)
      throw new FormatError('The directory of the archive is broken.');
    const [nameLength, extra, comment] = [28, 30, 32].map((from) => view.getUint16(at + from, true));
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    const method = view.getUint16(at + 10, true);
    if (view.getUint16(at + 8, true) & 1) throw new FormatError(`'${name}' in it is encrypted.`);
    if (method !== 0 && method !== 8)
      throw new FormatError(`'${name}' in it is packed by method ${method}: deflate can be read, or none.`);
    const [crc, packed, size] = [16, 20, 24].map((from) => view.getUint32(at + from, true));
    entries.push({ name, stored: method === 0, crc, packed, size, at: view.getUint32(at + 42, true) });
    at += 46 + nameLength + extra + comment;
  }
  return entries;
}

/**
 * The bytes of a file in a zip archive. Its sizes are looked at before anything is unpacked, and no more is made than they say.
 *
 * @throws FormatError where it is damaged, or too large
 */
export function unpacked(archive: Parts, entry: ZipEntry): Uint8Array {
  const { name, stored, crc, packed, size } = entry;
  const start = startOf(archive, entry);
  const data = archive.read(start, start + packed);
  // At least one byte, which is what the limit must be.
  const whole = stored ? data : inflated(name, data, { maxOutputLength: Math.max(1, size) });
  if (whole.length !== size || crcOf(whole) !== crc)
    throw new FormatError(`'${name}' in it is damaged: its checksum does not agree.`);
  return whole;
}

/**
 * The first bytes of a file in a zip archive, and how many the directory says there are.
 *
 * @param count of packed bytes that are read
 * @throws FormatError as `unpacked`
 */
export function beginning(archive: Parts, entry: ZipEntry, count: number): Parts {
  const { name, stored, packed, size } = entry;
  const start = startOf(archive, entry);
  const data = archive.read(start, start + Math.min(packed, count));
  const first = stored ? data : inflated(name, data, { finishFlush: constants.Z_SYNC_FLUSH });
  return { read: (from, to) => first.subarray(from, to), size };
}

/** Where the bytes of a file in the archive begin, its sizes found to be possible. */
function startOf(archive: Parts, { name, stored, packed, size, at }: ZipEntry): number {
  const head = archive.read(at, Math.min(at + 30, archive.size));
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.length < 30 || view.getUint32(0, true) !== 0x04034b50)
    throw new FormatError(`'${name}' in it is not where the directory says.`);
  const start = at + 30 + view.getUint16(26, true) + view.getUint16(28, true);
  if (start + packed > archive.size || (stored && packed !== size))
    throw new FormatError(`'${name}' in it is not as long as the directory says.`);
  if (size > mostUnpacked || (size > freelyUnpacked && size > mostRatio * packed))
    throw new FormatError(
      `'${name}' in it would unpack from ${packed} to ${size} bytes: save it without packing.`,
    );
  return start;
}

function inflated(name: string, data: Uint8Array, options: ZlibOptions): Uint8Array {
  try {
    return inflateRawSync(data, options);
  } catch {
    throw new FormatError(`'${name}' in it cannot be unpacked: it is damaged.`);
  }
}

/** CRC-32, by a table of all bytes. */
const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

function crcOf(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (let k = 0; k < bytes.length; k++) crc = table[(crc ^ bytes[k]) & 255] ^ (crc >>> 8);
  return ~crc >>> 0;
}
