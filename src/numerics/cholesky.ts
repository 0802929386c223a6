import type { Matrix } from '../core/matrix';
import { NumericalError } from './numerical-error';

/**
 * The lower triangular L with A = L·Lᵀ (Golub & Van Loan, Matrix Computations, §4.2).
 *
 * @param a symmetric, n × n
 * @returns n × n, zeros above the diagonal
 * @throws NumericalError where A is not positive definite within rounding
 */
export function choleskyFactor(a: Matrix<Float64Array>): Matrix<Float64Array> {
  const n = a.rows;
  const l = new Float64Array(n * n);
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, a.data[i * n + i]);
  const least = largest * n * Number.EPSILON;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a.data[i * n + j];
      for (let k = 0; k < j; k++) sum -= l[i * n + k] * l[j * n + k];
      if (i !== j) l[i * n + j] = sum / l[j * n + j];
      else if (sum > least) l[i * n + i] = Math.sqrt(sum);
      else throw new NumericalError('The matrix is not positive definite: it has no inverse.');
    }
  }
  return { rows: n, cols: n, data: l };
}

/**
 * Each row x of `rows` becomes the y with L·y = x.
 *
 * @param l lower triangular, n × n
 * @param rows m × n
 */
export function solveLower(l: Matrix<Float64Array>, rows: Matrix<Float64Array>): Matrix<Float64Array> {
  const n = l.rows;
  const data = Float64Array.from(rows.data);
  for (let first = 0; first < data.length; first += n)
    for (let i = 0; i < n; i++) {
      let sum = data[first + i];
      for (let k = 0; k < i; k++) sum -= l.data[i * n + k] * data[first + k];
      data[first + i] = sum / l.data[i * n + i];
    }
  return { rows: rows.rows, cols: n, data };
}

/**
 * The x with A·x = b.
 *
 * @param a symmetric, positive definite
 * @throws NumericalError where it is not
 */
export function solvePositive(a: Matrix<Float64Array>, b: Float64Array): Float64Array {
  const n = a.rows;
  const l = choleskyFactor(a);
  const x = solveLower(l, { rows: 1, cols: n, data: b }).data;
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] -= l.data[k * n + i] * x[k];
    x[i] /= l.data[i * n + i];
  }
  return x;
}
