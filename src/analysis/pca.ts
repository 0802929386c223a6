import type { Matrix } from '../core/matrix';
import { gram, multiply, multiplyTransposed } from '../numerics/products';
import { symmetricEigen } from '../numerics/symmetric-eigen';
import { UnitPanels, withWorkspace } from '../numerics/unit-panels';

/**
 * Principal components of centred activations. Components without variance have a share of 0, and zeros for scores and
 * loadings: any direction would do, so none is named.
 */
export interface Pca {
  /** Components that are listed: at most the smaller of stimuli and units. */
  readonly components: number;
  /** Components with variance among those listed. */
  readonly rank: number;
  /** Mean of each unit, which is subtracted. */
  readonly means: Float64Array;
  /** Shares of the total variance, largest first (the same for population and sample variance); zeros where nothing varies. */
  readonly explainedVarianceRatio: Float64Array;
  /** Variances of the scores, divided by stimuli − 1 (sample variance). */
  readonly explainedVariance: Float64Array;
  /** Stimuli × components. */
  readonly scores: Matrix<Float64Array>;
  /** Components × units, rows of length 1; the entry of largest absolute value (the first, if several) is positive. */
  readonly loadings: Matrix<Float64Array>;
}

/**
 * @param activations stimuli × units
 * @param components how many to list
 * @throws NumericalError where an activation is not finite
 */
export function pca(activations: Matrix, components: number): Pca {
  const { rows: n, cols: p } = activations;
  const listed = Math.min(components, n, p);
  // The smaller of the two eigenproblems: units × units, or stimuli × stimuli.
  if (p > n || p === 0) {
    const { centred, means } = centre(activations);
    const found = eigenvectors(gram(centred), listed, n, p);
    const loadings = oriented(multiply(found.vectors, centred), listed);
    return described(found, n, means, loadings, multiplyTransposed(centred, loadings));
  }
  return withWorkspace((workspace) => {
    const units = new UnitPanels(workspace, activations);
    const found = eigenvectors(units.upperGram(), listed, n, p);
    const loadings = oriented(found.vectors, listed);
    return described(found, n, units.means, loadings, units.project(loadings));
  });
}

/** The largest eigenvalues of a matrix of sums of products, and what of them is variance. */
interface Spectrum {
  /** Sum of all eigenvalues. */
  readonly total: number;
  readonly values: Float64Array;
  readonly rank: number;
  /** Rank × side. */
  readonly vectors: Matrix<Float64Array>;
}

/** @param side its upper triangle is read */
function eigenvectors(side: Matrix<Float64Array>, listed: number, n: number, p: number): Spectrum {
  const { values, vectors } = symmetricEigen(side, listed);
  let total = 0;
  for (let i = 0; i < side.rows; i++) total += side.data[i * side.rows + i];
  // What rounding can leave of a component that has no variance.
  const floor = (values[0] ?? 0) * Math.max(n, p) * Number.EPSILON;
  let rank = 0;
  while (rank < listed && values[rank] > floor) rank++;
  const { cols, data } = vectors;
  return { total, values, rank, vectors: { rows: rank, cols, data: data.subarray(0, rank * cols) } };
}

/** Directions as loadings, with zeros up to the components that are listed. */
function oriented({ rows, cols, data }: Matrix<Float64Array>, listed: number): Matrix<Float64Array> {
  const loadings = new Float64Array(listed * cols);
  loadings.set(data);
  for (let k = 0; k < rows; k++) orient(loadings.subarray(k * cols, (k + 1) * cols));
  return { rows: listed, cols, data: loadings };
}

function described(
  { total, values, rank }: Spectrum,
  stimuli: number,
  means: Float64Array,
  loadings: Matrix<Float64Array>,
  scores: Matrix<Float64Array>,
): Pca {
  const listed = loadings.rows;
  const ratio = new Float64Array(listed);
  const variance = new Float64Array(listed);
  for (let k = 0; k < rank; k++) {
    ratio[k] = values[k] / total;
    variance[k] = values[k] / (stimuli - 1);
  }
  return {
    components: listed,
    rank,
    means,
    explainedVarianceRatio: ratio,
    explainedVariance: variance,
    scores,
    loadings,
  };
}

/**
 * Scores of other activations of the same units (another checkpoint, another set) on given components.
 *
 * @param activations stimuli × units
 * @returns stimuli × components
 */
export function project(
  components: Pick<Pca, 'means' | 'loadings'>,
  activations: Matrix,
): Matrix<Float64Array> {
  const { means, loadings } = components;
  const { rows, cols, data } = activations;
  if (cols !== loadings.cols)
    throw new RangeError('The activations and the components differ in their units.');
  const shifted = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) shifted[i * cols + j] = data[i * cols + j] - means[j];
  }
  return multiplyTransposed({ rows, cols, data: shifted }, loadings);
}

/** Scales a row to length 1 and fixes its sign. */
function orient(row: Float64Array): void {
  let largest = 0;
  let sum = 0;
  for (let j = 0; j < row.length; j++) {
    if (Math.abs(row[j]) > Math.abs(row[largest])) largest = j;
    sum += row[j] * row[j];
  }
  // Entries that are equal but for rounding count as tied, so that the sign does not hang on the last bit.
  const bar = Math.abs(row[largest]) * (1 - 1e-9);
  const first = row.findIndex((value) => Math.abs(value) >= bar);
  const scale = (row[first] < 0 ? -1 : 1) / Math.sqrt(sum);
  for (let j = 0; j < row.length; j++) row[j] *= scale;
}

/** Stimuli × units about the mean of each unit. */
export function centre(activations: Matrix): { centred: Matrix<Float64Array>; means: Float64Array } {
  const { rows, cols, data } = activations;
  // Sums of differences from the first stimulus: a constant unit is centred to exact zeros.
  const means = new Float64Array(cols);
  for (let i = 1; i < rows; i++) {
    for (let j = 0, at = i * cols; j < cols; j++) means[j] += data[at + j] - data[j];
  }
  for (let j = 0; j < cols; j++) means[j] = data[j] + means[j] / rows;
  const centred = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) centred[i * cols + j] = data[i * cols + j] - means[j];
  }
  return { centred: { rows, cols, data: centred }, means };
}
