import type { Matrix } from '../core/matrix';
import { dotProduct64, dotProducts64, gemm64, gram64 } from './kernels/linear-algebra';

// The one place where the analyses multiply matrices.

/** The transpose in float64. */
export function transpose(a: Matrix): Matrix<Float64Array> {
  const { rows, cols, data } = a;
  const out = new Float64Array(rows * cols);
  // Bands of 8 rows, so that each line of the target is filled while it is in the cache.
  for (let start = 0; start < rows; start += 8) {
    const end = Math.min(start + 8, rows);
    for (let j = 0; j < cols; j++) {
      for (let i = start; i < end; i++) out[j * rows + i] = data[i * cols + j];
    }
  }
  return { rows: cols, cols: rows, data: out };
}

/** A·B for A (m × k) and B (k × n). */
export function multiply(a: Matrix<Float64Array>, b: Matrix<Float64Array>): Matrix<Float64Array> {
  return { rows: a.rows, cols: b.cols, data: gemm64(a, b) };
}

/**
 * A·Bᵀ for A (m × k) and B (n × k): the dot products of all rows of A with all rows of B. Each is summed in the same
 * order wherever it stands, so that equal rows give equal bits.
 */
export function multiplyTransposed(a: Matrix<Float64Array>, b: Matrix<Float64Array>): Matrix<Float64Array> {
  return { rows: a.rows, cols: b.rows, data: gemm64(a, { ...b, transposed: true }) };
}

/** Aᵀ·B for A (k × m) and B (k × n). */
export function transposedMultiply(a: Matrix<Float64Array>, b: Matrix<Float64Array>): Matrix<Float64Array> {
  return { rows: a.cols, cols: b.cols, data: gemm64({ ...a, transposed: true }, b) };
}

/** A·Aᵀ for A (m × k): symmetric to the bit. */
export function gram(a: Matrix<Float64Array>): Matrix<Float64Array> {
  return { rows: a.rows, cols: a.rows, data: gram64(a.data, a.rows, a.cols, 'rows') };
}

/** Aᵀ·A for A (m × k): symmetric to the bit. */
export function gramOfColumns(a: Matrix<Float64Array>): Matrix<Float64Array> {
  return { rows: a.cols, cols: a.cols, data: gram64(a.data, a.rows, a.cols, 'columns') };
}

/** Dot products of all vectors of one list (rows) with all of another (columns). */
export function dotProducts(a: readonly Float64Array[], b: readonly Float64Array[]): Matrix<Float64Array> {
  return { rows: a.length, cols: b.length, data: dotProducts64(a, b) };
}

/** The dot product of two vectors: the same bits as among `dotProducts`. */
export function dotProduct(a: Float64Array, b: Float64Array): number {
  return dotProduct64(a, b);
}
