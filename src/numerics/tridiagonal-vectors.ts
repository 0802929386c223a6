/** Solves after which a vector that is still not one is given up. */
const MAX_SOLVES = 8;

/**
 * Eigenvectors of a symmetric tridiagonal matrix for known eigenvalues, by inverse iteration, each orthogonalised
 * against those before it (LAPACK's stein). Every vector is checked; null where one is not good to rounding, for the caller
 * to take the slower and surer way.
 *
 * @param d n diagonal entries
 * @param e n − 1 entries beside the diagonal
 * @param values eigenvalues, in order of size
 * @returns values × n
 */
export function tridiagonalVectors(
  d: Float64Array,
  e: Float64Array,
  values: Float64Array,
): Float64Array | null {
  const n = d.length;
  const count = values.length;
  let norm = 0;
  for (let i = 0; i < n; i++) norm = Math.max(norm, Math.abs(d[i]) + Math.abs(e[i]));
  const vectors = new Float64Array(count * n);
  const good = 64 * Number.EPSILON * norm;
  for (let k = 0; k < count; k++) {
    const x = vectors.subarray(k * n, (k + 1) * n);
    // Any start will do that is orthogonal to nothing of note: a fixed quasi-random sequence.
    for (let i = 0; i < n; i++)
      x[i] = (((i + 1) * 0.6180339887498949 + (k + 1) * 0.4142135623730951) % 1) - 0.5;
    const solve = factorise(d, e, values[k], Number.EPSILON * (norm || 1));
    let found = false;
    for (let step = 0; step < MAX_SOLVES && !found; step++) {
      solve(x);
      normalise(x);
      // Twice, as once leaves what rounding made of nearly parallel vectors.
      for (let pass = 0; pass < 2; pass++) {
        for (let other = 0; other < k; other++) orthogonalise(x, vectors, other * n);
        normalise(x);
      }
      found = step > 0 && residual(d, e, values[k], x) <= good;
    }
    if (!found) return null;
  }
  return vectors;
}

/** LU with row exchanges of T − λI; a pivot of zero becomes `smallest`, which points the solution along the eigenvector. */
function factorise(
  d: Float64Array,
  e: Float64Array,
  shift: number,
  smallest: number,
): (x: Float64Array) => void {
  const n = d.length;
  const diagonal = new Float64Array(n);
  const upper = new Float64Array(n);
  const second = new Float64Array(n);
  const lower = new Float64Array(n);
  const exchanged = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    diagonal[i] = d[i] - shift;
    upper[i] = i < n - 1 ? e[i] : 0;
  }
  for (let i = 0; i < n; i++) {
    const below = i < n - 1 ? e[i] : 0;
    if (Math.abs(below) > Math.abs(diagonal[i])) {
      exchanged[i] = 1;
      lower[i] = diagonal[i] / below;
      const kept = upper[i];
      diagonal[i] = below;
      upper[i] = diagonal[i + 1];
      second[i] = upper[i + 1];
      diagonal[i + 1] = kept - lower[i] * upper[i];
      upper[i + 1] = -lower[i] * second[i];
    } else {
      if (Math.abs(diagonal[i]) < smallest) diagonal[i] = diagonal[i] < 0 ? -smallest : smallest;
      if (i < n - 1) {
        lower[i] = below / diagonal[i];
        diagonal[i + 1] -= lower[i] * upper[i];
      }
    }
  }
  return (x) => {
    for (let i = 0; i < n - 1; i++) {
      if (exchanged[i]) {
        const kept = x[i];
        x[i] = x[i + 1];
        x[i + 1] = kept - lower[i] * x[i];
      } else x[i + 1] -= lower[i] * x[i];
    }
    for (let i = n - 1; i >= 0; i--) {
      let value = x[i];
      if (i + 1 < n) value -= upper[i] * x[i + 1];
      if (i + 2 < n) value -= second[i] * x[i + 2];
      x[i] = value / diagonal[i];
    }
  };
}

/** Length of T x − λx. */
function residual(d: Float64Array, e: Float64Array, value: number, x: Float64Array): number {
  const n = d.length;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    let difference = (d[i] - value) * x[i];
    if (i > 0) difference += e[i - 1] * x[i - 1];
    if (i < n - 1) difference += e[i] * x[i + 1];
    sum += difference * difference;
  }
  return Math.sqrt(sum);
}

function orthogonalise(x: Float64Array, vectors: Float64Array, at: number): void {
  let dot = 0;
  for (let i = 0; i < x.length; i++) dot += x[i] * vectors[at + i];
  for (let i = 0; i < x.length; i++) x[i] -= dot * vectors[at + i];
}

function normalise(x: Float64Array): void {
  let largest = 0;
  for (let i = 0; i < x.length; i++) largest = Math.max(largest, Math.abs(x[i]));
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    x[i] /= largest;
    sum += x[i] * x[i];
  }
  const length = Math.sqrt(sum);
  for (let i = 0; i < x.length; i++) x[i] /= length;
}
