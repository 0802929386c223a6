import { fromBase64, toBase64 } from './base64';

/**
 * JSON with typed arrays inside: each becomes `{ "$": kind, "b": base64 of its little-endian bytes }`.
 * A square symmetric matrix may be packed as its lower triangle with the diagonal: then `n` is its size.
 */
export type Packed = null | boolean | number | string | Packed[] | { [key: string]: Packed };

const kinds = { f32: Float32Array, u16: Uint16Array, u32: Uint32Array };
type Kind = keyof typeof kinds;

/** Copies `value` with typed arrays as base64. `symmetric` names the properties that hold symmetric matrices. */
export function pack(value: unknown, symmetric: readonly string[] = []): Packed {
  return packValue(value, false, symmetric);
}

function packValue(value: unknown, triangle: boolean, symmetric: readonly string[]): Packed {
  if (
    value === null ||
    typeof value === 'boolean' ||
    typeof value === 'number' ||
    typeof value === 'string'
  ) {
    return value;
  }
  if (value === undefined) return null;
  if (Array.isArray(value)) return value.map((item) => packValue(item, false, symmetric));
  for (const kind of Object.keys(kinds) as Kind[]) {
    if (value instanceof kinds[kind]) {
      if (!triangle || !(value instanceof Float32Array)) return { $: kind, b: base64(value) };
      const size = Math.round(Math.sqrt(value.length));
      return { $: kind, b: base64(lowerTriangle(value, size)), n: size };
    }
  }
  if (typeof value !== 'object') throw new TypeError(`A ${typeof value} cannot be packed.`);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(
    entries.map(([key, item]) => [key, packValue(item, symmetric.includes(key), symmetric)]),
  );
}

/** The opposite of `pack`. */
export function unpack(packed: Packed): unknown {
  if (packed === null || typeof packed !== 'object') return packed;
  if (Array.isArray(packed)) return packed.map(unpack);
  const { $: kind, b, n } = packed;
  if (typeof kind === 'string' && typeof b === 'string' && Object.hasOwn(kinds, kind)) {
    const array = new kinds[kind as Kind](fromBase64(b).buffer);
    return typeof n === 'number' && array instanceof Float32Array ? fullMatrix(array, n) : array;
  }
  return Object.fromEntries(Object.entries(packed).map(([key, item]) => [key, unpack(item)]));
}

function lowerTriangle(matrix: Float32Array, size: number): Float32Array {
  const triangle = new Float32Array((size * (size + 1)) / 2);
  for (let i = 0, at = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) triangle[at++] = matrix[i * size + j] ?? NaN;
  }
  return triangle;
}

function fullMatrix(triangle: Float32Array, size: number): Float32Array {
  const matrix = new Float32Array(size * size);
  for (let i = 0, at = 0; i < size; i++) {
    for (let j = 0; j <= i; j++, at++) {
      const value = triangle[at] ?? NaN;
      matrix[i * size + j] = value;
      matrix[j * size + i] = value;
    }
  }
  return matrix;
}

function base64(array: Float32Array | Uint16Array | Uint32Array): string {
  return toBase64(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
}
