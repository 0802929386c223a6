import type { Matrix } from '../../core/matrix';
import { NumericalError } from '../../numerics/numerical-error';
import { dotProduct, gram, multiplyTransposed } from '../../numerics/products';

/** One layer, ready to be compared by linear CKA. */
export interface CkaSide {
  /** As `centredUnits`. */
  readonly units: Matrix<Float64Array>;
  /** Of the debiased estimator: the squared length of each stimulus’s centred pattern. */
  readonly squares: Float64Array | null;
  /** The estimator of HSIC of the layer with itself. */
  readonly self: number;
}

/** Stimuli that the debiased estimator needs at least. */
const FEWEST = 4;

/**
 * @param units as `centredUnits`: units × stimuli
 * @param debiased whether HSIC is estimated by the U-statistic of Song and others
 * @throws NumericalError where it cannot be compared with any layer
 */
export function prepareCka(units: Matrix<Float64Array>, debiased: boolean): CkaSide {
  if (debiased && units.cols < FEWEST)
    throw new NumericalError(
      `The debiased estimator needs ${FEWEST} test stimuli, and there are ${units.cols}.`,
    );
  const products = gram(units).data;
  const own = dotProduct(products, products);
  if (!debiased) return { units, squares: null, self: own };
  const squares = squaresOf(units);
  const self = unbiased(own, squares, squares);
  if (self <= units.cols * Number.EPSILON * own)
    throw new NumericalError('No two stimuli are more alike in it than others are.');
  return { units, squares, self };
}

/**
 * Linear CKA of two layers over the same stimuli, HSIC(X, Y) / √(HSIC(X, X) HSIC(Y, Y)), from products of units, not of stimuli:
 * biased, from 0 to 1, or debiased, from −1 to 1, as both were prepared.
 */
export function linearCka(a: CkaSide, b: CkaSide): number {
  if (a === b) return 1;
  const products = multiplyTransposed(a.units, b.units).data;
  const shared = dotProduct(products, products);
  const scale = Math.sqrt(a.self) * Math.sqrt(b.self);
  if (!a.squares || !b.squares) return Math.min(1, shared / scale);
  return Math.max(-1, Math.min(1, unbiased(shared, a.squares, b.squares) / scale));
}

/**
 * The U-statistic of HSIC, times n (n − 3): tr(K̃L̃) + (1ᵀK̃1)(1ᵀL̃1) / ((n − 1)(n − 2)) − 2 / (n − 2) · 1ᵀK̃L̃1, where K̃ and L̃ are the
 * Gram matrices with zeros on the diagonal. Rows of centred Gram matrices sum to 0, so that it follows from ‖YᵀX‖² and the diagonals.
 */
function unbiased(shared: number, k: Float64Array, l: Float64Array): number {
  const n = k.length;
  const diagonal = dotProduct(k, l);
  const all = (sum: number, square: number): number => sum + square;
  return shared - (n / (n - 2)) * diagonal + (k.reduce(all, 0) * l.reduce(all, 0)) / ((n - 1) * (n - 2));
}

/** The diagonal of the Gram matrix of the stimuli. */
function squaresOf({ rows, cols, data }: Matrix<Float64Array>): Float64Array {
  const squares = new Float64Array(cols);
  for (let unit = 0; unit < rows; unit++)
    for (let i = 0; i < cols; i++) squares[i] += data[unit * cols + i] ** 2;
  return squares;
}
