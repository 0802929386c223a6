import { visit } from 'jsonc-parser';
import type { NumberArray } from '../core/number-array';
import { FormatError } from './format-error';
import { bfloat16, half } from './half-floats';
import type { ArrayPlace, Parts } from './parts';

/** Element types of safetensors, and the typed array of each. Half precision is left as its 16 bits. */
const arrays = {
  F64: Float64Array,
  I64: BigInt64Array,
  U64: BigUint64Array,
  F32: Float32Array,
  I32: Int32Array,
  U32: Uint32Array,
  F16: Uint16Array,
  BF16: Uint16Array,
  I16: Int16Array,
  U16: Uint16Array,
  I8: Int8Array,
  U8: Uint8Array,
  BOOL: Uint8Array,
} as const;

type TensorType = keyof typeof arrays;
type TensorData =
  | Float64Array
  | Float32Array
  | BigInt64Array
  | BigUint64Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array;

/** What to write: the type follows from the array. */
export interface NewTensor {
  /** Row-major; the product is the length of `data`, and `[]` is a single number. */
  readonly shape: readonly number[];
  readonly data: TensorData;
}

interface Tensor extends NewTensor {
  readonly type: TensorType;
}

/** As in the reference implementation. */
const maximumHeader = 100_000_000;

/** What a file will hold, before its data are there: an empty array says the type. */
export interface TensorToCome {
  readonly shape: readonly number[];
  readonly data: TensorData;
  readonly length: number;
}

/**
 * A safetensors file: 8 bytes with the header's length, the header (JSON), the data, little-endian. The order is by
 * element size, then by name, so that every tensor is aligned and the same tensors give the same bytes.
 *
 * @param metadata strings by name, written in order of name
 * @returns the file in pieces: the header, then the data of each tensor (views, not copies)
 * @throws FormatError if a shape does not fit its data
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, NewTensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array[] {
  const planned = new Map(
    [...tensors].map(([name, { shape, data }]) => [name, { shape, data, length: data.length }]),
  );
  const { header, order } = laidOut(planned, metadata);
  return [header, ...order.map((name) => bytesOf(planned.get(name)?.data ?? new Uint8Array()))];
}

/**
 * The beginning of a file whose data are still to come, and where they stand in it.
 *
 * @param tensors those that are to come have no data, but an array of their type
 * @returns the header, and the names of the tensors in the order in which their data follow it
 */
export function safetensorsToCome(
  tensors: ReadonlyMap<string, TensorToCome>,
  metadata: Readonly<Record<string, string>>,
): { header: Uint8Array; order: readonly string[] } {
  return laidOut(tensors, metadata);
}

/** The bytes of data as a file has them. */
export function bytesOf(data: TensorData): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** The header of a file, and the tensors in the order in which they follow it. */
function laidOut(
  tensors: ReadonlyMap<string, TensorToCome>,
  metadata: Readonly<Record<string, string>>,
): { header: Uint8Array; order: string[] } {
  const ordered = [...tensors]
    .map(([name, tensor]) => ({ name, ...tensor }))
    .sort((a, b) => b.data.BYTES_PER_ELEMENT - a.data.BYTES_PER_ELEMENT || byCodeUnits(a.name, b.name));
  // Written by hand: an object would put names that look like numbers first.
  const entries: string[] = [];
  const pairs = Object.entries(metadata).sort(([a], [b]) => byCodeUnits(a, b));
  if (pairs.length > 0) {
    const written = pairs.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
    entries.push(`"__metadata__":{${written.join(',')}}`);
  }
  let at = 0;
  for (const { name, shape, data, length } of ordered) {
    if (name === '__metadata__') throw new FormatError('No tensor can be named __metadata__.');
    if (countOf(shape) !== length)
      throw new FormatError(`Tensor ${name}: shape [${shape.join(', ')}] does not hold ${length} values.`);
    const end = at + length * data.BYTES_PER_ELEMENT;
    entries.push(
      `${JSON.stringify(name)}:{"dtype":"${typeOf(data)}","shape":[${shape.join(',')}],"data_offsets":[${at},${end}]}`,
    );
    at = end;
  }
  const json = new TextEncoder().encode(`{${entries.join(',')}}`);
  const length = Math.ceil(json.length / 8) * 8;
  const header = new Uint8Array(8 + length).fill(0x20);
  new DataView(header.buffer).setBigUint64(0, BigInt(length), true);
  header.set(json, 8);
  return { header, order: ordered.map(({ name }) => name) };
}

