import { joined } from './bytes';
import { type Parcel, unwrap, wrapApart } from './parcel';

/** In the order in which their numbers lie in packed bytes. */
const kinds = {
  f64: Float64Array,
  f32: Float32Array,
  i32: Int32Array,
  u32: Uint32Array,
  u16: Uint16Array,
  u8: Uint8Array,
};
type Kind = keyof typeof kinds;
const kindNames = Object.keys(kinds) as Kind[];
type Numbers = Parcel['arrays'][number]['array'];

/** Where an array belongs. */
interface Place {
  path: Parcel['arrays'][number]['path'];
  kind: Kind;
  /** Numbers that are packed. */
  length: number;
  /** Rows of a symmetric matrix of which the lower triangle with its diagonal is packed. */
  rows?: number;
}

/**
 * A value with typed arrays in it, as bytes that compress well: two lengths (32 bits each), the places of the arrays and the value without them
 * (JSON in UTF-8), then the numbers of all arrays, kind by kind, little-endian: the first bytes of all numbers of a kind, then all
 * second bytes, and so on (bytes of one significance resemble each other). Of symmetric matrices in single precision there is one half.
 *
 * @param value what JSON can hold, with typed arrays in it
 * @param kept what is kept of an array in single precision; of as many numbers
 */
export function pack(
  value: unknown,
  kept: (array: Float32Array) => Float32Array = (array) => array,
): Uint8Array<ArrayBuffer> {
  const { json, arrays } = wrapApart(value);
  const parts = arrays.map(({ path, array }) => {
    if (!(array instanceof Float32Array)) return { path, kind: kindOf(array), part: array };
    const rows = rowsOfSymmetric(array);
    return rows === undefined
      ? { path, kind: 'f32' as const, part: kept(array) }
      : { path, kind: 'f32' as const, part: lowerTriangle(kept(array), rows), rows };
  });
  const places = parts.map(({ part, ...place }): Place => ({ ...place, length: part.length }));
  const head = new TextEncoder().encode(JSON.stringify(places));
  const numbers = kindNames.map((name) =>
    planes(
      parts.filter(({ kind }) => kind === name).map(({ part }) => part),
      kinds[name].BYTES_PER_ELEMENT,
    ),
  );
  return joined([bytesOf(Uint32Array.of(head.length, json.length)), head, json, ...numbers]);
}

/**
 * The opposite of `pack`.
 *
 * @throws Error where it is not what `pack` made
 */
export function unpack(bytes: Uint8Array): unknown {
  const [headLength = 0, jsonLength = 0] = new Uint32Array(bytes.slice(0, 8).buffer);
  const jsonAt = 8 + headLength;
  const places = JSON.parse(new TextDecoder().decode(bytes.subarray(8, jsonAt))) as Place[];
  const json = bytes.subarray(jsonAt, jsonAt + jsonLength);
  const arrays: { path: Place['path']; array: Numbers }[] = [];
  let at = jsonAt + jsonLength;
  for (const name of kindNames) {
    const own = places.filter(({ kind }) => kind === name);
    const count = own.reduce((sum, { length }) => sum + length, 0);
    const width = kinds[name].BYTES_PER_ELEMENT;
    const all = new kinds[name](fromPlanes(bytes.subarray(at, at + count * width), width));
    at += count * width;
    let from = 0;
    for (const { path, length, rows } of own) {
      const part = all.slice(from, (from += length));
      arrays.push({ path, array: rows === undefined ? part : fullMatrix(part, rows) });
    }
  }
  return unwrap({ json, arrays });
}

function kindOf(array: Numbers): Kind {
  for (const kind of kindNames) if (array instanceof kinds[kind]) return kind;
  throw new TypeError(`A ${array.constructor.name} cannot be packed.`);
}

/** Rows of a square matrix that equals its transpose, two at least; undefined for everything else. */
function rowsOfSymmetric(array: Float32Array): number | undefined {
  const rows = Math.round(Math.sqrt(array.length));
  if (rows < 2 || rows * rows !== array.length) return undefined;
  for (let i = 1; i < rows; i++)
    for (let j = 0; j < i; j++) if (!Object.is(array[i * rows + j], array[j * rows + i])) return undefined;
  return rows;
}

function lowerTriangle(matrix: Numbers, rows: number): Float32Array {
  const triangle = new Float32Array((rows * (rows + 1)) / 2);
  for (let i = 0, at = 0; i < rows; i++)
    for (let j = 0; j <= i; j++) triangle[at++] = matrix[i * rows + j] ?? NaN;
  return triangle;
}

function fullMatrix(triangle: Numbers, rows: number): Float32Array {
  const matrix = new Float32Array(rows * rows);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j <= i; j++, at++) {
      const value = triangle[at] ?? NaN;
      matrix[i * rows + j] = value;
      matrix[j * rows + i] = value;
    }
  }
  return matrix;
}

/** The bytes of all numbers of `width` bytes: first the lowest of each, last the highest. */
function planes(arrays: readonly Numbers[], width: number): Uint8Array {
  const bytes = joined(arrays.map(bytesOf));
  const apart = new Uint8Array(bytes.length);
  let to = 0;
  for (let plane = 0; plane < width; plane++)
    for (let at = plane; at < bytes.length; at += width) apart[to++] = bytes[at] ?? 0;
  return apart;
}

function fromPlanes(apart: Uint8Array, width: number): ArrayBuffer {
  const bytes = new Uint8Array(apart.length);
  let from = 0;
  for (let plane = 0; plane < width; plane++)
    for (let at = plane; at < bytes.length; at += width) bytes[at] = apart[from++] ?? 0;
  return bytes.buffer;
}

function bytesOf(array: Numbers): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
