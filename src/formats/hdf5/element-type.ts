import { type NumberType, numberType } from '../number-types';
import type { Cursor } from './file';

/** How the numbers of a dataset are written; or why its elements are no numbers, as the end of a sentence. */
export type ElementType =
  | { readonly type: NumberType; readonly little: boolean; readonly why?: undefined }
  | { readonly why: string };

/** Classes of elements that are no numbers. */
const others: Readonly<Record<number, string>> = {
  2: 'times',
  3: 'strings',
  5: 'opaque bytes',
  6: 'compounds of several fields',
  7: 'references to other objects',
  9: 'lists of different lengths, or strings',
  10: 'arrays',
};

/** What a datatype message says. */
export function elementType(body: Cursor): ElementType {
  const kind = body.uint(1) & 15;
  const bits = [body.uint(1), body.uint(1), body.uint(1)];
  const size = body.uint(4);
  if (Object.hasOwn(others, kind)) return { why: others[kind] };
  const little = (bits[0] & 1) === 0;
  // An enumeration is of numbers: NumPy's booleans are written as one.
  if (kind === 8) return elementType(body);
  const name = kind === 1 ? floatName(body, bits, size) : wholeName(body, kind, bits[0], size);
  const type = numberType(name);
  return type ? { type, little } : { why: `numbers of a kind that is not read (${size} bytes each)` };
}

/** Whole numbers that fill their bytes; bit fields are without a sign. */
function wholeName(body: Cursor, kind: number, bits: number, size: number): string {
  const [offset, precision] = [body.uint(2), body.uint(2)];
  if (kind !== 4 && (offset !== 0 || precision !== size * 8)) return '';
  return `${kind === 0 && bits & 8 ? 'i' : 'u'}${size}`;
}

/** Floats as IEEE 754 has them, and bfloat16; others have another exponent. */
function floatName(body: Cursor, bits: readonly number[], size: number): string {
  body.skip(4);
  const [exponentAt, exponent, mantissaAt, mantissa] = [
    body.uint(1),
    body.uint(1),
    body.uint(1),
    body.uint(1),
  ];
  const bias = body.uint(4);
  const isWhole =
    mantissaAt === 0 &&
    exponentAt === mantissa &&
    1 + exponent + mantissa === size * 8 &&
    bits[1] === size * 8 - 1 &&
    (bits[0] & 64) === 0 &&
    bias === 2 ** (exponent - 1) - 1;
  const exponents: Readonly<Record<string, string>> = {
    '2 5': 'f2',
    '2 8': 'bf2',
    '4 8': 'f4',
    '8 11': 'f8',
  };
  return isWhole ? (exponents[`${size} ${exponent}`] ?? '') : '';
}
