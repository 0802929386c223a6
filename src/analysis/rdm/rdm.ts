import type { Matrix } from '../../core/matrix';
import type { RdmMetric } from '../../protocol/rdm-words';
import { BLOCK } from '../../numerics/kernels/linear-algebra';
import type { Workspace } from '../../numerics/kernels/workspace';
import { packLines, withWorkspace } from '../../numerics/unit-panels';
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

/** What becomes of a squared distance, as assembly/distances.ts has it. */
const finish: Record<RdmMetric, number> = { squaredEuclidean: 0, correlation: 1, cosine: 1, euclidean: 2 };

/**
 * RDM of the rows of a matrix: squared Euclidean or Euclidean distance, 1 − Pearson correlation over columns, or 1 − cosine. None is
 * ever negative; equal rows have exactly 0.
 *
 * @param patterns stimuli (or conditions) × units
 */
export function rdm(patterns: Matrix, metric: RdmMetric): Rdm {
  const n = patterns.rows;
  const { rows, undefinedRows } = prepareRows(patterns, metric);
  const distances = new Float64Array((n * (n - 1)) / 2);
  if (rows.cols > 0) withWorkspace((workspace) => fill(workspace, distances, rows, finish[metric]));
  if (undefinedRows.length > 0) forget(distances, n, undefinedRows);
  return { size: n, distances, rounding: roundingOf(distances, metric, rows.cols), undefinedRows };
}

/**
 * Rounding of |a|² + |b|² − 2ab, which is four sums of products, and of the rows' lengths before it: terms × machine epsilon each (Higham,
 * Accuracy and Stability of Numerical Algorithms, §3.1), at the size of what is summed: rows of length 1 for angles, rows no longer than
 * the largest distance for others. A root has the error of its square over twice itself, and is never taken of a cancelled one.
 */
function roundingOf(distances: Float64Array, metric: RdmMetric, terms: number): number {
  const bound = 4 * (terms + 4) * Number.EPSILON;
  if (metric === 'correlation' || metric === 'cosine') return bound;
  let largest = 0;
  for (let k = 0; k < distances.length; k++) if (distances[k] > largest) largest = distances[k];
  return (bound * largest) / (metric === 'euclidean' ? 2 * Math.sqrt(CANCELLED) : 1);
}

/** Distances of all pairs of rows from their products: |a|² + |b|² − 2ab, or from the rows where that would cost digits. */
function fill(workspace: Workspace, distances: Float64Array, rows: Matrix<Float64Array>, how: number): void {
  const { rows: n, cols: terms } = rows;
  const quads = Math.ceil(n / 4);
  const width = 4 * quads;
  const panels = workspace.reserve(quads * terms * STEP);
  const squares = workspace.reserve(n * NUMBER);
  const products = workspace.reserve(STRIPE * width * NUMBER);
  const found = workspace.reserve(STRIPE * n * NUMBER);
  workspace.commit(false);
  const { kernels, doubles } = workspace;
  packLines(rows, doubles.subarray(panels / NUMBER, panels / NUMBER + width * terms).fill(0));
  // As products are summed, so that equal rows give exactly 0: the diagonals of products of four rows with themselves.
  for (let quad = 0; quad < quads; quad++) {
    for (let first = 0; first < terms; first += BLOCK.depth) {
      const depth = Math.min(BLOCK.depth, terms - first);
      const block = panels + (first * quads + quad * depth) * STEP;
      kernels.multiply64(block, block, products, 1, 1, depth, 4, first > 0, 0);
    }
    for (let i = 0; i < 4 && 4 * quad + i < n; i++)
      doubles[squares / NUMBER + 4 * quad + i] = doubles[products / NUMBER + 5 * i];
  }
  for (let top = 0, at = 0; top < n; top += STRIPE) {
    const height = Math.min(STRIPE, n - top);
    const stride = width - top;
    for (let first = 0; first < terms; first += BLOCK.depth) {
      const depth = Math.min(BLOCK.depth, terms - first);
      const block = panels + first * quads * STEP + (top / 4) * depth * STEP;
      const high = Math.ceil(height / 4);
      kernels.multiply64(block, block, products, high, stride / 4, depth, stride, first > 0, 0);
    }
    let to = found;
    for (let i = 0; i < height; i++) {
      const later = products + (i * stride + i + 1) * NUMBER;
      kernels.rowDistances(later, squares, top + i, n, panels, quads, terms, BLOCK.depth, how, to);
      to += (n - top - i - 1) * NUMBER;
    }
    distances.set(doubles.subarray(found / NUMBER, to / NUMBER), at);
    at += (to - found) / NUMBER;
  }
}

/** The whole square, as pictures need it: 0 on the diagonal (NaN for rows without defined distances). */
export function squareRdm({ size, distances, undefinedRows }: Rdm): Matrix<Float32Array> {
  const data = fillSquare(new Float32Array(size * size), distances, size);
  for (const i of undefinedRows) data[i * size + i] = NaN;
  return { rows: size, cols: size, data };
}

/** Rows whose squared Euclidean distance is the metric's (twice the metric's, for angles). */
function prepareRows(
  patterns: Matrix,
  metric: RdmMetric,
): { rows: Matrix<Float64Array>; undefinedRows: number[] } {
  const { rows: n, cols: p, data } = patterns;
  const out = new Float64Array(data);
  const undefinedRows: number[] = [];
  if (metric === 'squaredEuclidean' || metric === 'euclidean') {
    // Distances do not change with the origin; near the data's mean the expansion cancels least.
    const means = new Float64Array(p);
    for (let at = 0; at < out.length;) for (let j = 0; j < p; j++, at++) means[j] += out[at];
    for (let j = 0; j < p; j++) means[j] /= n;
    for (let at = 0; at < out.length;) for (let j = 0; j < p; j++, at++) out[at] -= means[j];
    return { rows: { rows: n, cols: p, data: out }, undefinedRows };
  }
  for (let i = 0; i < n; i++) {
    const first = i * p;
    const end = first + p;
    let mean = 0;
    if (metric === 'correlation') {
      let sum = 0;
      for (let k = first; k < end; k++) sum += out[k];
      let same = first;
      while (same < end && out[same] === out[first]) same++;
      mean = same === end ? out[first] : sum / p;
    }
    let largest = 0;
    for (let k = first; k < end; k++) {
      const value = out[k] - mean;
      out[k] = value;
      const size = Math.abs(value);
      // A NaN is not 0 either: its distances come out NaN.
      if (!(size <= largest)) largest = size;
    }
    if (largest === 0 || p === 0) {
      undefinedRows.push(i);
      continue;
    }
    let sum = 0;
    for (let k = first; k < end; k++) {
      const value = out[k] / largest;
      out[k] = value;
      sum += value * value;
    }
    const norm = Math.sqrt(sum);
    for (let k = first; k < end; k++) out[k] /= norm;
  }
  return { rows: { rows: n, cols: p, data: out }, undefinedRows };
}

function forget(distances: Float64Array, n: number, rows: readonly number[]): void {
  const lost = new Uint8Array(n);
  for (const i of rows) lost[i] = 1;
  let at = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++, at++) if (lost[i] || lost[j]) distances[at] = NaN;
  }
}
