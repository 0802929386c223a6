import type { NumberArray } from '../core/number-array';
import { bfloat16, half } from './half-floats';

/** How one number is read, and whether single precision holds it. */
export interface NumberType {
  readonly read: (view: DataView, at: number, little: boolean) => number;
  /** Bytes of one. */
  readonly size: number;
  readonly single?: true;
}

/** By kind and size in bytes, as NumPy writes types; `bf2` is a bfloat16, which NumPy has not. */
const types: Readonly<Record<string, NumberType>> = {
  b1: { read: (view, at) => Number(view.getUint8(at) !== 0), size: 1, single: true },
  i1: { read: (view, at) => view.getInt8(at), size: 1, single: true },
  u1: { read: (view, at) => view.getUint8(at), size: 1, single: true },
  i2: { read: (view, at, little) => view.getInt16(at, little), size: 2, single: true },
  u2: { read: (view, at, little) => view.getUint16(at, little), size: 2, single: true },
  i4: { read: (view, at, little) => view.getInt32(at, little), size: 4 },
  u4: { read: (view, at, little) => view.getUint32(at, little), size: 4 },
  // Beyond 2⁵³ the nearest number.
  i8: { read: (view, at, little) => Number(view.getBigInt64(at, little)), size: 8 },
  u8: { read: (view, at, little) => Number(view.getBigUint64(at, little)), size: 8 },
  f2: { read: (view, at, little) => half(view.getUint16(at, little)), size: 2, single: true },
  bf2: { read: (view, at, little) => bfloat16(view.getUint16(at, little)), size: 2, single: true },
  f4: { read: (view, at, little) => view.getFloat32(at, little), size: 4, single: true },
  f8: { read: (view, at, little) => view.getFloat64(at, little), size: 8 },
};

/** @returns undefined where numbers of that type are not read */
export function numberType(name: string): NumberType | undefined {
  return Object.hasOwn(types, name) ? types[name] : undefined;
}

/** Whether numbers lie in memory as little-endian files have them. */
const isLittle = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/**
 * The numbers that bytes hold: in single precision where that holds them, else in double.
 *
 * @param bytes as many as `count` numbers take, or more
 * @returns floats of this machine's byte order as a view, where the bytes are aligned
 */
export function numbersIn(
  bytes: Uint8Array,
  count: number,
  type: NumberType,
  little: boolean,
): NumberArray['data'] {
  const { buffer, byteOffset, byteLength } = bytes;
  const isFloat = type === types.f4 || type === types.f8;
  if (isFloat && little === isLittle && byteOffset % type.size === 0)
    return new (type === types.f4 ? Float32Array : Float64Array)(buffer as ArrayBuffer, byteOffset, count);
  const view = new DataView(buffer, byteOffset, byteLength);
  const data = type.single ? new Float32Array(count) : new Float64Array(count);
  for (let k = 0, at = 0; k < count; k++, at += type.size) data[k] = type.read(view, at, little);
  return data;
}

/** An array whose first dimension is the fastest, with its last as the fastest: column order to row order. */
export function inRows(columns: NumberArray['data'], shape: readonly number[]): NumberArray['data'] {
  if (shape.length < 2) return columns;
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