/**
 * Reads a safetensors file that anyone may have written: sizes, offsets and shapes are checked before they are used.
 *
 * @returns tensors in the order of the data; each is a view of `file`, or a copy where the file does not align it
 * @throws FormatError
 */
export function readSafetensors(file: Uint8Array): {
  tensors: Map<string, Tensor>;
  metadata: Map<string, string>;
} {
  const start = headerEnd(file, file.length);
  const { listed, metadata } = listTensors(file.subarray(8, start), file.length - start);
  const tensors = new Map(
    listed.map(({ name, type, shape, begin, end }) => [
      name,
      { type, shape, data: dataOf(file, type, start + begin, end - begin) },
    ]),
  );
  return { tensors, metadata };
}

/**
 * The tensors of a file, of which the header alone is read, and then of each that is asked for its data.
 *
 * @throws FormatError
 */
export function tensorPlaces({ read, size }: Parts): Map<string, ArrayPlace> {
  const start = headerEnd(read(0, Math.min(8, size)), size);
  const { listed } = listTensors(read(8, start), size - start);
  return new Map(
    listed.map(({ name, type, shape, begin, end }) => [
      name,
      {
        shape: () => shape,
        read: () => {
          const data = dataOf(read(start + begin, start + end), type, 0, end - begin);
          return tensorNumbers({ type, shape, data });
        },
      },
    ]),
  );
}

/** What the header says of the whole file, of which nothing else is read. @throws FormatError where the data do not fill the file as it says, too */
export function tensorsMetadata({ read, size }: Parts): Map<string, string> {
  const start = headerEnd(read(0, Math.min(8, size)), size);
  return listTensors(read(8, start), size - start).metadata;
}

/** Where the header ends, and the data begin. */
function headerEnd(start: Uint8Array, size: number): number {
  if (start.length < 8) throw new FormatError('Not a safetensors file: shorter than 8 bytes.');
  const length = new DataView(start.buffer, start.byteOffset).getBigUint64(0, true);
  if (length > BigInt(maximumHeader)) throw new FormatError(`The header is too long (${length} bytes).`);
  const end = 8 + Number(length);
  if (end > size) throw new FormatError('The header reaches beyond the end of the file.');
  return end;
}

interface Listed {
  readonly name: string;
  readonly type: TensorType;
  readonly shape: number[];
  /** Of its data, from where all data begin. */
  readonly begin: number;
  readonly end: number;
}

/**
 * What a header says of its tensors, in the order of their data.
 *
 * @param size bytes of the data, which they are found to be without overlap and without holes, as the format demands
 */
function listTensors(header: Uint8Array, size: number): { listed: Listed[]; metadata: Map<string, string> } {
  const metadata = new Map<string, string>();
  const listed: Listed[] = [];
  for (const [name, value] of Object.entries(readHeader(header))) {
    if (!isObject(value)) throw new FormatError(`Header entry ${name} is not an object.`);
    if (name !== '__metadata__') {
      listed.push({ name, ...tensorInfo(name, value) });
      continue;
    }
    for (const [key, text] of Object.entries(value)) {
      if (typeof text !== 'string') throw new FormatError(`Metadata ${key} is not a string.`);
      metadata.set(key, text);
    }
  }
  listed.sort((a, b) => a.begin - b.begin || a.end - b.end);
  let at = 0;
  for (const { name, begin, end } of listed) {
    if (begin !== at)
      throw new FormatError(`Tensor ${name} starts at ${begin}, but the data before it ends at ${at}.`);
    if (end > size) throw new FormatError(`Tensor ${name} reaches beyond the end of the file.`);
    at = end;
  }
  if (at !== size) throw new FormatError(`At the end ${size - at} bytes belong to no tensor.`);
  return { listed, metadata };
}

