import type { Matrix } from '../../core/matrix';
import { foundOrWhy } from '../../numerics/numerical-error';
import { dotProduct, multiply, multiplyTransposed, transposedMultiply } from '../../numerics/products';
import { symmetricEigen } from '../../numerics/symmetric-eigen';
import type { RecoveredPart, Recovery, RecoveryScores } from '../../protocol/recovery';
import { centre } from '../pca';
import type { ClassLabel } from '../selectivity/class-label';
import { type Directions, directionsOf } from './directions';

/**
 * Which dimensions of one recording are found again in another, and which of them each score is made of (arXiv 2605.20127; 2407.07059). Linear CKA, the cosine of Procrustes and the mean squared canonical
 * correlation are each tr S of a matrix S of stimuli × stimuli: KₓKᵧ of both Gram matrices, Y Q Xᵀ with the best rotation Q, and PₓPᵧ of the projections on both
 * (all up to a factor). So every dimension, or subspace F of stimuli (orthonormal rows), has its share tr F S Fᵀ / tr S, and the shares of the principal components of X sum to 1.
 *
 * @param x stimuli × units
 * @param y the same stimuli × units
 * @param labels classes of these stimuli: what each label tells apart is a subspace, of classes − 1 dimensions
 * @param components principal components of x that are asked for
 * @throws NumericalError where no unit of either varies
 */
export function recovery(
  x: Matrix<Float64Array>,
  y: Matrix<Float64Array>,
  labels: readonly Pick<ClassLabel, 'name' | 'classes' | 'of'>[],
  components: number,
): Recovery {
  const pair = pairOf(directionsOf(x), directionsOf(y));
  const centred = [centre(x).centred, centre(y).centred] as const;
  const part = (name: string, subspace: Matrix<Float64Array>): RecoveredPart => ({
    ...{ name, dimensions: subspace.rows },
    ...sharesOf(pair, subspace),
    without: without(centred, subspace),
  });
  const { basis } = pair.first;
  const count = Math.min(components, basis.rows);
  return {
    scores: pair.scores,
    components: Array.from({ length: count }, (_, k) => part(`PC${k + 1}`, rowOf(basis, k))),
    features: labels.flatMap((label) => {
      const { found } = foundOrWhy(() => directionsOf(indicators(label)).basis);
      return found ? [part(label.name, found)] : [];
    }),
  };
}

/** Two recordings by their principal components. */
interface Pair {
  readonly first: Directions;
  readonly second: Directions;
  /** Products of both bases: components of the first × components of the second. */
  readonly crossed: Matrix<Float64Array>;
  /** Components of the second × components of the first: sizes × the rotation that is best × sizes. */
  readonly rotated: Matrix<Float64Array>;
  /** tr S of each score. */
  readonly traces: RecoveryScores;
  readonly scores: RecoveryScores;
}

function pairOf(first: Directions, second: Directions): Pair {
  const crossed = multiplyTransposed(first.basis, second.basis);
  const products = scaled(crossed, first.sizes, second.sizes);
  // The best rotation is the polar factor of the products: Q = Mᵀ (M Mᵀ)^(−1/2).
  const { values, vectors } = symmetricEigen(multiplyTransposed(products, products));
  const rounding = values[0] * values.length * Number.EPSILON;
  const sizes = values.map((value) => (value > rounding ? Math.sqrt(value) : 0));
  const inverse = sizes.map((size) => (size > 0 ? 1 / size : 0));
  const half = transposedMultiply(vectors, scaled(vectors, inverse, null));
  const rotated = scaled(transposedMultiply(products, half), second.sizes, first.sizes);
  const traces = {
    cka: squaresOf(products.data),
    procrustes: sizes.reduce((sum, size) => sum + size, 0),
    ccaSquared: squaresOf(crossed.data),
  };
  const norm = (of: Float64Array): number => Math.sqrt(squaresOf(of));
  const fourth = ({ sizes: own }: Directions): number => norm(own.map((size) => size * size));
  const scores = {
    cka: traces.cka / (fourth(first) * fourth(second)),
    procrustes: traces.procrustes / (norm(first.sizes) * norm(second.sizes)),
    ccaSquared: traces.ccaSquared / Math.min(crossed.rows, crossed.cols),
  };
  return { first, second, crossed, rotated, traces, scores };
}

