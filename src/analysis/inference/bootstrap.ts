import { stream } from '../../core/stream';
import type { Compared } from './comparers';
import { type Counts, evaluate } from './evaluate';
import { type Pairs, type Sample, sampleOf, wholeSample } from './sample';

/** What is drawn anew: stimuli, subjects, or both. */
export type Resampled = 'stimuli' | 'subjects';

/** Evaluations of models and the two ceilings in samples drawn with replacement, a row a draw. */
export interface Draws {
  /** Both drawn; where one alone is, that. */
  readonly both: readonly Float64Array[];
  /** Of the same draws, the one or the other alone: for the variance of both. */
  readonly subjects?: readonly Float64Array[];
  readonly stimuli?: readonly Float64Array[];
}

/** Fewer stimuli make no pairs that differ. */
const fewest = 3;

/**
 * Draws as many stimuli and subjects as there are, with replacement. Draws in which a number is not defined (of fewer than three different
 * stimuli, or a constant RDM) are left out.
 */
export function bootstrap(
  compare: (sample: Sample) => Compared,
  pairs: Pairs,
  counts: Counts,
  over: readonly Resampled[],
  draws: number,
): Draws {
  const random = stream('bootstrap of RDMs');
  const drawn = (things: number): Uint32Array => {
    const times = new Uint32Array(things);
    for (let k = 0; k < things; k++) times[random.below(things)]++;
    return times;
  };
  const once = new Uint32Array(counts.subjects).fill(1);
  const whole = compare(wholeSample(pairs));
  // A model that is constant has no numbers at all: others have theirs.
  const defined = Array.from(evaluate(whole, counts, once), Number.isFinite);
  const [both, subjects, stimuli]: Float64Array[][] = [[], [], []];
  for (let draw = 0; draw < draws; draw++) {
    const times = over.includes('subjects') ? drawn(counts.subjects) : once;
    const sample = over.includes('stimuli') ? sampleOf(pairs, drawn(pairs.size)) : undefined;
    if (sample && (sample.distinct < fewest || sample.places.length < fewest)) continue;
    const compared = sample ? compare(sample) : whole;
    const found = [evaluate(compared, counts, times)];
    if (over.length === 2) found.push(evaluate(whole, counts, times), evaluate(compared, counts, once));
    if (!found.every((one) => one.every((value, at) => !defined[at] || Number.isFinite(value)))) continue;
    both.push(found[0]);
    if (over.length === 2) {
      subjects.push(found[1]);
      stimuli.push(found[2]);
    }
  }
  return over.length === 2 ? { both, subjects, stimuli } : { both };
}
