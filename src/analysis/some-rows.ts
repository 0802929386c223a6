import type { Matrix } from '../core/matrix';
import { stream } from '../core/stream';

/**
 * At most so many rows of a matrix, in their order. Where there are more, which ones is drawn from the stream of the name and their number:
 * the same of every layer and replicate.
 */
export function someRows(matrix: Matrix, most: number, name: string): Matrix {
  const { rows, cols, data } = matrix;
  if (rows <= most) return matrix;
  const chosen = stream(name, 'rows', rows).permutation(rows).subarray(0, most).sort();
  const some = data.slice(0, most * cols);
  chosen.forEach((row, at) => some.set(data.subarray(row * cols, (row + 1) * cols), at * cols));
  return { rows: most, cols, data: some };
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
