import type { Matrix } from '../core/matrix';
import { solvePositive } from './cholesky';

/**
 * Non-negative least squares: the x ≥ 0 with the least ‖A x − y‖, from products alone (Lawson & Hanson 1974, §23.3; Bro & de Jong 1997).
 *
 * @param gram AᵀA, k × k; its diagonal is about 1
 * @param target Aᵀy
 * @throws NumericalError where columns depend on each other
 */
export function nonNegative(gram: Matrix<Float64Array>, target: Float64Array): Float64Array {
  const k = gram.rows;
  const x = new Float64Array(k);
  const free: number[] = [];
  const least = 1e-13 * target.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
  // No set of free ones comes twice; the bound is for rounding alone.
  for (let round = 0; round < 10 * k; round++) {
    const { at: next, slope } = steepest(gram, target, x, free);
    if (!(slope > least)) break;
    free.push(next);
    let solved = solveAmong(gram, target, free);
    while (solved.some((one) => one <= 0)) {
      // As far towards the solution as all stay at 0 or above: there one of them is at 0, and stays.
      const steps = free.map((at, place) => (solved[place] > 0 ? 1 : x[at] / (x[at] - solved[place])));
      const step = Math.min(...steps);
      const blocking = steps.indexOf(step);
      free.forEach((at, place) => (x[at] += step * (solved[place] - x[at])));
      x[free[blocking]] = 0;
      free.splice(blocking, 1);
      solved = solveAmong(gram, target, free);
    }
    free.forEach((at, place) => (x[at] = solved[place]));
  }
  return x;
}

/** The one at 0 that lessens the error most as it grows. */
function steepest(
  { rows: k, data }: Matrix<Float64Array>,
  target: Float64Array,
  x: Float64Array,
  free: readonly number[],
): { at: number; slope: number } {
  let best = { at: -1, slope: -Infinity };
  for (let i = 0; i < k; i++) {
    if (free.includes(i)) continue;
    let slope = target[i];
    for (let j = 0; j < k; j++) slope -= data[i * k + j] * x[j];
    if (slope > best.slope) best = { at: i, slope };
  }
  return best;
}

function solveAmong(
  { rows: k, data }: Matrix<Float64Array>,
  target: Float64Array,
  free: readonly number[],
): Float64Array {
  const part = Float64Array.from(free.flatMap((i) => free.map((j) => data[i * k + j])));
  const right = Float64Array.from(free, (i) => target[i]);
  return solvePositive({ rows: free.length, cols: free.length, data: part }, right);
}
