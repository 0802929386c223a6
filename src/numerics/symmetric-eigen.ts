import type { Matrix } from '../core/matrix';
import { Workspace } from './kernels/workspace';
import { NumericalError } from './numerical-error';
import { tridiagonalVectors } from './tridiagonal-vectors';

export interface SymmetricEigen {
  /** All eigenvalues, largest first. */
  readonly values: Float64Array;
  /** count × n: row k is the unit eigenvector of `values[k]`; its sign is arbitrary. */
  readonly vectors: Matrix<Float64Array>;
}

/** Bytes of a float64. */
const NUMBER = 8;

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
 * @throws NumericalError where an entry is not finite, or the eigenvalues do not converge
 */
export function symmetricEigen(a: Matrix<Float64Array>, count = a.rows): SymmetricEigen {
  const n = a.rows;
  if (a.cols !== n) throw new RangeError('Only a square matrix has eigenvalues.');
  const scale = largestEntry(a);
  const memory = openMemory(a, scale || 1);
  try {
    return solve(memory, n, count, scale || 1);
  } finally {
    memory.workspace.release();
  }
}

/** Largest absolute value of the upper triangle. */
function largestEntry({ rows: n, data }: Matrix<Float64Array>): number {
  let scale = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) {
      const size = Math.abs(data[i * n + j]);
      if (!(size < Infinity))
        throw new NumericalError('A matrix has no eigenvalues where an entry is not finite.');
      if (size > scale) scale = size;
    }
  }
  return scale;
}

/** Addresses of what the kernels work on. */
interface Memory {
  readonly workspace: Workspace;
  readonly a: number;
  readonly q: number;
  readonly d: number;
  readonly e: number;
  readonly scales: number;
  /** Room of the tridiagonalisation, then the rotations of a sweep. */
  readonly turns: number;
}

/** The matrix is scaled to a largest entry of 1, so that squares neither overflow nor vanish. */
function openMemory({ rows: n, data }: Matrix<Float64Array>, scale: number): Memory {
  const workspace = Workspace.take();
  const numbers = (count: number): number => workspace.reserve(count * NUMBER);
  const memory = {
    workspace,
    a: numbers(n * n),
    q: numbers(n * n),
    d: numbers(n),
    e: numbers(n),
    scales: numbers(n),
    turns: numbers(2 * n),
  };
  workspace.commit();
  const { doubles } = workspace;
  for (let i = 0, to = memory.a / NUMBER; i < data.length; i++) doubles[to++] = data[i] / scale;
  return memory;
}

function solve(memory: Memory, n: number, count: number, scale: number): SymmetricEigen {
  const { workspace, a, q, scales } = memory;
  const { kernels, doubles } = workspace;
  const view = (address: number, length: number): Float64Array =>
    doubles.subarray(address / NUMBER, address / NUMBER + length);
  kernels.tridiagonalise(a, n, memory.d, memory.e, scales, memory.turns);
  const d = view(memory.d, n);
  const e = view(memory.e, n);
  if (count <= n / 4) {
    const values = d.slice();
    implicitQl(values, e.slice(), n, null, nothing);
    values.sort().reverse();
    const vectors = tridiagonalVectors(d, e, values.subarray(0, count));
    if (vectors) {
      view(q, count * n).set(vectors);
      for (let k = 0; k < count; k++) kernels.reflectBack(a, n, scales, q + k * n * NUMBER, n - 1);
      for (let k = 0; k < n; k++) values[k] *= scale;
      return { values, vectors: { rows: count, cols: n, data: view(q, count * n).slice() } };
    }
  }

  // Row i of Qᵀ is Q e_i = H₀ H₁ … e_i; reflector k leaves the first k + 1 entries alone.
  for (let i = 0; i < n; i++) {
    doubles[q / NUMBER + i * n + i] = 1;
    kernels.reflectBack(a, n, scales, q + i * n * NUMBER, i);
  }
  implicitQl(d, e, n, view(memory.turns, 2 * n), (top, rotations) => {
    kernels.rotateRows(q, n, top, rotations, memory.turns);
  });
  const order = Array.from(d.keys()).sort((i, j) => d[j] - d[i] || i - j);
  const sorted = new Float64Array(count * n);
  for (let k = 0; k < count; k++) sorted.set(view(q + order[k] * n * NUMBER, n), k * n);
  return {
    values: Float64Array.from(order, (from) => d[from] * scale),
    vectors: { rows: count, cols: n, data: sorted },
  };
}

function nothing(): void {
  // Eigenvalues alone need no rotations.
}

/**
 * Diagonalises T in place.
 *
 * @param turns receives the pairs (s, c) of each sweep, if they are wanted
 * @param rotate is told of each sweep: the first (lowest) of the pairs of rows that it turns, and how many
 */
function implicitQl(
  d: Float64Array,
  e: Float64Array,
  n: number,
  turns: Float64Array | null,
  rotate: (top: number, count: number) => void,
): void {
  // What is below the rounding of the whole matrix counts as 0: a test against the neighbours alone would chase noise for ever
  // among eigenvalues that are zero but for rounding.
  let norm = 0;
  for (let i = 0; i < n; i++) norm = Math.max(norm, Math.abs(d[i]) + Math.abs(e[i]));
  const rounding = Number.EPSILON * norm;
  for (let l = 0; l < n; l++) {
    for (let sweep = 0; ; sweep++) {
      let m = l;
      while (m < n - 1 && Math.abs(e[m]) > rounding) m++;
      if (m === l) break;
      if (sweep === MAX_SWEEPS) throw new NumericalError('The eigenvalues of a matrix did not converge.');
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
        if (turns) {
          turns[2 * (m - 1 - i)] = s;
          turns[2 * (m - 1 - i) + 1] = c;
        }
      }
      if (m - 1 > i) rotate(m - 1, m - 1 - i);
      if (i >= l) continue;
      d[l] -= shift;
      e[l] = g;
      e[m] = 0;
    }
  }
}
