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

/** Scores that differ by no more than this share count as equal: the same sum in another order. */
const ROUNDING = 1e-12;

/**
 * What a score is worth (arXiv 2602.14486): the stimuli of the second recording are permuted, and the same measure taken again.
 *
 * @param score as `measure` has it of a and b
 * @param n stimuli
 */
export function calibrate<P>(
  measure: Similarity<P>,
  [a, b]: readonly [P, P],
  score: number,
  n: number,
  permutations: number,
): Calibrated {
  const random = stream('null of similarity', measure.name);
  const sign = measure.more === 'alike' ? 1 : -1;
  const scores = Float64Array.from({ length: permutations }, () =>
    measure.compare(a, b, random.permutation(n)),
  );
  const mean = scores.reduce((sum, one) => sum + one, 0) / permutations;
  const squares = scores.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  const slack = ROUNDING * Math.max(Math.abs(score), Math.abs(mean));
  const asGood = scores.filter((one) => sign * (one - score) >= -slack).length;
  const room = measure.best - mean;
  return {
    permutations,
    mean,
    deviation: Math.sqrt(squares / (permutations - 1)),
    calibrated: Math.abs(room) <= 1e-9 ? null : (score - mean) / room,
    p: (1 + asGood) / (1 + permutations),
  };
}
