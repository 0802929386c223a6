import type { Matrix } from '../../core/matrix';
import { solvePositive } from '../../numerics/cholesky';
import { NumericalError } from '../../numerics/numerical-error';
import { only } from './fit';

/**
 * The similarity of the first with each of the others, the rest of them held: −pᵢ₀ / √(pᵢᵢ p₀₀) of the inverse p of the matrix of
 * similarities (of correlations: the partial correlation).
 *
 * @param similarities all with all, positive definite
 * @returns of all but the first; null where they depend on each other
 */
export function partial(similarities: Matrix<Float64Array>): Float64Array | null {
  try {
    const inverse = Array.from({ length: similarities.rows }, (_, at) =>
      solvePositive(similarities, only(similarities.rows, at)),
    );
    const [first, ...others] = inverse;
    return Float64Array.from(others, (own, at) => {
      const value = -own[0] / (Math.sqrt(own[at + 1]) * Math.sqrt(first[0]));
      return Math.min(1, Math.max(-1, value));
    });
  } catch (error) {
    if (!(error instanceof NumericalError)) throw error;
    return null;
  }
}
