import type { NumberArray } from '../core/number-array';
import { FormatError } from './format-error';
import { half } from './half-floats';

/** `\x93NUMPY` */
const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** Longer headers are no array's. */
const mostHeader = 1_000_000;

/** More elements than this have no place in memory; a shape that has them is refused before anything is made. */
const mostElements = 2 ** 31;

const mostDimensions = 32;

type Reader = (view: DataView, at: number, little: boolean) => number;

/** How one number is read, and whether single precision holds it. By kind and size in bytes, as NumPy writes types. */
const types: Readonly<Record<string, { read: Reader; single?: true }>> = {
  b1: { read: (view, at) => Number(view.getUint8(at) !== 0), single: true },
  i1: { read: (view, at) => view.getInt8(at), single: true },
  u1: { read: (view, at) => view.getUint8(at), single: true },
  i2: { read: (view, at, little) => view.getInt16(at, little), single: true },
  u2: { read: (view, at, little) => view.getUint16(at, little), single: true },
  i4: { read: (view, at, little) => view.getInt32(at, little) },
  u4: { read: (view, at, little) => view.getUint32(at, little) },
  // Beyond 2⁵³ the nearest number.
  i8: { read: (view, at, little) => Number(view.getBigInt64(at, little)) },
  u8: { read: (view, at, little) => Number(view.getBigUint64(at, little)) },
  f2: { read: (view, at, little) => half(view.getUint16(at, little)), single: true },
  f4: { read: (view, at, little) => view.getFloat32(at, little), single: true },
  f8: { read: (view, at, little) => view.getFloat64(at, little) },
};

/**
 * An array as `numpy.save` writes it (format versions 1 to 3), of booleans, integers or floats of any size and byte order, in C or Fortran
 * order. Nothing in it is executed: arrays of Python objects are refused.
 *
 * @throws FormatError where the bytes are no such file, or not as many as its shape says
 */
export function readNpy(bytes: Uint8Array): NumberArray {
  const { view, fortran, shape, first, count, reader, size, little } = checked(bytes, bytes.length);
  const data = reader.single ? new Float32Array(count) : new Float64Array(count);
  for (let k = 0; k < count; k++) data[k] = reader.read(view, first + k * size, little);
  return { shape, data: fortran && shape.length > 1 ? inRows(data, shape) : data };
}

/**
 * The shape of an array, from the beginning of its file.
 *
 * @param total bytes of the file
 * @throws FormatError as `readNpy`
 */
export function npyShape(start: Uint8Array, total: number): readonly number[] {
  return checked(start, total).shape;
}

/** What the header says, held against the size of the file. */
function checked(bytes: Uint8Array, total: number) {
  if (!magic.every((byte, at) => bytes[at] === byte)) throw new FormatError('It is no .npy file.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { type, fortran, shape, first } = headerOf(view, bytes);
  const count = shape.reduce((product, length) => product * length, 1);
  const { reader, size, little } = readerOf(type);
  const there = total - first;
  if (count > mostElements || count * size !== there)
    throw new FormatError(
      `Its shape (${shape.join(', ')}) of ${size} bytes a number does not fit the ${there} bytes that it holds: it was not written whole.`,
    );
  return { view, fortran, shape, first, count, reader, size, little };
}

function headerOf(view: DataView, bytes: Uint8Array) {
  const version = bytes[6];
  const lengthBytes = version === 1 ? 2 : 4;
  const start = 8 + lengthBytes;
  if (!(version >= 1 && version <= 3) || bytes.length < start)
    throw new FormatError('It is a .npy file of a version that is not known, or cut off.');
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > mostHeader || start + length > bytes.length)
    throw new FormatError('The header of the .npy file is longer than the file.');
  const text = new TextDecoder('latin1').decode(bytes.subarray(start, start + length));
  const type = /(["'])descr\1\s*:\s*(["'])([^"']*)\2/.exec(text)?.[3];
  const order = /(["'])fortran_order\1\s*:\s*(True|False)/.exec(text)?.[2];
  const dimensions = /(["'])shape\1\s*:\s*\(([\dL,\s]*)\)/.exec(text)?.[2];
  if (/(["'])descr\1\s*:\s*\[/.test(text))
    throw new FormatError('Its elements have fields: save one array of plain numbers instead.');
  if (type === undefined || order === undefined || dimensions === undefined)
    throw new FormatError('The header of the .npy file does not say type, order and shape.');
  const shape = (dimensions.match(/\d+/g) ?? []).map(Number);
  if (shape.length > mostDimensions || !shape.every((one) => one <= mostElements))
    throw new FormatError('Its shape is larger than any array that can be read.');
  return { type, fortran: order === 'True', shape, first: start + length };
}

function readerOf(type: string): { reader: (typeof types)[string]; size: number; little: boolean } {
  const [, order = '', name = ''] = /^([<>|=]?)([a-zA-Z]\d*)$/.exec(type) ?? [];
  if (name.startsWith('O'))
    throw new FormatError('It holds Python objects, which are never executed: save an array of numbers.');
  const reader = Object.hasOwn(types, name) ? types[name] : undefined;
  if (!reader)
    throw new FormatError(`Its elements are of type ${type.slice(0, 20)}: numbers and booleans can be read.`);
  return { reader, size: Number(name.slice(1)), little: order !== '>' };
}

/** The same array, its last dimension fastest where the first was. */
function inRows(columns: NumberArray['data'], shape: readonly number[]): NumberArray['data'] {
  const out = columns.slice();
  const place = new Array<number>(shape.length).fill(0);
  const strides = shape.map((_, at) => shape.slice(0, at).reduce((product, length) => product * length, 1));
  for (let to = 0, from = 0; to < out.length; to++) {
    out[to] = columns[from];
    for (let at = shape.length - 1; at >= 0; at--) {
      from += strides[at];
      if (++place[at] < shape[at]) break;
      from -= strides[at] * shape[at];
      place[at] = 0;
    }
  }
  return out;
}

/** The bytes of a .npy file (version 1), little-endian, in C order: what `numpy.load` reads. */
export function writeNpy({ shape, data }: NumberArray): Uint8Array {
  const type = data instanceof Float32Array ? '<f4' : '<f8';
  const dimensions = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const header = `{'descr': '${type}', 'fortran_order': False, 'shape': (${dimensions}), }`;
  // The data begins at a multiple of 64 bytes.
  const length = Math.ceil((10 + header.length + 1) / 64) * 64 - 10;
  const size = data.BYTES_PER_ELEMENT;
  const bytes = new Uint8Array(10 + length + data.length * size);
  bytes.set([...magic, 1, 0, length & 255, length >> 8]);
  bytes.set(new TextEncoder().encode(`${header.padEnd(length - 1)}\n`), 10);
  const view = new DataView(bytes.buffer);
  for (let k = 0, at = 10 + length; k < data.length; k++, at += size)
    if (size === 4) view.setFloat32(at, data[k], true);
    else view.setFloat64(at, data[k], true);
  return bytes;
}
