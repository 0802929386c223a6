import type { Matrix } from '../../protocol/matrix';

// The one place where the analyses multiply matrices: a faster product is put in here and nowhere else.

/** Columns of a panel: short enough that the rows of a tile stay in the first-level cache. */
const PANEL = 512;

/** The transpose in float64. */
export function transpose(a: Matrix): Matrix<Float64Array> {
  const { rows, cols, data } = a;
  const out = new Float64Array(rows * cols);
  // Bands of 8 rows, so that each line of the target is filled while it is in the cache.
  for (let start = 0; start < rows; start += 8) {
    const end = Math.min(start + 8, rows);
    for (let j = 0; j < cols; j++) {
      for (let i = start; i < end; i++) out[j * rows + i] = data[i * cols + j];
    }
  }
  return { rows: cols, cols: rows, data: out };
}

/** A·B for A (m × k) and B (k × n). */
export function multiply(a: Matrix<Float64Array>, b: Matrix<Float64Array>): Matrix<Float64Array> {
  return multiplyTransposed(a, transpose(b));
}

/**
 * A·Bᵀ for A (m × k) and B (n × k): the dot products of all rows of A with all rows of B. Each is summed in the same
 * order wherever it stands, so that equal rows give equal bits.
 */
export function multiplyTransposed(a: Matrix<Float64Array>, b: Matrix<Float64Array>): Matrix<Float64Array> {
  if (a.cols !== b.cols) throw new RangeError(`Rows of ${a.cols} and of ${b.cols} numbers have no product.`);
  const out = new Float64Array(a.rows * b.rows);
  product(a, b, out, false);
  return { rows: a.rows, cols: b.rows, data: out };
}

/** A·Aᵀ for A (m × k): symmetric to the bit. */
export function gram(a: Matrix<Float64Array>): Matrix<Float64Array> {
  const n = a.rows;
  const out = new Float64Array(n * n);
  product(a, a, out, true);
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) out[i * n + j] = out[j * n + i];
  }
  return { rows: n, cols: n, data: out };
}

/** Adds A·Bᵀ to `out` in tiles of 4 × 2; with `lowerOnly`, tiles wholly above the diagonal are left out. */
function product(
  a: Matrix<Float64Array>,
  b: Matrix<Float64Array>,
  out: Float64Array,
  lowerOnly: boolean,
): void {
  const { rows: m, cols: k, data: x } = a;
  const { rows: n, data: y } = b;
  for (let from = 0; from < k; from += PANEL) {
    const length = Math.min(PANEL, k - from);
    for (let i = 0; i < m; i += 4) {
      const columns = lowerOnly ? Math.min(n, i + 4) : n;
      if (i + 4 > m) {
        for (let r = i; r < m; r++) {
          for (let j = 0; j < columns; j++) {
            out[r * n + j] += dot(x, r * k + from, y, j * k + from, length);
          }
        }
        continue;
      }
      const x0 = i * k + from;
      const x1 = x0 + k;
      const x2 = x1 + k;
      const x3 = x2 + k;
      let j = 0;
      for (; j + 2 <= columns; j += 2) {
        const y0 = j * k + from;
        const y1 = y0 + k;
        let s00 = 0;
        let s01 = 0;
        let s10 = 0;
        let s11 = 0;
        let s20 = 0;
        let s21 = 0;
        let s30 = 0;
        let s31 = 0;
        for (let l = 0; l < length; l++) {
          const u = y[y0 + l];
          const v = y[y1 + l];
          const p = x[x0 + l];
          const q = x[x1 + l];
          const r = x[x2 + l];
          const s = x[x3 + l];
          s00 += p * u;
          s01 += p * v;
          s10 += q * u;
          s11 += q * v;
          s20 += r * u;
          s21 += r * v;
          s30 += s * u;
          s31 += s * v;
        }
        const o = i * n + j;
        out[o] += s00;
        out[o + 1] += s01;
        out[o + n] += s10;
        out[o + n + 1] += s11;
        out[o + 2 * n] += s20;
        out[o + 2 * n + 1] += s21;
        out[o + 3 * n] += s30;
        out[o + 3 * n + 1] += s31;
      }
      for (; j < columns; j++) {
        for (let r = 0; r < 4; r++) {
          out[(i + r) * n + j] += dot(x, x0 + r * k, y, j * k + from, length);
        }
      }
    }
  }
}

function dot(x: Float64Array, at: number, y: Float64Array, other: number, length: number): number {
  let sum = 0;
  for (let l = 0; l < length; l++) sum += x[at + l] * y[other + l];
  return sum;
}
