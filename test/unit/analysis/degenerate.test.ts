import { describe, expect, it } from 'vitest';
import { leastSquares } from '../../../src/numerics/least-squares';
import { pivotedQr } from '../../../src/numerics/pivoted-qr';
import { gram, multiply, transpose } from '../../../src/numerics/products';
import { symmetricEigen } from '../../../src/numerics/symmetric-eigen';
import { tridiagonalVectors } from '../../../src/numerics/tridiagonal-vectors';
import type { Matrix } from '../../../src/core/matrix';
import { stream } from '../../../src/core/stream';
import { type Case, cosines, degenerateMatrices, lowRank, tridiagonals } from './linalg-support/degenerate';

/** Errors are counted in these: the rounding of sums of n numbers. */
const rounding = (n: number): number => (n + 8) * Number.EPSILON;

const factors = [1, 1e-200, 1e200];

function largest(values: ArrayLike<number>): number {
  let most = 0;
  // A NaN stays one.
  for (let k = 0; k < values.length; k++) if (!(Math.abs(values[k]) <= most)) most = Math.abs(values[k]);
  return most;
}

function times<T extends Float64Array>(values: T, factor: number): Float64Array {
  return values.map((value) => value * factor);
}

/** Largest entry of V Vᵀ − I. */
function unlikeOrthonormal(vectors: Matrix<Float64Array>): number {
  const products = gram(vectors).data;
  for (let k = 0; k < vectors.rows; k++) products[k * vectors.rows + k] -= 1;
  return largest(products);
}

/** Largest errors of V A = Λ V, of V Vᵀ = I and of the eigenvalues that are known, in units of rounding. */
function eigenErrors({ matrix, values }: Case, count: number): number[] {
  const n = matrix.rows;
  const found = symmetricEigen(matrix, count);
  const norm = Math.max(largest(matrix.data), largest(found.values)) || 1;
  const own = times(found.values, 1 / norm);
  const images = multiply(found.vectors, { ...matrix, data: times(matrix.data, 1 / norm) }).data;
  for (let k = 0; k < images.length; k++) images[k] -= own[Math.floor(k / n)] * found.vectors.data[k];
  const known = values === null ? [] : own.map((value, k) => value - values[k] / norm);
  return [images, [unlikeOrthonormal(found.vectors)], known].map((errors) => largest(errors) / rounding(n));
}

describe('eigenvalues and eigenvectors of degenerate matrices are right to rounding', () => {
  const check = (cases: readonly Case[], factor: number): void => {
    for (const { name, matrix, values } of cases) {
      const n = matrix.rows;
      const scaled = {
        name,
        matrix: { ...matrix, data: times(matrix.data, factor) },
        values: values && times(values, factor),
      };
      // All vectors, and few of them, are found in different ways.
      for (const count of n > 300 ? [10] : [n, Math.floor(n / 4)])
        for (const error of eigenErrors(scaled, count))
          expect(error, `${name}, ${n} × ${n}, ${count} vectors, × ${factor}`).toBeLessThan(1);
    }
  };

  it.each(factors)('of 1 to 40, × %d', (factor) => {
    for (let n = 1; n <= 24; n++) check(degenerateMatrices(n, factors.indexOf(factor)), factor);
    check(degenerateMatrices(40, factors.indexOf(factor)), factor);
  });

  it.each([64, 100, 128])('of %i', (n) => check(degenerateMatrices(n, 0), 1));

  it.each([
    [256, /dead units|low rank|huge range|rows zero|saturated/],
    [512, /rectified layer|low rank, indefinite/],
    [1024, /dead units|repeated rows/],
  ])('of %i', (n, names) => check(degenerateMatrices(n, 0, names), 1));
});

