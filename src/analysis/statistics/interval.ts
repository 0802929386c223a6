import type { Interval, Value } from '../../protocol/results';
import { studentTQuantile } from './student-t';

/**
 * Mean and t-interval: mean ± t · s / √n, with s the sample standard deviation (n − 1). Undefined values are left out
 * and not counted. One value has a mean and no interval; equal values have an interval of no width.
 *
 * @param values one per replicate
 * @param confidence of the interval, between 0 and 1
 */
export function interval(values: readonly Value[], confidence: number): Interval {
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
  return { mean, low: mean - half, high: mean + half, n, values: kept };
}
