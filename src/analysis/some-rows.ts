import type { Matrix } from '../core/matrix';
import { stream } from '../core/stream';
import { pairAt } from './rdm/triangle';

/**
 * At most so many rows of a matrix, in their order. Where there are more, which ones is drawn from the stream of the name and their number:
 * the same of every layer and replicate.
 */
export function someRows(matrix: Matrix, most: number, name: string): Matrix {
  return matrix.rows <= most ? matrix : rowsOf(matrix, chosenOf(matrix.rows, most, name));
}

/** At most so many of a number of rows, ascending, as `someRows` takes them. */
export function chosenOf(rows: number, most: number, name: string): Uint32Array {
  if (rows <= most) return Uint32Array.from({ length: rows }, (_, row) => row);
  return Uint32Array.from(stream(name, 'rows', rows).permutation(rows).subarray(0, most)).sort();
}

/**
 * The pairs of these rows alone, in the order of an upper triangle.
 *
 * @param triangle of all rows
 */
export function somePairs(triangle: Float64Array, size: number, rows: ArrayLike<number>): Float64Array {
  const count = rows.length;
  const some = new Float64Array((count * (count - 1)) / 2);
  for (let a = 0, at = 0; a < count; a++)
    for (let b = a + 1; b < count; b++) {
      const [i, j] = [Math.min(rows[a], rows[b]), Math.max(rows[a], rows[b])];
      some[at++] = triangle[pairAt(size, i, j)];
    }
  return some;
}

/** These rows, in their order. */
export function rowsOf<T extends Float32Array | Float64Array>(
  { cols, data }: Matrix<T>,
  rows: ArrayLike<number>,
): Matrix<T> {
  const length = rows.length * cols;
  const out = data instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
  for (let at = 0; at < rows.length; at++)
    out.set(data.subarray(rows[at] * cols, (rows[at] + 1) * cols), at * cols);
  return { rows: rows.length, cols, data: out as T };
}

/** The rows of one, then those of the other, in numbers of a kind. */
export function stackedRows<T extends Float32Array | Float64Array>(
  first: Matrix,
  second: Matrix,
  Kind: new (length: number) => T,
): Matrix<T> {
  const data = new Kind(first.data.length + second.data.length);
  data.set(first.data);
  data.set(second.data, first.data.length);
  return { rows: first.rows + second.rows, cols: first.cols, data };
}

/** These columns, in the order in which they are named. */
export function columnsOf<T extends Float32Array | Float64Array>(
  { rows, cols, data }: Matrix<T>,
  chosen: ArrayLike<number>,
): Matrix<T> {
  const count = chosen.length;
  const length = rows * count;
  const some = data instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < count; j++) some[i * count + j] = data[i * cols + chosen[j]];
  return { rows, cols: count, data: some as T };
}
