import type { NumberArray } from '../core/number-array';
import { FormatError } from './format-error';
import { inRows, type NumberType, numbersIn, numberType } from './number-types';
import type { Parts } from './parts';

/** `\x93NUMPY` */
const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** Longer headers are no array's. */
const mostHeader = 1_000_000;

/** Bytes of a file that hold its header. */
const npyStart = mostHeader + 100;

/** More elements than this have no place in memory; a shape that has them is refused before anything is made. */
const mostElements = 2 ** 31;

const mostDimensions = 32;

/**
 * An array as `numpy.save` writes it (format versions 1 to 3), of booleans, integers or floats of any size and byte order, in C or Fortran
 * order. Nothing in it is executed: arrays of Python objects are refused.
 *
 * @throws FormatError where the bytes are no such file, or not as many as its shape says
 */
export function readNpy(bytes: Uint8Array): NumberArray {
  const { fortran, shape, first, count, type, little } = checked(bytes, bytes.length);
  const data = numbersIn(bytes.subarray(first), count, type, little);
  return { shape, data: fortran ? inRows(data, shape) : data };
}

/**
 * The shape of an array, of whose file the beginning alone is read.
 *
 * @throws FormatError as `readNpy`
 */
export function npyShape({ read, size }: Parts): readonly number[] {
  return checked(read(0, Math.min(npyStart, size)), size).shape;
}

/** What the header says, held against the size of the file. */
function checked(bytes: Uint8Array, total: number) {
  if (!magic.every((byte, at) => bytes[at] === byte)) throw new FormatError('It is no .npy file.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { written, fortran, shape, first } = headerOf(view, bytes);
  const count = shape.reduce((product, length) => product * length, 1);
  const { type, little } = typeOf(written);
  const { size } = type;
  const there = total - first;
  if (count > mostElements || count * size !== there)
    throw new FormatError(
      `Its shape (${shape.join(', ')}) of ${size} bytes a number does not fit the ${there} bytes that it holds: it was not written whole.`,
    );
  return { fortran, shape, first, count, type, little };
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
  const written = /(["'])descr\1\s*:\s*(["'])([^"']*)\2/.exec(text)?.[3];
  const order = /(["'])fortran_order\1\s*:\s*(True|False)/.exec(text)?.[2];
  const dimensions = /(["'])shape\1\s*:\s*\(([\dL,\s]*)\)/.exec(text)?.[2];
  if (/(["'])descr\1\s*:\s*\[/.test(text))
    throw new FormatError('Its elements have fields: save one array of plain numbers instead.');
  if (written === undefined || order === undefined || dimensions === undefined)
    throw new FormatError('The header of the .npy file does not say type, order and shape.');
  const shape = (dimensions.match(/\d+/g) ?? []).map(Number);
  if (shape.length > mostDimensions || !shape.every((one) => one <= mostElements))
    throw new FormatError('Its shape is larger than any array that can be read.');
  return { written, fortran: order === 'True', shape, first: start + length };
}

function typeOf(written: string): { type: NumberType; little: boolean } {
  const [, order = '', name = ''] = /^([<>|=]?)([a-zA-Z]\d*)$/.exec(written) ?? [];
  if (name.startsWith('O'))
    throw new FormatError('It holds Python objects, which are never executed: save an array of numbers.');
  const type = numberType(name);
  if (!type)
    throw new FormatError(
      `Its elements are of type ${written.slice(0, 20)}: numbers and booleans can be read.`,
    );
  return { type, little: order !== '>' };
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