function sharesOf(
  { first, second, crossed, rotated, traces }: Pair,
  subspace: Matrix<Float64Array>,
): Pick<RecoveredPart, 'variance' | 'explained' | 'shares'> {
  const [a, b] = [first, second].map(({ basis }) => multiplyTransposed(subspace, basis));
  const squares = (sizes: Float64Array): Float64Array => sizes.map((size) => size * size);
  const grams = scaled(crossed, squares(first.sizes), squares(second.sizes));
  return {
    variance: [varianceIn(a, first), varianceIn(b, second)],
    explained: [explainedBy(a, first), explainedBy(b, second)],
    shares: {
      cka: dotProduct(multiply(a, grams).data, b.data) / traces.cka,
      procrustes: dotProduct(multiply(b, rotated).data, a.data) / traces.procrustes,
      ccaSquared: dotProduct(multiply(a, crossed).data, b.data) / traces.ccaSquared,
    },
  };
}

/** Of the variance of a recording, the share along these dimensions. */
function varianceIn(along: Matrix<Float64Array>, { sizes }: Directions): number {
  return squaresOf(scaled(along, null, sizes).data) / squaresOf(sizes);
}

/** Of the dimensions the share that a recording explains linearly, adjusted for how much as many noise directions would: 1 − (1 − R²)(n − 1) / (n − 1 − rank). */
function explainedBy(along: Matrix<Float64Array>, { basis }: Directions): number | null {
  const free = basis.cols - 1 - basis.rows;
  if (free <= 0) return null;
  return 1 - (1 - squaresOf(along.data) / along.rows) * ((basis.cols - 1) / free);
}

/** The scores of both without these dimensions; null where nothing else is in one of them. */
function without(
  sides: readonly [Matrix<Float64Array>, Matrix<Float64Array>],
  subspace: Matrix<Float64Array>,
): RecoveryScores | null {
  const { found } = foundOrWhy(() => {
    const [first, second] = sides.map((side) => directionsOf(rest(side, subspace)));
    return pairOf(first, second).scores;
  });
  return found ?? null;
}

function rest(side: Matrix<Float64Array>, subspace: Matrix<Float64Array>): Matrix<Float64Array> {
  const along = transposedMultiply(subspace, multiply(subspace, side));
  // What is left of a unit that is all along them is rounding.
  const least = squaresOf(side.data) * 1e-20;
  const data = side.data.map((value, at) => value - along.data[at]);
  return { ...side, data: squaresOf(data) > least ? data : data.fill(0) };
}

/** Stimuli × classes, 1 where a stimulus is of the class. */
function indicators({ classes, of }: Pick<ClassLabel, 'classes' | 'of'>): Matrix<Float64Array> {
  const data = new Float64Array(of.length * classes.length);
  of.forEach((c, stimulus) => (data[stimulus * classes.length + c] = 1));
  return { rows: of.length, cols: classes.length, data };
}

function rowOf({ cols, data }: Matrix<Float64Array>, k: number): Matrix<Float64Array> {
  return { rows: 1, cols, data: data.slice(k * cols, (k + 1) * cols) };
}

/** Rows and columns times these; null: as they are. */
function scaled(
  { rows, cols, data }: Matrix<Float64Array>,
  byRow: Float64Array | null,
  byColumn: Float64Array | null,
): Matrix<Float64Array> {
  const out = data.map(
    (value, at) => value * (byRow?.[Math.floor(at / cols)] ?? 1) * (byColumn?.[at % cols] ?? 1),
  );
  return { rows, cols, data: out };
}

function squaresOf(values: Float64Array): number {
  return dotProduct(values, values);
}
