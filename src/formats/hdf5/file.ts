import { FormatError } from '../format-error';
import type { Parts } from '../parts';

/** Bytes that are read of the file at once, where its structure is looked at. */
const page = 1 << 16;
const mostPages = 256;

/** More bytes of structure than this are looked at of no file: what a broken one says of itself must come to an end. */
const mostLookedAt = 200_000_000;

const signature = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
const cutOff = (): FormatError => new FormatError('It is cut off, or damaged: a part is beyond its end.');

/** An HDF5 file, as its superblock describes it. Addresses count from the superblock's own place. */
export class Hdf5File {
  private readonly pages = new Map<number, Uint8Array>();
  private lookedAt = 0;
  /** Bytes of an address, and of a length. */
  private widths = { address: 8, length: 8 };
  /** Of the superblock in the file: what stands before it is none of HDF5's. */
  readonly base: number;
  /** Of the header of the root group. */
  readonly root: number;

  /** @throws FormatError where it is no such file */
  constructor(private readonly parts: Parts) {
    this.base = this.findBase();
    const start = this.at(0, Math.min(128, parts.size - this.base));
    start.skip(8);
    const version = start.uint(1);
    if (version > 3) throw new FormatError(`It is an HDF5 file of version ${version}, which is not read.`);
    start.skip(version < 2 ? 4 : 0);
    const [address, length] = [start.uint(1), start.uint(1)];
    if (![2, 4, 8].includes(address) || ![2, 4, 8].includes(length))
      throw new FormatError('It is a damaged HDF5 file: its addresses have an impossible width.');
    this.widths = { address, length };
    start.use(this.widths);
    start.skip(version < 2 ? (version === 0 ? 9 : 13) : 1);
    // Base and free space, or its extension; end; driver.
    start.skip(address * (version < 2 ? 5 : 3));
    this.root = start.address() ?? this.refuse('it has no root group');
  }

  private findBase(): number {
    for (let at = 0; at + 48 <= this.parts.size; at = at === 0 ? 512 : at * 2) {
      const found = this.parts.read(at, at + signature.length);
      if (signature.every((byte, k) => found[k] === byte)) return at;
    }
    throw new FormatError('It is no HDF5 file.');
  }

  /** What stands before the superblock: MATLAB says there that a file is its own. */
  get before(): string {
    return new TextDecoder('latin1').decode(this.parts.read(0, Math.min(this.base, 128)));
  }

  /** Bytes from an address on, to be looked at in order. @throws FormatError beyond the file's end */
  at(address: number, count: number): Cursor {
    this.lookedAt += count + 16;
    if (this.lookedAt > mostLookedAt) this.refuse('its structure does not come to an end');
    const from = this.base + address;
    if (!(count >= 0) || from + count > this.parts.size) throw cutOff();
    const first = Math.floor(from / page);
    if (Math.floor((from + count - 1) / page) !== first)
      return new Cursor(this.parts.read(from, from + count), this.widths);
    return new Cursor(
      this.page(first).subarray(from - first * page, from - first * page + count),
      this.widths,
    );
  }

  private page(number: number): Uint8Array {
    const known = this.pages.get(number);
    if (known) return known;
    if (this.pages.size >= mostPages) this.pages.clear();
    const read = this.parts.read(number * page, Math.min((number + 1) * page, this.parts.size));
    this.pages.set(number, read);
    return read;
  }

  /** Bytes of data. @throws FormatError beyond the file's end */
  data(address: number, count: number): Uint8Array {
    const from = this.base + address;
    if (from + count > this.parts.size) throw cutOff();
    return this.parts.read(from, from + count);
  }

  /** Bytes of the whole file. */
  get size(): number {
    return this.parts.size;
  }

  get addressWidth(): number {
    return this.widths.address;
  }

  get lengthWidth(): number {
    return this.widths.length;
  }

  refuse(why: string): never {
    throw new FormatError(`It is a damaged HDF5 file: ${why}.`);
  }
}

/** Little-endian fields, one after the other. */
export class Cursor {
  private place = 0;
  private readonly view: DataView;

  constructor(
    readonly bytes: Uint8Array,
    private widths: { readonly address: number; readonly length: number },
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  use(widths: Cursor['widths']): void {
    this.widths = widths;
  }

  /** The same fields, from the first on. */
  again(): Cursor {
    return new Cursor(this.bytes, this.widths);
  }

  get left(): number {
    return this.bytes.length - this.place;
  }

  skip(count: number): void {
    if (count > this.left) throw cutOff();
    this.place += count;
  }

  /** A whole number of up to 8 bytes; beyond 2⁵³ it is near enough to be refused. */
  uint(bytes: number): number {
    const from = this.place;
    this.skip(bytes);
    let value = 0;
    for (let at = from + bytes - 1; at >= from; at--) value = value * 256 + this.view.getUint8(at);
    return value;
  }

  take(count: number): Uint8Array {
    const from = this.place;
    this.skip(count);
    return this.bytes.subarray(from, from + count);
  }

  /** Fields of the next bytes alone. */
  part(count: number): Cursor {
    return new Cursor(this.take(count), this.widths);
  }

  /** @throws FormatError where other letters stand here */
  expect(letters: string): void {
    if (String.fromCharCode(...this.take(letters.length)) !== letters)
      throw new FormatError(`It is a damaged HDF5 file: '${letters}' is not where it should be.`);
  }

  length(): number {
    return this.uint(this.widths.length);
  }

  /** Null where it says that there is none. */
  address(): number | null {
    const bytes = this.take(this.widths.address);
    if (bytes.every((byte) => byte === 255)) return null;
    return bytes.reduceRight((value, byte) => value * 256 + byte, 0);
  }

  /** A text up to a zero byte, or to the end. */
  text(): string {
    const rest = this.bytes.subarray(this.place);
    const end = rest.indexOf(0);
    return new TextDecoder().decode(end < 0 ? rest : rest.subarray(0, end));
  }
}
