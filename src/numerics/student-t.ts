import { incompleteBeta } from './incomplete-beta';

/** Probability that a Student-t variable lies above `t`. */
export function studentTAbove(t: number, degrees: number): number {
  return t < 0 ? 1 - upperTail(-t, degrees) : upperTail(t, degrees);
}

/** The same of `t` ≥ 0. */
function upperTail(t: number, degrees: number): number {
  return incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5) / 2;
}

/**
 * The quantile of Student's t distribution, to about 1e-12 relative.
 *
 * @param p probability below the quantile, 0 < p < 1
 * @param degrees degrees of freedom, positive
 * @throws RangeError for a probability outside (0, 1) or degrees that are not positive
 */
export function studentTQuantile(p: number, degrees: number): number {
  if (!(p > 0 && p < 1 && degrees > 0))
    throw new RangeError(`No quantile ${p} of t with ${degrees} degrees.`);
  // A run has hundreds of intervals, all of the same few degrees.
  if (known.p !== p || known.quantiles.size > 1000) known = { p, quantiles: new Map() };
  const found = known.quantiles.get(degrees) ?? findQuantile(p, degrees);
  known.quantiles.set(degrees, found);
  return found;
}

/** The quantiles for the probability asked for last. */
let known: { p: number; quantiles: Map<number, number> } = { p: NaN, quantiles: new Map() };

function findQuantile(p: number, degrees: number): number {
  if (p === 0.5) return 0;
  const tail = Math.min(p, 1 - p);
  let low = 0;
  let high = 1;
  while (upperTail(high, degrees) > tail) {
    low = high;
    high *= 2;
    if (high === Infinity) break;
  }
  // Bisection until the two ends are neighbouring numbers: at most some 60 rounds, and it cannot miss.
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    if (upperTail(middle, degrees) > tail) low = middle;
    else high = middle;
  }
  return p < 0.5 ? -low : low;
}
