import type { Matrix } from '../../../core/matrix';
import { multiplyTransposed } from '../../../numerics/products';
import type { Fold } from './metric';

/**
 * Mean over folds of (a_i − a_j) · (b_i − b_j) / p, the sides a and b of each fold made by `sides`. A pair is of the folds in which both
 * conditions stand on both sides; NaN where there is none.
 *
 * @param sides conditions × units each
 */
export function meanOverFolds(
  folds: readonly Fold[],
  sides: (fold: Fold) => readonly [Matrix<Float64Array>, Matrix<Float64Array>],
): { size: number; distances: Float64Array; undefinedRows: number[] } {
  const size = folds[0].test.rows;
  const sums = new Float64Array((size * (size - 1)) / 2);
  const counts = new Uint32Array(sums.length);
  for (const fold of folds) {
    const [a, b] = sides(fold);
    const products = multiplyTransposed(a, b).data;
    const there = Array.from({ length: size }, (_, i) => !Number.isNaN(products[i * size + i]));
    for (let i = 0, at = 0; i < size; i++)
      for (let j = i + 1; j < size; j++, at++) {
        if (!there[i] || !there[j]) continue;
        const [own, cross] = [i * size + j, j * size + i];
        sums[at] += products[i * size + i] + products[j * size + j] - products[own] - products[cross];
        counts[at]++;
      }
  }
  const units = folds[0].test.cols;
  const distances = sums.map((sum, at) => (counts[at] === 0 ? NaN : sum / counts[at] / units));
  return { size, distances, undefinedRows: [] };
}
