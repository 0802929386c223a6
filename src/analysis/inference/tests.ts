import { studentTAbove } from '../../numerics/student-t';

/** How p-values are made: from the variance of draws by Student's t, or from the shares of draws on either side. */
export const tests = ['t', 'bootstrap'] as const;

/** By Student's t: the probability of a mean so far above 0; null where nothing varies. */
export function tAbove(mean: number, variance: number, degrees: number): number | null {
  return variance > 0 ? studentTAbove(mean / Math.sqrt(variance), degrees) : null;
}

/** By Student's t: the probability of a mean so far from 0, on either side. */
export function tAway(mean: number, variance: number, degrees: number): number | null {
  return variance > 0 ? 2 * studentTAbove(Math.abs(mean) / Math.sqrt(variance), degrees) : null;
}

/** By draws: (1 + those at or below 0) / (1 + all). */
export function drawsAbove(draws: readonly number[]): number {
  return (1 + draws.filter((one) => one <= 0).length) / (1 + draws.length);
}

/** By draws: twice the smaller of that on either side, at most 1. */
export function drawsAway(draws: readonly number[]): number {
  return Math.min(1, 2 * Math.min(drawsAbove(draws), drawsAbove(draws.map((one) => -one))));
}
