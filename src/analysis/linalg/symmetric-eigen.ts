import type { Matrix } from '../../protocol/matrix';
import { tridiagonalVectors } from './tridiagonal-vectors';

export interface SymmetricEigen {
  /** All eigenvalues, largest first. */
  readonly values: Float64Array;
  /** count × n: row k is the unit eigenvector of `values[k]`; its sign is arbitrary. */
  readonly vectors: Matrix<Float64Array>;
}

/** Sweeps that one eigenvalue may take; two or three are usual. */
const MAX_SWEEPS = 80;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix: Householder tridiagonalisation, then implicit QL with Wilkinson's
 * shift (Golub & Van Loan, Matrix Computations, §8.3); where few vectors are wanted, they come from inverse iteration on
 * the tridiagonal matrix. Errors are of the order of rounding times the largest eigenvalue; vectors are orthonormal also
 * where eigenvalues coincide.
 *
 * @param a n × n; its upper triangle is read
 * @param count how many vectors are wanted, of the largest eigenvalues
 * @throws RangeError where an entry is not finite
 */
export function symmetricEigen(a: Matrix<Float64Array>, count = a.rows): SymmetricEigen {
  const n = a.rows;
  if (a.cols !== n) throw new RangeError('Only a square matrix has eigenvalues.');
  const work = a.data.slice();
  // Scaled to a largest entry of 1, so that squares neither overflow nor vanish.
  let scale = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) {
      const size = Math.abs(work[i * n + j]);
      if (!(size < Infinity))
        throw new RangeError('A matrix has no eigenvalues where an entry is not finite.');
      if (size > scale) scale = size;
    }
  }
  if (scale > 0) for (let i = 0; i < work.length; i++) work[i] /= scale;

  const t = tridiagonalise(work, n);
  if (count <= n / 4) {
    const values = t.d.slice();
    implicitQl(values, t.e.slice(), null, n);
    values.sort().reverse();
    const vectors = tridiagonalVectors(t.d, t.e, values.subarray(0, count));
    if (vectors) {
      for (let k = 0; k < count; k++) reflectBack(work, t.scales, n, vectors, k * n, n - 1);
      for (let k = 0; k < n; k++) values[k] *= scale;
      return { values, vectors: { rows: count, cols: n, data: vectors } };
    }
  }

  // Row i of Qᵀ is Q e_i = H₀ H₁ … e_i; reflector k leaves the first k + 1 entries alone.
  const q = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    q[i * n + i] = 1;
    reflectBack(work, t.scales, n, q, i * n, i);
  }
  implicitQl(t.d, t.e, q, n);
  const order = Array.from(t.d.keys()).sort((i, j) => t.d[j] - t.d[i] || i - j);
  const sorted = new Float64Array(count * n);
  for (let k = 0; k < count; k++) sorted.set(q.subarray(order[k] * n, (order[k] + 1) * n), k * n);
  return {
    values: Float64Array.from(order, (from) => t.d[from] * scale),
    vectors: { rows: count, cols: n, data: sorted },
  };
}

interface Tridiagonal {
  readonly d: Float64Array;
  /** n − 1 numbers beside the diagonal, and a 0. */
  readonly e: Float64Array;
  /** Reflector k is I − scales[k]·v·vᵀ. */
  readonly scales: Float64Array;
}

