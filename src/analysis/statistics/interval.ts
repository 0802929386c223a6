import type { Interval, Value } from '../../protocol/results';
import { studentTQuantile } from './student-t';

/** Of a measure: its least and its greatest value. */
export type Range = readonly [number, number];
export const share: Range = [0, 1];
export const positive: Range = [0, Infinity];
/** What is fitted on some stimuli may explain less than nothing of others. */
export const atMostAll: Range = [-Infinity, 1];
export const unbounded: Range = [-Infinity, Infinity];

/**
 * Mean and t-interval: mean ± t · s / √n, with s the sample standard deviation (n − 1). Undefined values are left out
 * and not counted. One value has a mean and no interval; equal values have an interval of no width. An interval ends where the
 * measure does: what it loses cannot hold the true mean, so that it covers that as often as before.
 *
 * @param values one per replicate
 * @param confidence of the interval, between 0 and 1
 * @param range of the measure
 */
export function interval(
  values: readonly Value[],
  confidence: number,
  [least, greatest]: Range = unbounded,
): Interval {
  const defined = values.filter((value): value is number => value !== null && Number.isFinite(value));
  const n = defined.length;
  const kept = values.map((value) => (value !== null && Number.isFinite(value) ? value : null));
  if (n === 0) return { mean: null, low: null, high: null, n, values: kept };
  const first = defined[0];
  // Around the first value, so that equal values give exactly their value.
  const mean = first + defined.reduce((sum, value) => sum + (value - first), 0) / n;
  if (n === 1) return { mean, low: null, high: null, n, values: kept };
  const variance = defined.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  const half = studentTQuantile((1 + confidence) / 2, n - 1) * Math.sqrt(variance / n);
  // Rounding may carry a value past the end; the interval holds the mean all the same.
  const low = Math.min(mean, Math.max(least, mean - half));
  const high = Math.max(mean, Math.min(greatest, mean + half));
  return { mean, low, high, n, values: kept };
}
