import type { Matrix } from '../../core/matrix';
import { solvePositive } from '../../numerics/cholesky';
import { nonNegative } from '../../numerics/nnls';
import { NumericalError } from '../../numerics/numerical-error';
import type { Products } from './spaces';

/** How weights of model RDMs are fitted: by least squares, of any sign or none below 0. */
export type Fitting = 'leastSquares' | 'nonNegative';

/** Weights of some RDMs; others have 0. */
export type Mixture = Float64Array;

/**
 * The weights with which model RDMs come nearest to a mixture of others.
 *
 * @param models places of the models
 * @param target what they are to come near to
 * @returns null where models depend on each other, or one of them is constant
 */
export function fitted(
  { gram }: Products,
  models: readonly number[],
  target: Mixture,
  how: Fitting,
): Mixture | null {
  const scale = models.map((model) => Math.sqrt(at(gram, model, model)));
  if (!scale.every((one) => one > 0)) return null;
  const k = models.length;
  const data = Float64Array.from(
    models.flatMap((a, i) => models.map((b, j) => at(gram, a, b) / (scale[i] * scale[j]))),
  );
  const towards = Float64Array.from(
    models,
    (model, i) => product(gram, target, only(gram.rows, model)) / scale[i],
  );
  const solve = how === 'nonNegative' ? nonNegative : solvePositive;
  try {
    const weights = solve({ rows: k, cols: k, data }, towards);
    const mixture = new Float64Array(gram.rows);
    models.forEach((model, i) => (mixture[model] = weights[i] / scale[i]));
    return mixture;
  } catch (error) {
    if (!(error instanceof NumericalError)) throw error;
    return null;
  }
}

/** The cosine of two mixtures; null where one of them is nothing. */
export function similarity({ gram }: Products, a: Mixture, b: Mixture): number | null {
  const scale = Math.sqrt(product(gram, a, a)) * Math.sqrt(product(gram, b, b));
  return scale > 0 ? Math.min(1, Math.max(-1, product(gram, a, b) / scale)) : null;
}

/** One RDM alone. */
export function only(rdms: number, place: number): Mixture {
  const mixture = new Float64Array(rdms);
  mixture[place] = 1;
  return mixture;
}

/** The mean of RDMs, each divided by its norm before. @param counts how often each is in it */
export function pooled({ norms }: Products, counts: ArrayLike<number>): Mixture {
  return norms.map((norm, at) => (counts[at] > 0 ? counts[at] / norm : 0));
}

function at({ cols, data }: Matrix<Float64Array>, row: number, column: number): number {
  return data[row * cols + column];
}

/** Products of mixtures. */
function product({ rows, data }: Matrix<Float64Array>, a: Mixture, b: Mixture): number {
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    if (a[i] === 0) continue;
    for (let j = 0; j < rows; j++) if (b[j] !== 0) sum += a[i] * b[j] * data[i * rows + j];
  }
  return sum;
}