/** T = QᵀAQ. The upper triangle of `a` is used up: v of reflector k is left in row k, right of the diagonal. */
function tridiagonalise(a: Float64Array, n: number): Tridiagonal {
  const d = new Float64Array(n);
  const e = new Float64Array(n);
  const scales = new Float64Array(n);
  const p = new Float64Array(n);
  for (let k = 0; k < n - 1; k++) {
    const row = k * n;
    d[k] = a[row + k];
    let tail = 0;
    for (let j = k + 2; j < n; j++) tail += a[row + j] * a[row + j];
    const head = a[row + k + 1];
    if (tail === 0) {
      e[k] = head;
      continue;
    }
    const norm = Math.sqrt(head * head + tail);
    const alpha = head > 0 ? -norm : norm;
    e[k] = alpha;
    a[row + k + 1] = head - alpha;
    const beta = 1 / (norm * (norm + Math.abs(head)));
    scales[k] = beta;

    // p = β A v, from the upper triangle alone.
    p.fill(0, k + 1);
    for (let i = k + 1; i < n; i++) {
      const at = i * n;
      const vi = a[row + i];
      let sum = a[at + i] * vi;
      for (let j = i + 1; j < n; j++) {
        const aij = a[at + j];
        sum += aij * a[row + j];
        p[j] += aij * vi;
      }
      p[i] += sum;
    }
    let pv = 0;
    for (let i = k + 1; i < n; i++) {
      p[i] *= beta;
      pv += p[i] * a[row + i];
    }
    const half = 0.5 * beta * pv;
    for (let i = k + 1; i < n; i++) p[i] -= half * a[row + i];
    // A ← A − v wᵀ − w vᵀ
    for (let i = k + 1; i < n; i++) {
      const at = i * n;
      const vi = a[row + i];
      const wi = p[i];
      for (let j = i; j < n; j++) a[at + j] -= vi * p[j] + wi * a[row + j];
    }
  }
  if (n > 0) d[n - 1] = a[n * n - 1];

  return { d, e, scales };
}

/** y ← H₀ H₁ … H_{last−1} y for the n numbers of `y` at `at`. */
function reflectBack(
  a: Float64Array,
  scales: Float64Array,
  n: number,
  y: Float64Array,
  at: number,
  last: number,
): void {
  for (let k = last - 1; k >= 0; k--) {
    if (scales[k] === 0) continue;
    const row = k * n;
    let dot = 0;
    for (let j = k + 1; j < n; j++) dot += a[row + j] * y[at + j];
    dot *= scales[k];
    for (let j = k + 1; j < n; j++) y[at + j] -= dot * a[row + j];
  }
}

/** Diagonalises T in place; the rotations are applied to the rows of `z`, if there is one. */
function implicitQl(d: Float64Array, e: Float64Array, z: Float64Array | null, n: number): void {
  let norm = 0;
  for (let i = 0; i < n; i++) norm = Math.max(norm, Math.abs(d[i]) + Math.abs(e[i]));
  // Among eigenvalues that are zero but for rounding, a purely relative test would chase noise.
  const floor = 1e-3 * norm;
  for (let l = 0; l < n; l++) {
    for (let sweep = 0; ; sweep++) {
      let m = l;
      for (; m < n - 1; m++) {
        const size = Math.abs(d[m]) + Math.abs(d[m + 1]);
        if (Math.abs(e[m]) <= Number.EPSILON * Math.max(size, floor)) break;
      }
      if (m === l) break;
      if (sweep === MAX_SWEEPS) throw new Error('The eigenvalues of a matrix did not converge.');
      let g = (d[l + 1] - d[l]) / (2 * e[l]);
      let r = Math.sqrt(g * g + 1);
      g = d[m] - d[l] + e[l] / (g >= 0 ? g + r : g - r);
      let s = 1;
      let c = 1;
      let shift = 0;
      let i = m - 1;
      for (; i >= l; i--) {
        const f = s * e[i];
        const b = c * e[i];
        r = Math.sqrt(f * f + g * g);
        e[i + 1] = r;
        if (r === 0) {
          d[i + 1] -= shift;
          e[m] = 0;
          break;
        }
        s = f / r;
        c = g / r;
        g = d[i + 1] - shift;
        r = (d[i] - g) * s + 2 * c * b;
        shift = s * r;
        d[i + 1] = g + shift;
        g = c * r - b;
        if (z) rotate(z, i * n, n, s, c);
      }
      if (i >= l) continue;
      d[l] -= shift;
      e[l] = g;
      e[m] = 0;
    }
  }
}

/** Rotates the row at `at` with the one after it. */
function rotate(z: Float64Array, at: number, n: number, s: number, c: number): void {
  for (let k = at, end = at + n; k < end; k++) {
    const f = z[k + n];
    const h = z[k];
    z[k + n] = s * h + c * f;
    z[k] = c * h - s * f;
  }
}
