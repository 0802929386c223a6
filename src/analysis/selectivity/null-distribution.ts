import { extended } from '../../core/extended';
import { nthLargest } from '../../numerics/quantile';
import type { MaximumResults } from '../../protocol/results';
import { byStatistic, type Statistic } from './statistic';

/** Room for the maxima of `count` permutations of one label. */
export function emptyMaxima(count: number): Record<Statistic, Float64Array> {
  return byStatistic(() => new Float64Array(count));
}

/** @returns (1 + permutations that reach it) / (1 + permutations); null without permutations */
export function permutationP(reached: number, count: number): number | null {
  return count > 0 ? (1 + reached) / (1 + count) : null;
}

/**
 * The observed maximum over units beside the maxima of the permutations.
 *
 * @param values strengths over units, undefined ones left out
 * @returns the threshold is the smallest maximum that p ≤ .05 must exceed: of K sorted maxima number ⌈.95 (K + 1)⌉
 */
export function maximumOf(values: readonly number[], maxima: Float64Array): MaximumResults {
  if (values.length === 0) return { value: null, p: null, threshold: null };
  const value = values.reduce((a, b) => Math.max(a, b));
  const count = maxima.length;
  const bar = value * (1 - 1e-12) - 1e-12;
  const reached = maxima.reduce((sum, maximum) => sum + (maximum >= bar ? 1 : 0), 0);
  const place = Math.ceil(0.95 * (count + 1));
  const threshold = place <= count ? extended(nthLargest(maxima, count - place + 1)) : null;
  return { value: extended(value), p: permutationP(reached, count), threshold };
}
