import { arccos } from '../../core/elementary';
import type { Matrix } from '../../core/matrix';
import { gram, multiplyTransposed, transpose } from '../../numerics/products';
import { symmetricEigen } from '../../numerics/symmetric-eigen';

/**
 * The angle between two layers once one is rotated (or reflected) onto the other as well as can be: arccos of the nuclear norm of XᵀY. In radians,
 * 0 to π/2; what is less than the rounding of the norm from 0 is 0.
 *
 * @param a as `centredUnits`: units × stimuli, of Frobenius norm 1
 * @throws NumericalError where the singular values cannot be found
 */
export function angularProcrustes(a: Matrix<Float64Array>, b: Matrix<Float64Array>): number {
  if (a === b) return 0;
  const norm = nuclearNorm(multiplyTransposed(a, b));
  const rounding = 8 * (a.rows + b.rows) * Number.EPSILON;
  return norm >= 1 - rounding ? 0 : arccos(norm);
}

/**
 * The sum of the singular values, which are the positive eigenvalues of [[0, M], [Mᵀ, 0]] (Golub & Van Loan, Matrix Computations, §8.6.1): those of
 * MᵀM would be their squares, and small ones lost.
 */
export function nuclearNorm({ rows, cols, data }: Matrix<Float64Array>): number {
  const size = rows + cols;
  const both = new Float64Array(size * size);
  for (let i = 0; i < rows; i++) both.set(data.subarray(i * cols, (i + 1) * cols), i * size + rows);
  const { values } = symmetricEigen({ rows: size, cols: size, data: both }, 0);
  return values.reduce((sum, value) => sum + Math.abs(value), 0) / 2;
}

/**
 * The same from the eigenvalues of MMᵀ, or MᵀM, of the smaller size: in an eighth of the time, and to 10⁻⁷ of the largest singular value. What of them is rounding
 * counts as 0.
 */
export function nearNuclearNorm(matrix: Matrix<Float64Array>): number {
  const squared = gram(matrix.rows <= matrix.cols ? matrix : transpose(matrix));
  const { values } = symmetricEigen(squared, 0);
  const rounding = values[0] * squared.rows * Number.EPSILON;
  return values.reduce((sum, value) => (value > rounding ? sum + Math.sqrt(value) : sum), 0);
}
