import type { Evaluator } from './bootstrap';
import type { Compared } from './comparers';
import { type Pairs, type Sample, sampleOf } from './sample';

/** RDMs of subjects come first, then those of models. */
export interface Counts {
  readonly subjects: number;
  readonly models: number;
}

/**
 * Of each model the mean of its similarities with the subjects' RDMs; then the lower and the upper noise ceiling: the mean similarity of
 * each subject's RDM with the pooled one of all others, and of all (Nili and others 2014). A subject that was drawn several times is left
 * out whole, and counts once in the ceilings (as rsatoolbox's `boot_noise_ceiling`). NaN where there is nothing to compare; ceilings of one
 * subject are NaN.
 *
 * @param times how often each subject is in the sample
 */
export function evaluate(
  { similarity, pooled }: Compared,
  { subjects, models }: Counts,
  times: ArrayLike<number>,
): Float64Array {
  const found = new Float64Array(models + 2);
  const drawn = Array.from({ length: subjects }, (_, at) => at).filter((at) => times[at] > 0);
  const all = drawn.reduce((sum, at) => sum + times[at], 0);
  for (let model = 0; model < models; model++)
    for (const subject of drawn)
      found[model] += (times[subject] * similarity(subjects + model, subject)) / all;
  const counts = Float64Array.from({ length: subjects }, (_, at) => times[at]);
  const upper = pooled(counts);
  for (const subject of drawn) {
    const lower =
      drawn.length === 1 ? upper : pooled(counts.map((count, at) => (at === subject ? 0 : count)));
    found[models] += lower(subject) / drawn.length;
    found[models + 1] += upper(subject) / drawn.length;
  }
  return subjects === 1 ? found.fill(NaN, models) : found;
}

/** Evaluations in samples of the stimuli and the subjects, each once. */
export function plainEvaluator(
  compare: (sample: Sample) => Compared,
  pairs: Pairs,
  counts: Counts,
): Evaluator {
  return (stimuli) => {
    const sample = sampleOf(pairs, stimuli);
    // Two pairs at least: others have no numbers.
    if (sample.places.length < 2) return () => [new Float64Array(counts.models + 2).fill(NaN)];
    const compared = compare(sample);
    return (times) => [evaluate(compared, counts, times)];
  };
}
