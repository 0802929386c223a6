import type { Value } from '../../protocol/results';
import { studentTQuantile } from './student-t';

/**
 * The difference of two means, a − b, with Welch's t-interval: standard error √(sₐ²/nₐ + s_b²/n_b), degrees of freedom by
 * Welch and Satterthwaite. Undefined values are left out. Without two values on either side there is no interval.
 *
 * @param confidence of the interval, between 0 and 1
 */
export function welch(
  a: readonly Value[],
  b: readonly Value[],
  confidence: number,
): { difference: Value; low: Value; high: Value } {
  const [first, second] = [moments(a), moments(b)];
  if (first.n === 0 || second.n === 0) return { difference: null, low: null, high: null };
  const difference = first.mean - second.mean;
  if (first.n < 2 || second.n < 2) return { difference, low: null, high: null };
  const [va, vb] = [first.variance / first.n, second.variance / second.n];
  // Equal values on both sides: an interval of no width.
  if (va + vb === 0) return { difference, low: difference, high: difference };
  const degrees = (va + vb) ** 2 / (va ** 2 / (first.n - 1) + vb ** 2 / (second.n - 1));
  const half = studentTQuantile((1 + confidence) / 2, degrees) * Math.sqrt(va + vb);
  return { difference, low: difference - half, high: difference + half };
}

function moments(values: readonly Value[]): { n: number; mean: number; variance: number } {
  const defined = values.filter((value): value is number => value !== null && Number.isFinite(value));
  const n = defined.length;
  // Around the first value, so that equal values have no variance at all.
  const first = defined[0] ?? 0;
  const mean = first + defined.reduce((sum, value) => sum + (value - first), 0) / n;
  return { n, mean, variance: defined.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1) };
}
