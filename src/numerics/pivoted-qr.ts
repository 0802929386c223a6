import type { Matrix } from '../core/matrix';

/** X·P = Q·R for X (n × q) of numerical rank r. */
interface PivotedQr {
  readonly rank: number;
  /** r × n: row k is the k-th orthonormal column of Q. */
  readonly basis: Matrix<Float64Array>;
  /** r × q, upper trapezoidal, columns in the order of `order`. */
  readonly factor: Matrix<Float64Array>;
  /** The column of X that stands at each place of R. */
  readonly order: Uint32Array;
}

/**
 * Householder QR with column pivoting (Businger & Golub 1965; LAPACK's geqp3). A column whose remaining norm is within rounding of
 * the largest column's counts as a combination of those before it and ends the factorisation: that is the rank.
 *
 * @param columns q × n: row j is column j of X
 * @param pivot false keeps the columns in order; for columns that are known to be independent
 */
export function pivotedQr(columns: Matrix<Float64Array>, pivot = true): PivotedQr {
  const { rows: q, cols: n } = columns;
  const steps = Math.min(q, n);
  const { x, scale } = scaled(columns.data);
  const order = Uint32Array.from({ length: q }, (_, j) => j);
  const norms = new Float64Array(q);
  let largest = 0;
  for (let j = 0; j < q; j++) {
    norms[j] = tailNorm(x, j * n, n);
    largest = Math.max(largest, norms[j]);
  }
  const original = norms.slice();
  const tolerance = pivot ? largest * Math.max(n, q) * Number.EPSILON * 4 : 0;
  const scales = new Float64Array(steps);
  const diagonal = new Float64Array(steps);
  let rank = 0;

  for (; rank < steps; rank++) {
    if (pivot) {
      let best = rank;
      for (let j = rank + 1; j < q; j++) if (norms[j] > norms[best]) best = j;
      if (best !== rank) {
        swapRows(x, n, rank, best);
        [norms[rank], norms[best]] = [norms[best], norms[rank]];
        [original[rank], original[best]] = [original[best], original[rank]];
        [order[rank], order[best]] = [order[best], order[rank]];
      }
    }
    const head = rank * n + rank;
    const length = n - rank;
    const norm = tailNorm(x, head, length);
    if (norm <= tolerance) break;
    // v = x − αe₁ with the sign of α opposite to x₁, so that nothing cancels.
    const alpha = x[head] > 0 ? -norm : norm;
    x[head] -= alpha;
    diagonal[rank] = alpha;
    scales[rank] = -1 / (alpha * x[head]);
    for (let j = rank + 1; j < q; j++) {
      const at = j * n + rank;
      reflect(x, head, scales[rank], x, at, length);
      // The norm is updated, and computed anew where the update would lose its digits.
      const left = norms[j] * norms[j] - x[at] * x[at];
      norms[j] = left > 1e-6 * original[j] * original[j] ? Math.sqrt(left) : tailNorm(x, at + 1, length - 1);
      if (left <= 1e-6 * original[j] * original[j]) original[j] = norms[j];
    }
  }

  const factor = new Float64Array(rank * q);
  for (let k = 0; k < rank; k++) {
    factor[k * q + k] = diagonal[k] * scale;
    for (let j = k + 1; j < q; j++) factor[k * q + j] = x[j * n + k] * scale;
  }
  const data = basisOf(x, scales, rank, n);
  return {
    rank,
    basis: { rows: rank, cols: n, data },
    factor: { rows: rank, cols: q, data: factor },
    order,
  };
}

/** The orthonormal columns, rank × n, from the vectors of the reflections. */
function basisOf(x: Float64Array, scales: Float64Array, rank: number, n: number): Float64Array {
  const basis = new Float64Array(rank * n);
  for (let k = 0; k < rank; k++) {
    basis[k * n + k] = 1;
    for (let step = k; step >= 0; step--) {
      reflect(x, step * n + step, scales[step], basis, k * n + step, n - step);
    }
  }
  return basis;
}

/** The numbers with a largest one near 1, by a power of two that costs no digits, so that products neither overflow nor vanish. */
function scaled(data: Float64Array): { x: Float64Array; scale: number } {
  let largest = 0;
  for (const value of data) largest = Math.max(largest, Math.abs(value));
  const scale = largest > 0 ? 2 ** Math.floor(Math.log2(largest)) : 1;
  return { x: data.map((value) => value / scale), scale };
}

/** y ← (I − scale·v·vᵀ) y */
function reflect(
  v: Float64Array,
  vAt: number,
  scale: number,
  y: Float64Array,
  yAt: number,
  length: number,
): void {
  let dot = 0;
  for (let l = 0; l < length; l++) dot += v[vAt + l] * y[yAt + l];
  if (dot === 0) return;
  dot *= scale;
  for (let l = 0; l < length; l++) y[yAt + l] -= dot * v[vAt + l];
}

function tailNorm(x: Float64Array, at: number, length: number): number {
  let largest = 0;
  for (let l = 0; l < length; l++) largest = Math.max(largest, Math.abs(x[at + l]));
  if (largest === 0) return 0;
  let sum = 0;
  for (let l = 0; l < length; l++) sum += (x[at + l] / largest) ** 2;
  return largest * Math.sqrt(sum);
}

function swapRows(x: Float64Array, length: number, a: number, b: number): void {
  const kept = x.slice(a * length, (a + 1) * length);
  x.copyWithin(a * length, b * length, (b + 1) * length);
  x.set(kept, b * length);
}
