import type { Draws, Resampled } from './bootstrap';
import type { Counts } from './evaluate';

/**
 * The variance of an evaluation, or of a difference of two, from draws. Over one of stimuli and subjects, n of them: times n / (n − 1). Over
 * both: the dual bootstrap (Schütt and others 2023, eLife 12:e82566), from the variances v of both drawn, s of subjects and t of stimuli
 * alone: S/(S−1) s + T/(T−1) t − S T/((S−1)(T−1)) (v − s − t) of S subjects and T stimuli, at least either of the first two terms, at
 * most v (as rsatoolbox's `extract_variances`).
 *
 * @param contrast places among the models and the two ceilings behind them
 */
export function varianceOf(
  draws: Draws,
  [place, less]: readonly [place: number, less?: number],
  { subjects }: Counts,
  stimuli: number,
  over: readonly Resampled[],
): number {
  const variance = (draws: Draws['both'] = []): number =>
    varianceOverFolds(
      draws.map((rows) => rows.map((row) => row[place] - (less === undefined ? 0 : row[less]))),
    );
  const [ofSubjects, ofStimuli] = [subjects, stimuli].map((n) => n / (n - 1));
  const both = variance(draws.both);
  if (over.length === 1) return both * (over[0] === 'subjects' ? ofSubjects : ofStimuli);
  const [s, t] = [variance(draws.subjects), variance(draws.stimuli)];
  const dual = ofSubjects * s + ofStimuli * t - ofSubjects * ofStimuli * (both - s - t);
  return Math.min(both, Math.max(dual, ofSubjects * s, ofStimuli * t));
}

/** Degrees of freedom of a t test: of what is drawn, the fewer. */
export function degreesOf({ subjects }: Counts, stimuli: number, over: readonly Resampled[]): number {
  return Math.min(...over.map((one) => (one === 'subjects' ? subjects : stimuli))) - 1;
}

/**
 * Of means over all folds there could be, from k repetitions with other folds each draw: (k v − w) / (k − 1), v the variance of the mean of
 * the repetitions and w that of one (as rsatoolbox's `eval_dual_bootstrap`).
 */
function varianceOverFolds(draws: readonly (readonly number[])[]): number {
  const k = draws[0]?.length ?? 1;
  const ofMeans = varianceOfAll(draws.map(meanOf));
  if (k === 1) return ofMeans;
  const single = meanOf(Array.from({ length: k }, (_, at) => varianceOfAll(draws.map((row) => row[at]))));
  return (k * ofMeans - single) / (k - 1);
}

function varianceOfAll(values: readonly number[]): number {
  const mean = meanOf(values);
  return values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (values.length - 1);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}
