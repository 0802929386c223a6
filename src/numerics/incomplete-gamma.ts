import { exp, log } from '../core/elementary';
import { logGamma } from './log-gamma';

/**
 * The regularised incomplete gamma functions: the chance that a gamma variable of shape a is at most x, and that it is more. Each is found by what converges
 * on its side of the mean (series, DLMF 8.11.4; continued fraction, DLMF 8.9.2, modified Lentz), so that small ones are no differences.
 *
 * @param a positive
 */
export function gammaShares(a: number, x: number): { below: number; above: number } {
  if (!(x > 0)) return { below: 0, above: 1 };
  const front = exp(a * log(x) - x - logGamma(a));
  if (x < a + 1) {
    const below = Math.min(1, front * series(a, x));
    return { below, above: 1 - below };
  }
  const above = Math.min(1, front * fraction(a, x));
  return { below: 1 - above, above };
}

/** Terms that are added at most: about √a are needed near the mean. */
const MOST = 100_000;

function series(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let k = 1; k < MOST && term > sum * 1e-17; k++) sum += term *= x / (a + k);
  return sum;
}

function fraction(a: number, x: number): number {
  const tiny = 1e-300;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let found = d;
  for (let k = 1; k < MOST; k++) {
    const top = k * (a - k);
    b += 2;
    d = top * d + b;
    d = 1 / (Math.abs(d) < tiny ? tiny : d);
    c = b + top / c;
    c = Math.abs(c) < tiny ? tiny : c;
    found *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return found;
}
