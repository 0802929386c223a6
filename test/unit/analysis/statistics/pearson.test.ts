import { expect, test } from 'vitest';
import { pearson } from '../../../../src/analysis/statistics/pearson';

const numbers = Float64Array.of(0.3, -1.2, 2.5, 0.7, 0.1);

test('is that of scipy.stats.pearsonr', () => {
  expect(pearson(numbers, Float64Array.of(1, -0.5, 1.5, 2, -0.25))).toBeCloseTo(0.7260993750442157, 12);
});

test('is none of two, and of equal numbers', () => {
  expect(pearson(numbers.subarray(2), numbers.subarray(2))).toBe(1);
  expect(pearson(numbers.subarray(3), numbers.subarray(3))).toBeNull();
  expect(pearson(numbers, new Float64Array(5))).toBeNull();
});
