import type { Value } from '../../protocol/results';
import { studentTQuantile } from '../../numerics/student-t';

interface Difference {
  /** Mean of the second group − mean of the first. */
  difference: Value;
  /** Null with fewer than two values in a group, and where neither varies. */
  low: Value;
  high: Value;
  /** Standard error of the difference. */
  error: Value;
}

/**
 * Difference of two means with Welch's t-interval (unequal variances, Satterthwaite's degrees of freedom). Undefined values are left
 * out.
 *
 * @param confidence of the interval, between 0 and 1
 */
export function welchInterval(
  first: readonly Value[],
  second: readonly Value[],
  confidence: number,
): Difference {
  const [a, b] = [first, second].map(moments);
  if (a.n === 0 || b.n === 0) return { difference: null, low: null, high: null, error: null };
  const difference = b.mean - a.mean;
  if (a.n < 2 || b.n < 2) return { difference, low: null, high: null, error: null };
  const [u, v] = [a.variance / a.n, b.variance / b.n];
  const error = Math.sqrt(u + v);
  if (error === 0) return { difference, low: null, high: null, error };
  const degrees = (u + v) ** 2 / (u ** 2 / (a.n - 1) + v ** 2 / (b.n - 1));
  const half = studentTQuantile((1 + confidence) / 2, degrees) * error;
  return { difference, low: difference - half, high: difference + half, error };
}

function moments(values: readonly Value[]): { n: number; mean: number; variance: number } {
  const defined = values.filter((value): value is number => value !== null && Number.isFinite(value));
  const n = defined.length;
  // Around the first value, so that equal values have no variance at all.
  const first = defined[0] ?? 0;
  const mean = first + defined.reduce((sum, value) => sum + (value - first), 0) / n;
  return { n, mean, variance: defined.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1) };
}
