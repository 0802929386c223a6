import { describe, expect, it } from 'vitest';
import { leastSquares } from '../../../src/numerics/least-squares';
import { pivotedQr } from '../../../src/numerics/pivoted-qr';
import { gram, multiply, multiplyTransposed, transpose } from '../../../src/numerics/products';
import { symmetricEigen } from '../../../src/numerics/symmetric-eigen';
import { tridiagonalVectors } from '../../../src/numerics/tridiagonal-vectors';
import type { Matrix } from '../../../src/core/matrix';
import { stream } from '../../../src/core/stream';

function random(rows: number, cols: number, name = 'matrix'): Matrix<Float64Array> {
  const source = stream(name, rows, cols);
  return { rows, cols, data: Float64Array.from({ length: rows * cols }, () => source.normal()) };
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i] - b[i]));
  return largest;
}

describe('products', () => {
  it.each([
    [1, 1, 1],
    [3, 5, 2],
    [4, 700, 8],
    [9, 513, 7],
    [13, 0, 3],
  ])('multiply %i × %i with %i columns as the definition says', (m, k, n) => {
    const a = random(m, k, 'a');
    const b = random(k, n, 'b');
    const expected = new Float64Array(m * n);
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        for (let l = 0; l < k; l++) expected[i * n + j] += a.data[i * k + l] * b.data[l * n + j];
      }
    }
    expect(largestDifference(multiply(a, b).data, expected)).toBeLessThan(1e-12);
    expect(largestDifference(multiplyTransposed(a, transpose(b)).data, expected)).toBeLessThan(1e-12);
    const square = gram(a).data;
    expect(largestDifference(square, multiplyTransposed(a, a).data)).toBeLessThan(1e-12);
    expect(largestDifference(square, transpose({ rows: m, cols: m, data: square }).data)).toBe(0);
  });

  it('give equal bits for equal rows, wherever they stand', () => {
    const a = random(11, 600);
    a.data.copyWithin(10 * 600, 0, 600);
    const square = gram(a).data;
    for (let j = 1; j < 10; j++) expect(square[10 * 11 + j]).toBe(square[j]);
    expect(square[10 * 11]).toBe(square[0]);
    expect(square[10 * 11 + 10]).toBe(square[0]);
  });

  it('refuse matrices that do not fit', () => {
    expect(() => multiply(random(2, 3), random(2, 3))).toThrow(RangeError);
  });
});

