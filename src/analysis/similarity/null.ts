import { stream } from '../../core/stream';
import type { Similarity } from './similarity';

/** A score beside those of the same recordings with the stimuli of one of them shuffled. */
export interface Calibrated {
  readonly permutations: number;
  /** Mean of the scores under permutation. */
  readonly mean: number;
  /** Standard deviation of these, n − 1. */
  readonly deviation: number;
  /** (score − mean) / (best − mean): 0 as by chance, 1 where both are the same; null where chance is as good. */
  readonly calibrated: number | null;
  /** (1 + permutations at least as good) / (1 + permutations). */
  readonly p: number;
}

/** Scores that differ by no more count as equal: the same sum in another order. Measures are numbers of the size of 1. */
export const ROUNDING = 1e-12;

/** Permutations that are taken at once. */
const AT_ONCE = 256;

/**
 * What a score is worth (arXiv 2602.14486): the stimuli of the second recordings are permuted, and the same is taken again. Where the score is the best of many pairs,
 * as of all layers of two networks, so it is in every permutation, in which the stimuli of all second recordings are in one order: what searching finds by chance is
 * no evidence.
 *
 * @param pairs what is compared, as prepared
 * @param score the best that `measure` has of them
 * @param n stimuli
 */
export function calibrate<P>(
  measure: Similarity<P>,
  pairs: readonly (readonly [P, P])[],
  score: number,
  n: number,
  permutations: number,
): Calibrated {
  const random = stream('null of similarity', measure.name);
  const sign = measure.more === 'alike' ? 1 : -1;
  const scores = new Float64Array(permutations).fill(-Infinity);
  for (let first = 0; first < permutations; first += AT_ONCE) {
    const count = Math.min(AT_ONCE, permutations - first);
    const orders = Array.from({ length: count }, () => random.permutation(n));
    for (const [a, b] of pairs)
      permuted(measure, a, b, orders).forEach((one, k) => {
        scores[first + k] = Math.max(scores[first + k], sign * one);
      });
  }
  const mean = scores.reduce((sum, one) => sum + sign * one, 0) / permutations;
  const squares = scores.reduce((sum, one) => sum + (sign * one - mean) ** 2, 0);
  const asGood = scores.filter((one) => one - sign * score >= -ROUNDING).length;
  return {
    permutations,
    mean,
    deviation: Math.sqrt(squares / (permutations - 1)),
    calibrated: calibratedBy(measure.best, score, mean),
    p: (1 + asGood) / (1 + permutations),
  };
}

/** (score − mean) / (best − mean); null where chance is as good as can be. */
export function calibratedBy(best: number, score: number, mean: number): number | null {
  const room = best - mean;
  return Math.abs(room) <= 1e-9 ? null : (score - mean) / room;
}

function permuted<P>(measure: Similarity<P>, a: P, b: P, orders: readonly Uint32Array[]): Float64Array {
  return (
    measure.compareAll?.(a, b, orders) ?? Float64Array.from(orders, (order) => measure.compare(a, b, order))
  );
}
