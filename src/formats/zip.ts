import { inflateRawSync } from 'node:zlib';
import { FormatError } from './format-error';

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

/** What is packed may unpack to 2 GB, and beyond 100 MB to 200 times its size: more is no recording. */
const mostUnpacked = 2_000_000_000;
const freelyUnpacked = 100_000_000;
const mostRatio = 200;

/**
 * The files in a zip archive; nothing is unpacked.
 *
 * @throws FormatError where it is none, is encrypted, or is in several parts
 */
export function zipEntries(bytes: Uint8Array): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - endSize;
  const last = Math.max(0, end - mostComment);
  while (end >= last && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < last || end < 0) throw new FormatError('It is no zip archive, or cut off.');
  const count = view.getUint16(end + 10, true);
  if (count > mostEntries)
    throw new FormatError(`It has ${count} files, and at most ${mostEntries} are looked at.`);
  const entries: ZipEntry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let k = 0; k < count; k++) {
    if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50)
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
 * @returns a view of the archive, where it is not packed
 * @throws FormatError where it is damaged, or too large
 */
export function unpacked(bytes: Uint8Array, { name, stored, crc, packed, size, at }: ZipEntry): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (at + 30 > bytes.length || view.getUint32(at, true) !== 0x04034b50)
    throw new FormatError(`'${name}' in it is not where the directory says.`);
  const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  if (start + packed > bytes.length || (stored && packed !== size))
    throw new FormatError(`'${name}' in it is not as long as the directory says.`);
  if (size > mostUnpacked || (size > freelyUnpacked && size > mostRatio * packed))
    throw new FormatError(
      `'${name}' in it would unpack from ${packed} to ${size} bytes: save it without packing.`,
    );
  const data = bytes.subarray(start, start + packed);
  const whole = stored ? data : inflated(name, data, size);
  if (whole.length !== size || crcOf(whole) !== crc)
    throw new FormatError(`'${name}' in it is damaged: its checksum does not agree.`);
  return whole;
}

function inflated(name: string, data: Uint8Array, size: number): Uint8Array {
  try {
    // At least one byte, which is what the limit must be.
    return inflateRawSync(data, { maxOutputLength: Math.max(1, size) });
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
