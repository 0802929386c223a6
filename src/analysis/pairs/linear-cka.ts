import type { Matrix } from '../../core/matrix';
import { NumericalError } from '../../numerics/numerical-error';
import { dotProduct, gram, multiplyTransposed } from '../../numerics/products';

/**
 * How HSIC is estimated: by the sum over all stimuli; by the U-statistic of Song and others 2012, without bias by few stimuli; so, and of a recording with itself over
 * pairs of different units, without bias by few units of many (Chun and others 2025).
 */
export type Hsic = 'biased' | 'debiased' | 'debiasedUnits';

/** One layer, ready to be compared by linear CKA. */
export interface CkaSide {
  readonly hsic: Hsic;
  /** As `centredUnits`. */
  readonly units: Matrix<Float64Array>;
  /** Where HSIC is debiased: the squared length of each stimulus’s centred pattern. */
  readonly squares: Float64Array | null;
  /** The estimator of HSIC of the layer with itself. */
  readonly self: number;
}

/** Stimuli that the debiased estimator needs at least. */
const FEWEST = 4;

/**
 * @param units as `centredUnits`: units × stimuli
 * @throws NumericalError where it cannot be compared with any layer
 */
export function prepareCka(units: Matrix<Float64Array>, hsic: Hsic): CkaSide {
  if (hsic !== 'biased' && units.cols < FEWEST)
    throw new NumericalError(
      `The debiased estimator needs ${FEWEST} test stimuli, and there are ${units.cols}.`,
    );
  const products = gram(units).data;
  const own = dotProduct(products, products);
  if (hsic === 'biased') return { hsic, units, squares: null, self: own };
  const squares = squaresOf(units);
  const all = unbiased(own, dotProduct(squares, squares), sumOf(squares), sumOf(squares), units.cols);
  const rounding = units.cols * Number.EPSILON * own;
  if (all <= rounding) throw new NumericalError('No two stimuli are more alike in it than others are.');
  if (hsic === 'debiased') return { hsic, units, squares, self: all };
  const self = overDifferentUnits(all, units);
  if (self <= rounding)
    throw new NumericalError(
      'Its units have no more in common with each other than by chance: nothing is known of others like them.',
    );
  return { hsic, units, squares, self };
}

/**
 * Linear CKA of two layers over the same stimuli, HSIC(X, Y) / √(HSIC(X, X) HSIC(Y, Y)), from products of units, not of stimuli:
 * biased, from 0 to 1, debiased, from −1 to 1, or with units debiased, too, any number, as both were prepared.
 */
export function linearCka(a: CkaSide, b: CkaSide): number {
  if (a === b && a.hsic !== 'debiasedUnits') return 1;
  const products = multiplyTransposed(a.units, b.units).data;
  return ckaOf(a, b, dotProduct(products, products));
}

/**
 * The same from what two layers share.
 *
 * @param shared ‖YᵀX‖², the sum of products of both Gram matrices
 * @param diagonal the sum of products of their diagonals, where it is not that of the stimuli as they stand
 */
export function ckaOf(a: CkaSide, b: CkaSide, shared: number, diagonal?: number): number {
  const scale = Math.sqrt(a.self) * Math.sqrt(b.self);
  if (!a.squares || !b.squares) return Math.min(1, shared / scale);
  const together = diagonal ?? dotProduct(a.squares, b.squares);
  const value = unbiased(shared, together, sumOf(a.squares), sumOf(b.squares), a.units.cols) / scale;
  return a.hsic === 'debiasedUnits' ? value : Math.max(-1, Math.min(1, value));
}

/**
 * The U-statistic of HSIC, times n (n − 3): tr(K̃L̃) + (1ᵀK̃1)(1ᵀL̃1) / ((n − 1)(n − 2)) − 2 / (n − 2) · 1ᵀK̃L̃1, where K̃ and L̃ are the
 * Gram matrices with zeros on the diagonal. Rows of centred Gram matrices sum to 0, so that it follows from ‖YᵀX‖², the diagonals and the traces.
 */
function unbiased(shared: number, diagonal: number, k: number, l: number, n: number): number {
  return shared - (n / (n - 2)) * diagonal + (k * l) / ((n - 1) * (n - 2));
}

/** What pairs of different units have of the U-statistic of a layer with itself, as if all pairs were such. */
function overDifferentUnits(all: number, { rows, cols, data }: Matrix<Float64Array>): number {
  if (rows < 2)
    throw new NumericalError('It has one unit that varies: without bias by units there must be two.');
  let same = 0;
  for (let unit = 0; unit < rows; unit++) {
    const squares = data.subarray(unit * cols, (unit + 1) * cols).map((value) => value * value);
    const trace = sumOf(squares);
    same += unbiased(trace * trace, dotProduct(squares, squares), trace, trace, cols);
  }
  return ((all - same) * rows) / (rows - 1);
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** The diagonal of the Gram matrix of the stimuli. */
function squaresOf({ rows, cols, data }: Matrix<Float64Array>): Float64Array {
  const squares = new Float64Array(cols);
  for (let unit = 0; unit < rows; unit++)
    for (let i = 0; i < cols; i++) squares[i] += data[unit * cols + i] ** 2;
  return squares;
}
