import type { Matrix } from '../../../core/matrix';
import { choleskyFactor, solveLower } from '../../../numerics/cholesky';

/**
 * Patterns whose squared Euclidean distances are the squared Mahalanobis distances of these.
 *
 * @param patterns conditions × units
 * @param noise covariance, units × units; the patterns as they are where absent
 * @throws NumericalError where the covariance has no inverse
 */
export function whitened(patterns: Matrix<Float64Array>, noise?: Matrix<Float64Array>): Matrix<Float64Array> {
  return noise ? solveLower(choleskyFactor(noise), patterns) : patterns;
}
