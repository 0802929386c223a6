import { log } from '../core/elementary';

/** Fisher's z of a correlation: nearly normal, with a variance of 1 / (n − 3) whatever the correlation; infinite at ±1. */
export function fisherZ(r: number): number {
  return log((1 + r) / (1 - r)) / 2;
}
