import type { Matrix } from '../../core/matrix';
import type { RdmMetric } from '../../protocol/rdm-words';
import { BLOCK } from '../../numerics/kernels/linear-algebra';
import type { Workspace } from '../../numerics/kernels/workspace';
import { withWorkspace } from '../../numerics/unit-panels';
import { fillSquare } from './triangle';

/** Dissimilarities between all pairs of rows (stimuli or conditions). */
export interface Rdm {
  readonly size: number;
  /**
   * The upper triangle without its diagonal, row by row (as of `np.triu_indices(n, 1)`): size·(size − 1)/2 numbers, NaN where a row of
   * the pair has no defined distance.
   */
  readonly distances: Float64Array;
  /** Distances that differ by no more are equal but for the rounding of their computation: ties, for whoever ranks them. */
  readonly rounding: number;
  /** Rows without a defined distance: constant ones for `correlation`, zero ones for `cosine`. */
  readonly undefinedRows: readonly number[];
}

/** Bytes of a number, and of one term of four rows. */
const NUMBER = 8;
const STEP = 32;

/** Rows whose products are computed at once, and turned into distances while they are in the cache. */
const STRIPE = 64;

/** Share of its terms below which a squared distance is computed from the rows, as assembly/distances.ts has it. */
const CANCELLED = 1e-5;

/** What becomes of rows, and then of squared distances, as assembly/distances.ts has it. */
const forms: Record<RdmMetric, { rows: number; distances: number }> = {
  squaredEuclidean: { rows: 0, distances: 0 },
  euclidean: { rows: 0, distances: 2 },
  correlation: { rows: 1, distances: 1 },
  cosine: { rows: 2, distances: 1 },
};

/**
 * RDM of the rows of a matrix: squared Euclidean or Euclidean distance, 1 − Pearson correlation over columns, or 1 − cosine. None is
 * ever negative; equal rows have exactly 0.
 *
 * @param patterns stimuli (or conditions) × units
 */
export function rdm(patterns: Matrix, metric: RdmMetric): Rdm {
  const { rows: n, cols: terms } = patterns;
  const distances = new Float64Array((n * (n - 1)) / 2);
  const sizes = new Float64Array(n);
  const largest =
    n > 0 && terms > 0
      ? withWorkspace((workspace) => fill(workspace, distances, sizes, patterns, metric))
      : 0;
  // Only angles ask for a length.
  const undefinedRows =
    forms[metric].rows === 0 ? [] : Array.from(sizes.keys()).filter((i) => sizes[i] === 0);
  if (undefinedRows.length > 0) forget(distances, n, undefinedRows);
  return { size: n, distances, rounding: roundingOf(largest, metric, terms), undefinedRows };
}

/**
 * The squared Euclidean distances of `rdm`, left in a workspace where they are read.
 *
 * @param at address of size·(size − 1)/2 numbers that are reserved; the memory is committed here
 * @returns the largest of them, and their rounding
 */
export function squaresIn(
  workspace: Workspace,
  patterns: Matrix,
  at: number,
): { largest: number; rounding: number } {
  const { rows: n, cols: terms } = patterns;
  const metric = 'squaredEuclidean';
  let largest = 0;
  if (n > 0 && terms > 0) largest = fill(workspace, at, undefined, patterns, metric);
  else {
    workspace.commit(false);
    workspace.doubles.fill(0, at / NUMBER, at / NUMBER + (n * (n - 1)) / 2);
  }
  return { largest, rounding: roundingOf(largest, metric, terms) };
}

/**
 * Rounding of |a|² + |b|² − 2ab, which is four sums of products, and of the rows' lengths before it: terms × machine epsilon each (Higham,
 * Accuracy and Stability of Numerical Algorithms, §3.1), at the size of what is summed: rows of length 1 for angles, rows no longer than
 * the largest distance for others. A root has the error of its square over twice itself, and is never taken of a cancelled one.
 */
