import type { Matrix } from '../../protocol/matrix';
import type { RsaResults } from '../../protocol/results';
import { upperGram } from '../linalg/products';

export type RdmMetric = RsaResults['metric'];

/** Dissimilarities between all pairs of rows (stimuli or conditions). */
export interface Rdm {
  readonly size: number;
  /**
   * The upper triangle without its diagonal, row by row (as of `np.triu_indices(n, 1)`): size·(size − 1)/2 numbers, NaN where a row of
   * the pair has no defined distance.
   */
  readonly distances: Float64Array;
  /** Rows without a defined distance: constant ones for `correlation`, zero ones for `cosine`. */
  readonly undefinedRows: readonly number[];
}

/** Below this share of its terms a distance has lost too many digits to the Gram expansion, and is computed from the rows. */
const CANCELLED = 1e-5;

/** Numbers of products that are kept room for: those of 1,448 rows, 16 MB. */
const KEPT = 2 ** 21;

let room = new Float64Array();

/** Room for intermediate numbers, until it is asked for again: fresh memory costs more than the products in it. */
function roomFor(count: number): Float64Array {
  if (count > KEPT) return new Float64Array(count);
  if (room.length < count) room = new Float64Array(count);
  return room.subarray(0, count);
}

/**
 * RDM of the rows of a matrix: squared Euclidean or Euclidean distance, 1 − Pearson correlation over columns, or 1 − cosine. None is
 * ever negative; equal rows have exactly 0.
 *
 * @param patterns stimuli (or conditions) × units
 */
export function rdm(patterns: Matrix, metric: RdmMetric): Rdm {
  const n = patterns.rows;
  const { rows, undefinedRows } = prepareRows(patterns, metric);
  const products = upperGram(rows, roomFor(n * n)).data;
  const distances = new Float64Array((n * (n - 1)) / 2);
  const angular = metric === 'correlation' || metric === 'cosine';
  // Side by side: read from the diagonal, each would cost a cache line.
  const squares = Float64Array.from({ length: n }, (_, i) => products[i * n + i]);
  let at = 0;
  for (let i = 0; i < n; i++) {
    const own = squares[i];
    for (let j = i + 1; j < n; j++) {
      const scale = own + squares[j];
      let squared = scale - 2 * products[i * n + j];
      if (squared < CANCELLED * scale) squared = squaredDistance(rows, i, j);
      distances[at++] = squared;
    }
  }
  if (angular) for (let k = 0; k < at; k++) distances[k] /= 2;
  else if (metric === 'euclidean') for (let k = 0; k < at; k++) distances[k] = Math.sqrt(distances[k]);
  if (undefinedRows.length > 0) forget(distances, n, undefinedRows);
  return { size: n, distances, undefinedRows };
}

/** The whole square, as pictures need it: 0 on the diagonal (NaN for rows without defined distances). */
export function squareRdm({ size, distances, undefinedRows }: Rdm): Matrix<Float32Array> {
  const data = new Float32Array(size * size);
  let at = 0;
  for (let i = 0; i < size; i++) {
    for (let j = i + 1; j < size; j++) {
      data[i * size + j] = distances[at];
      data[j * size + i] = distances[at++];
    }
  }
  for (const i of undefinedRows) data[i * size + i] = NaN;
  return { rows: size, cols: size, data };
}

/** Rows whose squared Euclidean distance is the metric's (twice the metric's, for angles). */
function prepareRows(
  patterns: Matrix,
  metric: RdmMetric,
): { rows: Matrix<Float64Array>; undefinedRows: number[] } {
  const { rows: n, cols: p, data } = patterns;
  const out = Float64Array.from(data);
  const undefinedRows: number[] = [];
  if (metric === 'squaredEuclidean' || metric === 'euclidean') {
    // Distances do not change with the origin; near the data's mean the expansion cancels least.
    for (let j = 0; j < p; j++) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += out[i * p + j];
      const mean = sum / n;
      for (let i = 0; i < n; i++) out[i * p + j] -= mean;
    }
    return { rows: { rows: n, cols: p, data: out }, undefinedRows };
  }
  for (let i = 0; i < n; i++) {
    const first = i * p;
    const end = first + p;
    if (metric === 'correlation') {
      let sum = 0;
      let constant = true;
      for (let k = first; k < end; k++) {
        sum += out[k];
        constant &&= out[k] === out[first];
      }
      const mean = constant ? out[first] : sum / p;
      for (let k = first; k < end; k++) out[k] -= mean;
    }
    let largest = 0;
    for (let k = first; k < end; k++) {
      const size = Math.abs(out[k]);
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

function squaredDistance({ cols, data }: Matrix<Float64Array>, i: number, j: number): number {
  let sum = 0;
  for (let a = i * cols, b = j * cols, end = a + cols; a < end; a++, b++) {
    const difference = data[a] - data[b];
    sum += difference * difference;
  }
  return sum;
}

function forget(distances: Float64Array, n: number, rows: readonly number[]): void {
  const lost = new Uint8Array(n);
  for (const i of rows) lost[i] = 1;
  let at = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++, at++) if (lost[i] || lost[j]) distances[at] = NaN;
  }
}
