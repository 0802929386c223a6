import { constants, inflateSync } from 'node:zlib';
import { FormatError } from './format-error';
import { hdf5Arrays } from './hdf5/hdf5';
import { inRows, numbersIn, numberType } from './number-types';
import type { ArrayPlace, Parts } from './parts';

/** Bytes before the first variable. */
const headSize = 128;
/** Packed bytes of a variable that hold what it says of itself. */
const packedStart = 4096;

/** What is packed may unpack to 100 MB, and beyond that to 200 times its size: more is no recording. */
const freelyUnpacked = 100_000_000;
const mostRatio = 200;
const mostVariables = 10_000;
const mostDimensions = 32;
const mostElements = 2 ** 31;

/** Types of data elements by their numbers, as `numberType` has them. */
const types = ['', 'i1', 'u1', 'i2', 'u2', 'i4', 'u4', 'f4', '', 'f8', '', '', 'i8', 'u8'];
const [matrix, packed] = [14, 15];

/** Classes of variables that hold no plain numbers: those after `sparse` do. */
const classes = ['nothing', 'cells', 'a structure', 'an object', 'a text', 'a sparse matrix'];

/** A piece of the file: what it is, and its bytes. */
interface Element {
  readonly type: number;
  readonly bytes: Uint8Array;
  /** That it has by its tag; of the beginning of one not all are there. */
  readonly size: number;
  /** Where the next begins. */
  readonly end: number;
}

/** What a variable says of itself. */
interface Variable {
  readonly name: string;
  readonly shape: readonly number[];
  /** Why it is no array of numbers. */
  readonly why: string | null;
  readonly isLogical: boolean;
  /** From where on its numbers are. */
  readonly numbersAt: number;
}

/**
 * The arrays of a .mat file, as MATLAB saves them: with `-v7.3`, which are HDF5 files, or in version 5 (`-v6`, `-v7`). Of each what it says of itself alone is read
 * before it is asked for.
 *
 * @throws FormatError where it is of an earlier version, or none
 */
export function matArrays(file: Parts): Map<string, ArrayPlace> {
  const head = file.read(0, Math.min(headSize, file.size));
  if (!new TextDecoder('latin1').decode(head).startsWith('MATLAB 5.0')) return hdf5Arrays(file);
  const little = head[126] === 0x49 && head[127] === 0x4d;
  const arrays = new Map<string, ArrayPlace>();
  for (let at = headSize; at + 8 <= file.size;) {
    const tag = elementIn(file.read(at, Math.min(at + 8, file.size)), 0, little);
    const from = at + 8;
    at = from + tag.size;
    if (at > file.size) throw new FormatError('It is cut off: a variable is beyond its end.');
    if (arrays.size >= mostVariables) throw new FormatError(`It has more than ${mostVariables} variables.`);
    if (tag.type !== matrix && tag.type !== packed) continue;
    const isPacked = tag.type === packed;
    const first = file.read(from, Math.min(at, from + packedStart));
    const variable = variableIn(isPacked ? unpackedStart(first, little) : first, little);
    const bytes = (): Uint8Array => {
      const all = file.read(from, from + tag.size);
      return isPacked ? unpacked(all, little) : all;
    };
    if (variable.name !== '') arrays.set(variable.name, placeOf(variable, bytes, little));
  }
  return arrays;
}

function placeOf(variable: Variable, bytes: () => Uint8Array, little: boolean): ArrayPlace {
  const { shape, why, isLogical, numbersAt } = variable;
  return {
    shape: () => (why === null ? shape : null),
    read: () => {
      if (why !== null) throw new FormatError(`It holds ${why}: numbers and booleans can be read.`);
      const count = shape.reduce((product, length) => product * length, 1);
      const { type, bytes: data } = elementIn(bytes(), numbersAt, little);
      const written = numberType(isLogical ? 'b1' : (types[type] ?? ''));
      if (!written || count > mostElements || count * written.size !== data.length)
        throw new FormatError(
          `Its shape (${shape.join(', ')}) does not fit the ${data.length} bytes that it holds: it is damaged.`,
        );
      // Numbers that are not aligned are where none can be a view.
      return { shape, data: inRows(numbersIn(data, count, written, little), shape) };
    },
  };
}

/** @param start of a matrix: flags, dimensions, name, and then its numbers */
function variableIn(start: Uint8Array, little: boolean): Variable {
  const flags = elementIn(start, 0, little);
  const dimensions = elementIn(start, flags.end, little);
  const name = elementIn(start, dimensions.end, little);
  const int = numberType('i4');
  if (
    !int ||
    flags.bytes.length < 8 ||
    dimensions.bytes.length > 4 * mostDimensions ||
    name.end > start.length
  )
    throw new FormatError('It is a damaged .mat file: a variable does not say what it is.');
  const words = new DataView(flags.bytes.buffer, flags.bytes.byteOffset, 8).getUint32(0, little);
  const shape = [...numbersIn(dimensions.bytes, dimensions.bytes.length >> 2, int, little)];
  const kind = words & 255;
  const isComplex = (words & 0x800) !== 0;
  const isRight = shape.every((length) => length >= 0 && length <= mostElements);
  return {
    name: new TextDecoder('latin1').decode(name.bytes),
    shape,
    why: !isRight
      ? 'nothing'
      : isComplex
        ? 'complex numbers'
        : kind > 15
          ? 'an object'
          : (classes[kind] ?? null),
    isLogical: (words & 0x200) !== 0,
    numbersAt: name.end,
  };
}

/** The element at a place: its tag of 8 bytes, or of 4 where its data are beside it, and its data, which fill up 8 bytes. */
function elementIn(bytes: Uint8Array, at: number, little: boolean): Element {
  if (at + 8 > bytes.length) throw new FormatError('It is a damaged .mat file: a part of it is cut off.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const first = view.getUint32(at, little);
  const small = first >>> 16;
  if (small > 4) throw new FormatError('It is a damaged .mat file: a part of it has an impossible length.');
  if (small > 0)
    return { type: first & 0xffff, bytes: bytes.subarray(at + 4, at + 4 + small), size: small, end: at + 8 };
  const size = view.getUint32(at + 4, little);
  const from = at + 8;
  return { type: first, bytes: bytes.subarray(from, from + size), size, end: from + Math.ceil(size / 8) * 8 };
}

/** The beginning of a variable that is packed. */
function unpackedStart(bytes: Uint8Array, little: boolean): Uint8Array {
  return matrixIn(inflated(bytes, { finishFlush: constants.Z_SYNC_FLUSH }), little);
}

function unpacked(bytes: Uint8Array, little: boolean): Uint8Array {
  const start = inflated(bytes.subarray(0, packedStart), { finishFlush: constants.Z_SYNC_FLUSH });
  const { size } = elementIn(start, 0, little);
  if (size > freelyUnpacked && size > mostRatio * bytes.length)
    throw new FormatError(`It would unpack from ${bytes.length} to ${size} bytes: save it without packing.`);
  return matrixIn(inflated(bytes, { maxOutputLength: size + 16 }), little);
}

function inflated(bytes: Uint8Array, options: Parameters<typeof inflateSync>[1]): Uint8Array {
  try {
    return inflateSync(bytes, options);
  } catch {
    throw new FormatError('It is a damaged .mat file: a variable cannot be unpacked.');
  }
}

function matrixIn(bytes: Uint8Array, little: boolean): Uint8Array {
  const { type, bytes: within } = elementIn(bytes, 0, little);
  if (type !== matrix) throw new FormatError('It is a damaged .mat file: what is packed is no variable.');
  return within;
}