function roundingOf(largest: number, metric: RdmMetric, terms: number): number {
  const bound = 4 * (terms + 4) * Number.EPSILON;
  if (metric === 'correlation' || metric === 'cosine') return bound;
  return (bound * largest) / (metric === 'euclidean' ? 2 * Math.sqrt(CANCELLED) : 1);
}

/**
 * Distances of all pairs of rows from their products: |a|² + |b|² − 2ab, or from the rows where that would cost digits.
 *
 * @param distances receives them, or the address where they are left
 * @param sizes receives the largest absolute value of each row (less its mean), for angles
 * @returns the largest distance
 */
function fill(
  workspace: Workspace,
  distances: Float64Array | number,
  sizes: Float64Array | undefined,
  { rows: n, cols: terms, data }: Matrix,
  metric: RdmMetric,
): number {
  const quads = Math.ceil(n / 4);
  const width = 4 * quads;
  const wide = data instanceof Float64Array;
  const size = wide ? NUMBER : NUMBER / 2;
  const x = workspace.reserve(width * terms * size);
  const means = workspace.reserve(terms * NUMBER);
  const panels = workspace.reserve(quads * terms * STEP);
  const [squares, lengths] = [0, 1].map(() => workspace.reserve(quads * STEP));
  const products = workspace.reserve(STRIPE * width * NUMBER);
  const stripe = typeof distances === 'number' ? distances : workspace.reserve(STRIPE * n * NUMBER);
  const largest = workspace.reserve(NUMBER);
  workspace.commit(false);
  const { kernels, doubles, floats } = workspace;
  const target = wide ? doubles : floats;
  target.set(data, x / size);
  target.fill(0, x / size + n * terms, x / size + width * terms);
  doubles[largest / NUMBER] = 0;
  const how = forms[metric];
  // Distances do not change with the origin; near the data's mean the expansion cancels least.
  if (how.rows === 0) doubles.set(columnMeans(n, terms, data), means / NUMBER);
  kernels.packRows(x, wide, quads, terms, BLOCK.depth, how.rows, means, panels, squares, lengths);
  if (how.rows !== 0) sizes?.set(doubles.subarray(lengths / NUMBER, lengths / NUMBER + n));
  for (let top = 0, at = 0; top < n; top += STRIPE) {
    const height = Math.min(STRIPE, n - top);
    const stride = width - top;
    for (let first = 0; first < terms; first += BLOCK.depth) {
      const depth = Math.min(BLOCK.depth, terms - first);
      const block = panels + first * quads * STEP + (top / 4) * depth * STEP;
      const high = Math.ceil(height / 4);
      kernels.multiply64(block, block, products, high, stride / 4, depth, stride, first > 0, 0);
    }
    const found = distances === stripe ? stripe + at * NUMBER : stripe;
    const rows = [panels, quads, terms, BLOCK.depth, how.distances] as const;
    kernels.laterDistances(products, stride, squares, top, height, n, ...rows, found, largest);
    const count = height * (n - top) - (height * (height + 1)) / 2;
    if (typeof distances !== 'number')
      distances.set(doubles.subarray(found / NUMBER, found / NUMBER + count), at);
    at += count;
  }
  return doubles[largest / NUMBER];
}

function columnMeans(rows: number, cols: number, data: ArrayLike<number>): Float64Array {
  const means = new Float64Array(cols);
  for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < cols; j++, at++) means[j] += data[at];
  for (let j = 0; j < cols; j++) means[j] /= rows;
  return means;
}

/** The whole square, as pictures need it: 0 on the diagonal (NaN for rows without defined distances). */
export function squareRdm({ size, distances, undefinedRows }: Rdm): Matrix<Float32Array> {
  const data = fillSquare(new Float32Array(size * size), distances, size);
  for (const i of undefinedRows) data[i * size + i] = NaN;
  return { rows: size, cols: size, data };
}

function forget(distances: Float64Array, n: number, rows: readonly number[]): void {
  const lost = new Uint8Array(n);
  for (const i of rows) lost[i] = 1;
  let at = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++, at++) if (lost[i] || lost[j]) distances[at] = NaN;
  }
}
