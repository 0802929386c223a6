import { describe, expect, it } from 'vitest';
import { stream } from '../../../src/core/stream';
import { gemm64, gram64 } from '../../../src/numerics/kernels/linear-algebra';

function random(length: number, name: string): Float64Array {
  const draws = stream('linear-algebra', name);
  return Float64Array.from({ length }, () => draws.normal());
}

function naive(
  transA: boolean,
  transB: boolean,
  m: number,
  n: number,
  k: number,
  a: Float64Array,
  b: Float64Array,
) {
  const result = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let p = 0; p < k; p++)
        sum += a[transA ? p * m + i : i * k + p] * b[transB ? j * k + p : p * n + j];
      result[i * n + j] = sum;
    }
  }
  return result;
}

function largestDifference(a: Float64Array, b: Float64Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i])), 0);
}

const SIZES = [
  [1, 1, 1],
  [3, 5, 17],
  [17, 1, 33],
  [4, 8, 128],
  [33, 17, 129],
  [257, 3, 260],
  [5, 515, 131],
  [260, 516, 5],
] as const;

/** op(A) · op(B): m × k by k × n, each of them given as it is or as its transpose. */
function product(...[transA, transB, m, n, k, a, b]: Parameters<typeof naive>): Float64Array<ArrayBuffer> {
  const factor = (data: Float64Array, rows: number, cols: number, transposed: boolean) =>
    transposed ? { rows: cols, cols: rows, data, transposed } : { rows, cols, data };
  return gemm64(factor(a, m, k, transA), factor(b, k, n, transB));
}

describe('gemm64', () => {
  for (const [m, n, k] of SIZES) {
    it(`multiplies ${m} × ${k} by ${k} × ${n}, each transposed or not`, () => {
      const a = random(m * k, 'a');
      const b = random(k * n, 'b');
      for (const transA of [false, true]) {
        for (const transB of [false, true]) {
          const result = product(transA, transB, m, n, k, a, b);
          expect(largestDifference(result, naive(transA, transB, m, n, k, a, b))).toBeLessThan(1e-12);
        }
      }
    });
  }

  it('does not keep what an earlier, larger product left behind', () => {
    product(false, false, 40, 40, 40, random(1600, 'a'), random(1600, 'b'));
    const a = random(15, 'c');
    expect(product(false, true, 3, 3, 5, a, a)).toEqual(product(false, true, 3, 3, 5, a, a));
    expect(
      largestDifference(product(false, true, 3, 3, 5, a, a), naive(false, true, 3, 3, 5, a, a)),
    ).toBeLessThan(1e-14);
  });

  it('gives zeros for sums over nothing, and nothing for no rows', () => {
    expect(product(false, false, 2, 2, 0, new Float64Array(0), new Float64Array(0))).toEqual(
      new Float64Array(4),
    );
    expect(product(false, false, 0, 2, 1, new Float64Array(0), new Float64Array(2))).toEqual(
      new Float64Array(0),
    );
  });

  it('refuses lengths that do not fit', () => {
    expect(() => product(false, false, 2, 2, 2, new Float64Array(3), new Float64Array(4))).toThrow(
      /A has 3 elements/,
    );
    const [a, b] = [3, 2].map((cols) => ({ rows: 2, cols, data: new Float64Array(2 * cols) }));
    expect(() => gemm64(a, b)).toThrow('Rows of 3 and columns of 2 have no product.');
  });
});

describe('gram64', () => {
  for (const [rows, columns] of [
    [1, 1],
    [3, 5],
    [70, 33],
    [300, 530],
    [1030, 3],
  ] as const) {
    it(`multiplies rows, or columns, of a ${rows} × ${columns} matrix with each other`, () => {
      const x = random(rows * columns, 'x');
      const byRow = gram64(x, rows, columns, 'rows');
      const byColumn = gram64(x, rows, columns, 'columns');
      expect(largestDifference(byRow, product(false, true, rows, rows, columns, x, x))).toBeLessThan(1e-11);
      expect(largestDifference(byColumn, product(true, false, columns, columns, rows, x, x))).toBeLessThan(
        1e-11,
      );
      for (let i = 0; i < rows; i++)
        for (let j = 0; j < i; j++)
          if (byRow[i * rows + j] !== byRow[j * rows + i]) expect.fail(`${i}, ${j}`);
    });
  }
});