describe('eigenvectors of degenerate tridiagonal matrices', () => {
  it('are right to rounding, or given up for the surer way', () => {
    let found = 0;
    for (const n of [1, 2, 5, 16, 41, 90])
      for (const { name, d, e, values } of tridiagonals(n)) {
        const count = Math.max(1, Math.floor(n / 4));
        const data = tridiagonalVectors(d, e, values.subarray(0, count));
        if (!data) continue;
        found++;
        expect(unlikeOrthonormal({ rows: count, cols: n, data }), `${name}, ${n}`).toBeLessThan(rounding(n));
        const errors = data.map((entry, k) => {
          const i = k % n;
          const below = i > 0 ? e[i - 1] * data[k - 1] : 0;
          const above = i < n - 1 ? e[i] * data[k + 1] : 0;
          return (d[i] - values[Math.floor(k / n)]) * entry + below + above;
        });
        const norm = largest(d) + 2 * largest(e);
        expect(largest(errors), `${name}, ${n}`).toBeLessThanOrEqual(64 * Number.EPSILON * norm);
      }
    expect(found).toBeGreaterThan(20);
  });
});

describe('QR and least squares of degenerate designs are right to rounding', () => {
  const sizes = [
    [1, 1],
    [2, 5],
    [5, 2],
    [7, 7],
    [12, 40],
    [40, 12],
    [60, 200],
  ] as const;

  it.each(sizes)(
    '%i columns of %i stimuli: the rank, an orthonormal basis, the columns themselves',
    (q, n) => {
      for (const factor of [...factors, 1e300, 1e-300])
        for (const { name, columns, rank } of lowRank(q, n)) {
          const x = times(columns.data, factor);
          const found = pivotedQr({ rows: q, cols: n, data: x });
          const where = `${name}, × ${factor}`;
          if (rank !== null) expect(found.rank, where).toBe(rank);
          expect(unlikeOrthonormal(found.basis), where).toBeLessThan(rounding(q + n));
          const rebuilt = multiply(transpose(found.factor), found.basis).data;
          const errors = rebuilt.map((value, k) => value - x[found.order[Math.floor(k / n)] * n + (k % n)]);
          expect(largest(errors), where).toBeLessThanOrEqual(8 * rounding(q + n) * largest(x));
        }
    },
  );

  it.each(sizes)('%i columns of %i stimuli: the predictions of the pseudoinverse', (q, n) => {
    const random = stream('predictions', q, n);
    const normal = (rows: number, cols: number): Matrix<Float64Array> => ({
      rows,
      cols,
      data: Float64Array.from({ length: rows * cols }, () => random.normal()),
    });
    for (const factor of factors)
      for (let rank = 0; rank <= Math.min(q, n); rank += Math.max(1, Math.floor(Math.min(q, n) / 5))) {
        // X = V S U of the cosines: with S from 1 to ½ on the first of them, its pseudoinverse is known.
        const scale = (k: number): number => (1 - k / (2 * rank)) * factor;
        const u = { rows: rank, cols: n, data: cosines(n).data.slice(0, rank * n) };
        const v = { rows: rank, cols: q, data: cosines(q).data.slice(0, rank * q) };
        const by = (of: (k: number) => number): Matrix<Float64Array> => ({
          ...v,
          data: v.data.map((entry, k) => entry * of(Math.floor(k / q))),
        });
        const fit = multiply(transpose(by(scale)), u);
        const test = normal(q, 9);
        test.data.forEach((value, k) => (test.data[k] = value * factor));
        const y = normal(n, 1);
        const { basis, operator, rank: found } = leastSquares(fit, test);
        expect(found).toBe(rank);
        const predictions = multiply(transpose(operator), multiply(basis, y)).data;
        const wanted = multiply(
          transpose(test),
          multiply(transpose(by((k) => 1 / scale(k))), multiply(u, y)),
        ).data;
        const errors = predictions.map((value, i) => value - wanted[i]);
        expect(largest(errors), `rank ${rank}, × ${factor}`).toBeLessThan(200 * rounding(q + n));
      }
  });
});
