import { expect, it } from 'vitest';
import { shareNearMean } from '../../../../src/analysis/statistics/share-near-mean';

it('is 0 where the mean lies between two clusters, 1 where it describes all', () => {
  expect(shareNearMean([0.03, 0.04, 0.05, 0.3, 0.28], 0.05)).toBe(0);
  expect(shareNearMean([0.1, 0.12, 0.14, 0.11, 0.13], 0.05)).toBe(1);
  expect(shareNearMean([0, 0.2, 0.4, 0.6, 0.8], 0.1)).toBe(0.2);
  expect(shareNearMean([], 0.1)).toBeNull();
});
