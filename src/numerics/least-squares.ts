import type { Matrix } from '../core/matrix';
import { multiplyTransposed } from './products';
import { pivotedQr } from './pivoted-qr';

/**
 * A least-squares fit that is ready for any number of targets: the predictions for a target y (n fit rows) are
 * operatorᵀ · (basis · y), one per test row.
 */
export interface LeastSquares {
  readonly rank: number;
  /** rank × fit rows: an orthonormal basis of the design's columns. */
  readonly basis: Matrix<Float64Array>;
  /** rank × test rows. */
  readonly operator: Matrix<Float64Array>;
}

/**
 * Factorises a design once. Where its columns depend on each other the coefficients are the shortest that fit (as of the
 * pseudoinverse), so that predictions do not hang on the order of the columns.
 *
 * @param fit columns × fit rows; centred by the caller where there is an intercept
 * @param test columns × test rows, shifted as `fit`
 */
export function leastSquares(fit: Matrix<Float64Array>, test: Matrix<Float64Array>): LeastSquares {
  const { rank, basis, factor, order } = pivotedQr(fit);
  const q = fit.rows;
  const m = test.cols;
  const operator = new Float64Array(rank * m);
  if (rank === q) {
    // Tᵀ = R⁻ᵀ (X_test P)ᵀ, by forward substitution.
    for (let k = 0; k < rank; k++) {
      const row = operator.subarray(k * m, (k + 1) * m);
      row.set(test.data.subarray(order[k] * m, (order[k] + 1) * m));
      for (let j = 0; j < k; j++) subtract(row, factor.data[j * q + k], operator, j * m);
      divide(row, factor.data[k * q + k]);
    }
  } else if (rank > 0) {
    // Complete orthogonal decomposition: Rᵀ = Z·S, so X = Q Sᵀ (PZ)ᵀ and Tᵀ = S⁻¹ (X_test P Z)ᵀ, by back substitution.
    const { basis: z, factor: s } = pivotedQr(factor, false);
    const pz = new Float64Array(rank * q);
    for (let k = 0; k < rank; k++) {
      for (let j = 0; j < q; j++) pz[k * q + order[j]] = z.data[k * q + j];
    }
    const rows = new Float64Array(m * q);
    for (let j = 0; j < q; j++) for (let i = 0; i < m; i++) rows[i * q + j] = test.data[j * m + i];
    operator.set(
      multiplyTransposed({ rows: rank, cols: q, data: pz }, { rows: m, cols: q, data: rows }).data,
    );
    for (let k = rank - 1; k >= 0; k--) {
      const row = operator.subarray(k * m, (k + 1) * m);
      for (let j = k + 1; j < rank; j++) subtract(row, s.data[k * rank + j], operator, j * m);
      divide(row, s.data[k * rank + k]);
    }
  }
  return { rank, basis, operator: { rows: rank, cols: m, data: operator } };
}

function subtract(row: Float64Array, factor: number, from: Float64Array, at: number): void {
  if (factor === 0) return;
  for (let i = 0; i < row.length; i++) row[i] -= factor * from[at + i];
}

function divide(row: Float64Array, by: number): void {
  for (let i = 0; i < row.length; i++) row[i] /= by;
}
