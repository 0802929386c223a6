import { describe, expect, it } from 'vitest';
import { stream } from '../../../../src/core/stream';
import type { Matrix } from '../../../../src/core/matrix';
import { productMoments, shareAbove, spreadOf } from '../../../../src/analysis/similarity/moments';
import { similarities } from '../../../../src/analysis/similarity/similarities';
import type { Similarity } from '../../../../src/analysis/similarity/similarity';

function skewed(name: string, rows: number, cols: number): Matrix<Float64Array> {
  const random = stream('moments test', name);
  return { rows, cols, data: Float64Array.from({ length: rows * cols }, () => random.normal() ** 3) };
}

/** All orders of 0 … n − 1. */
function orders(n: number): number[][] {
  if (n === 0) return [[]];
  return orders(n - 1).flatMap((order) =>
    Array.from({ length: n }, (_, at) => [...order.slice(0, at), n - 1, ...order.slice(at)]),
  );
}

describe('moments of a similarity under permutation', () => {
  const [a, b] = [skewed('a', 6, 3), skewed('b', 6, 4)];
  const measures = similarities.filter(({ product }) => product !== undefined);

  it('are known of CKA, RSA and the mean squared canonical correlation', () => {
    expect(measures.map(({ name }) => name)).toEqual([
      'cka',
      'cka-debiased',
      'cka-debiased-units',
      'cka-rbf',
      'cca-squared',
      'rsa',
      'rsa-centred',
    ]);
  });

  it.each(measures.filter(({ name }) => name !== 'cka-debiased-units'))(
    'are those of all permutations: $name',
    (measure: Similarity) => {
      const { product } = measure;
      if (!product) throw new Error('It has none.');
      const [x, y] = [measure.prepare(a), measure.prepare(b)];
      const divisor = product.divisor(x, y);
      const all = orders(6).map((order) => measure.compare(x, y, Uint32Array.from(order)));
      // Where rounding or the ends of a range do not cut them off.
      const mean = all.reduce((sum, one) => sum + one, 0) / all.length;
      const moment = (k: number): number => all.reduce((sum, one) => sum + (one - mean) ** k, 0) / all.length;
      const found = productMoments(
        spreadOf(product.matrix(x)).spread,
        spreadOf(product.matrix(y)).spread,
        product.part,
      );
      expect(found.mean / divisor).toBeCloseTo(mean, 12);
      expect(found.deviation / divisor).toBeCloseTo(Math.sqrt(moment(2)), 12);
      expect(found.skewness).toBeCloseTo(moment(3) / moment(2) ** 1.5, 9);
    },
  );

  // scipy.stats.pearson3(skewness).sf(z)
  it.each([
    [2, 0.5, 0.03440009405957478],
    [3, 2.8, 0.02195103407404131],
    [-1, -1.5, 0.8561261725841515],
    [6, 0.2, 1.4420224503375323e-7],
    [1, -3, 0],
  ])('have the tail of Pearson type III: %d at skewness %d', (z, skewness, share) => {
    expect(Math.abs(shareAbove(z, skewness) - share)).toBeLessThanOrEqual(1e-9 * share);
  });

  it('have that of a normal distribution without skewness', () => {
    expect(shareAbove(2, 0)).toBeCloseTo(0.022750131948179195, 4);
  });
});