/** The numbers of a tensor: in single precision where that holds them, else in double (beyond 2⁵³ the nearest). A view where they are floats. */
export function tensorNumbers({ type, shape, data }: Tensor): NumberArray {
  if (data instanceof Float32Array || data instanceof Float64Array) return { shape, data };
  if (data instanceof BigInt64Array || data instanceof BigUint64Array)
    return { shape, data: Float64Array.from(data, Number) };
  if (type === 'F16' || type === 'BF16')
    return { shape, data: Float32Array.from(data, type === 'F16' ? half : bfloat16) };
  if (type === 'BOOL') return { shape, data: Float32Array.from(data, (byte) => Number(byte !== 0)) };
  return { shape, data: data.BYTES_PER_ELEMENT === 4 ? Float64Array.from(data) : Float32Array.from(data) };
}

function readHeader(bytes: Uint8Array): Record<string, unknown> {
  let text: string;
  let header: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    header = JSON.parse(text);
  } catch {
    throw new FormatError('The header is not JSON in UTF-8.');
  }
  refuseRepeats(text);
  if (bytes[0] !== 0x7b || !isObject(header)) throw new FormatError('The header is not a JSON object.');
  return header;
}

/** Of a name that is there twice `JSON.parse` keeps the second, silently. */
function refuseRepeats(header: string): void {
  const open: Set<string>[] = [];
  visit(header, {
    onObjectBegin: () => void open.push(new Set()),
    onObjectEnd: () => void open.pop(),
    onObjectProperty: (name) => {
      const names = open[open.length - 1];
      if (names.has(name)) throw new FormatError(`The header has ${JSON.stringify(name)} twice.`);
      names.add(name);
    },
  });
}

function tensorInfo(name: string, entry: Record<string, unknown>) {
  const { dtype, shape, data_offsets: offsets } = entry;
  if (typeof dtype !== 'string' || !Object.hasOwn(arrays, dtype))
    throw new FormatError(`Tensor ${name} has an unknown dtype (${JSON.stringify(dtype)}).`);
  const type = dtype as TensorType;
  if (!isCounts(shape)) throw new FormatError(`Tensor ${name} has no valid shape.`);
  if (!isCounts(offsets) || offsets.length !== 2)
    throw new FormatError(`Tensor ${name} has no valid data_offsets.`);
  const [begin = 0, end = 0] = offsets;
  if (countOf(shape) * arrays[type].BYTES_PER_ELEMENT !== end - begin)
    throw new FormatError(
      `Tensor ${name}: shape [${shape.join(', ')}] of ${type} does not fill ${end - begin} bytes.`,
    );
  return { type, shape, begin, end };
}

function dataOf(file: Uint8Array, type: TensorType, begin: number, bytes: number): TensorData {
  const size = arrays[type].BYTES_PER_ELEMENT;
  const aligned = (file.byteOffset + begin) % size === 0;
  const from = aligned ? file.subarray(begin, begin + bytes) : file.slice(begin, begin + bytes);
  return new arrays[type](from.buffer as ArrayBuffer, from.byteOffset, bytes / size);
}

function typeOf(data: TensorData): TensorType {
  if (data instanceof Float64Array) return 'F64';
  if (data instanceof Float32Array) return 'F32';
  if (data instanceof BigInt64Array) return 'I64';
  if (data instanceof BigUint64Array) return 'U64';
  if (data instanceof Int32Array) return 'I32';
  if (data instanceof Uint32Array) return 'U32';
  if (data instanceof Int16Array) return 'I16';
  if (data instanceof Uint16Array) return 'U16';
  if (data instanceof Int8Array) return 'I8';
  return 'U8';
}

function countOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

function isCounts(value: unknown): value is number[] {
  return (
    Array.isArray(value) &&
    value.every((item: unknown) => Number.isSafeInteger(item) && (item as number) >= 0)
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