describe('eigenvalues of a symmetric matrix', () => {
  function check(a: Matrix<Float64Array>): Float64Array {
    const { values, vectors } = symmetricEigen(a);
    const n = a.rows;
    const scale = Math.max(1e-300, ...a.data.map(Math.abs));
    const identity = new Float64Array(n * n);
    for (let i = 0; i < n; i++) identity[i * n + i] = 1;
    expect(largestDifference(gram(vectors).data, identity)).toBeLessThan(1e-13 * (n + 1));
    const images = multiply(vectors, a).data;
    for (let k = 0; k < n; k++) {
      for (let j = 0; j < n; j++) {
        expect(Math.abs(images[k * n + j] - values[k] * vectors.data[k * n + j]) / scale).toBeLessThan(
          1e-13 * (n + 1),
        );
      }
      if (k > 0) expect(values[k]).toBeLessThanOrEqual(values[k - 1]);
    }
    return values;
  }

  it.each([1, 2, 3, 10, 41])('random, of size %i', (n) => {
    check(gram(random(n, n + 2)));
    const { data } = random(n, n);
    const symmetric = Float64Array.from(data, (value, k) => value + data[(k % n) * n + Math.floor(k / n)]);
    check({ rows: n, cols: n, data: symmetric });
  });

  it('zero, identity, rank one, and many equal eigenvalues', () => {
    expect(check({ rows: 5, cols: 5, data: new Float64Array(25) })).toEqual(new Float64Array(5));
    const identity = new Float64Array(36);
    for (let i = 0; i < 6; i++) identity[i * 6 + i] = 1;
    expect(check({ rows: 6, cols: 6, data: identity })).toEqual(new Float64Array(6).fill(1));
    const ones = check({ rows: 20, cols: 20, data: new Float64Array(400).fill(1) });
    expect(ones[0]).toBeCloseTo(20, 12);
    expect(Math.abs(ones[1])).toBeLessThan(1e-13);
    // Rank 3 of 30: 27 eigenvalues are 0 but for rounding.
    const low = check(gram(random(30, 3)));
    expect(low[2]).toBeGreaterThan(1);
    expect(Math.abs(low[3])).toBeLessThan(1e-12);
  });

  describe('with a few vectors alone', () => {
    const blocks = new Float64Array(60 * 60);
    for (let i = 0; i < 60; i++) {
      for (let j = 0; j < 60; j++) if (i % 6 === j % 6) blocks[i * 60 + j] = 1;
    }
    const identity = new Float64Array(48 * 48);
    for (let i = 0; i < 48; i++) identity[i * 48 + i] = 1;
    it.each([
      ['random', gram(random(50, 70)), 12],
      ['rank 3, fewer than asked for', gram(random(64, 3)), 16],
      ['six equal eigenvalues', { rows: 60, cols: 60, data: blocks }, 10],
      ['all eigenvalues equal', { rows: 48, cols: 48, data: identity }, 9],
      ['zero', { rows: 40, cols: 40, data: new Float64Array(1600) }, 10],
    ])('%s', (_, a, count) => {
      const n = a.rows;
      const { values, vectors } = symmetricEigen(a, count);
      expect(vectors.rows).toBe(count);
      expect(values).toHaveLength(n);
      const all = symmetricEigen(a).values;
      expect(largestDifference(values, all)).toBeLessThan(1e-12 * Math.max(1, all[0]));
      const products = gram(vectors).data;
      products.forEach((value, k) =>
        expect(value).toBeCloseTo(k % count === Math.floor(k / count) ? 1 : 0, 13),
      );
      const images = multiply(vectors, a).data;
      images.forEach((value, k) => {
        const wanted = values[Math.floor(k / n)] * vectors.data[k];
        expect(Math.abs(value - wanted)).toBeLessThan(1e-12 * Math.max(1, all[0]));
      });
    });

    it('come from inverse iteration also where eigenvalues are close', () => {
      // Wilkinson's W: pairs of eigenvalues that agree to many digits.
      const d = Float64Array.from({ length: 41 }, (_, i) => Math.abs(i - 20));
      const e = new Float64Array(41).fill(1, 0, 40);
      const data = new Float64Array(41 * 41);
      for (let i = 0; i < 41; i++) {
        data[i * 41 + i] = d[i];
        if (i < 40) data[i * 41 + i + 1] = data[(i + 1) * 41 + i] = 1;
      }
      const { values } = symmetricEigen({ rows: 41, cols: 41, data });
      expect(values[0] - values[1]).toBeLessThan(1e-12);
      const found = tridiagonalVectors(d, e, values.subarray(0, 10));
      expect(found).not.toBeNull();
      const products = gram({ rows: 10, cols: 41, data: found ?? new Float64Array(410) }).data;
      products.forEach((value, k) => expect(value).toBeCloseTo(k % 10 === Math.floor(k / 10) ? 1 : 0, 13));
    });

    it('are refused for a number that is no eigenvalue', () => {
      expect(
        tridiagonalVectors(
          new Float64Array([1, 2, 3]),
          new Float64Array([0.5, 0.5, 0]),
          new Float64Array([1.7]),
        ),
      ).toBeNull();
    });
  });

  it('of matrices with very large and very small entries', () => {
    for (const factor of [1e200, 1e-200]) {
      const a = gram(random(8, 12));
      const scaled = { ...a, data: a.data.map((value) => value * factor) };
      const expected = symmetricEigen(a).values.map((value) => value * factor);
      symmetricEigen(scaled).values.forEach((value, k) => expect(value / expected[k]).toBeCloseTo(1, 10));
    }
  });

  it('no matrix', () => {
    expect(symmetricEigen({ rows: 0, cols: 0, data: new Float64Array(0) }).values.length).toBe(0);
    expect(() => symmetricEigen({ rows: 1, cols: 1, data: new Float64Array([NaN]) })).toThrow('not finite');
  });
});

describe('least squares', () => {
  it('factorises into an orthonormal basis', () => {
    const x = random(6, 30);
    const { rank, basis, factor, order } = pivotedQr(x);
    expect(rank).toBe(6);
    const rebuilt = multiply(transpose(factor), basis).data;
    for (let k = 0; k < 6; k++) {
      const column = x.data.subarray(order[k] * 30, (order[k] + 1) * 30);
      expect(largestDifference(rebuilt.subarray(k * 30, (k + 1) * 30), column)).toBeLessThan(1e-13);
    }
  });

  it('finds the rank: copies, sums, zeros, more columns than rows', () => {
    const x = random(5, 20);
    x.data.copyWithin(3 * 20, 0, 20);
    x.data.fill(0, 4 * 20);
    expect(pivotedQr(x).rank).toBe(3);
    expect(pivotedQr(random(9, 4)).rank).toBe(4);
    expect(pivotedQr({ rows: 3, cols: 4, data: new Float64Array(12) }).rank).toBe(0);
  });

  it('predictions do not hang on the order of dependent columns', () => {
    const base = random(3, 15, 'base').data;
    const other = random(3, 8, 'other').data;
    const rows = (data: Float64Array, n: number, order: number[]): Matrix<Float64Array> => ({
      rows: order.length,
      cols: n,
      data: Float64Array.from(order.flatMap((k) => Array.from(data.subarray(k * n, (k + 1) * n)))),
    });
    const y = random(15, 1, 'y');
    const predict = (fitOrder: number[], testOrder: number[]): Float64Array => {
      const { basis, operator } = leastSquares(rows(base, 15, fitOrder), rows(other, 8, testOrder));
      return multiply(transpose(operator), multiply(basis, y)).data;
    };
    // Columns 0 and 1 of the fit are the same; those of the test are not.
    expect(
      largestDifference(predict([0, 0, 1, 2], [0, 1, 2, 2]), predict([0, 2, 1, 0], [1, 2, 2, 0])),
    ).toBeLessThan(1e-12);
  });
});
