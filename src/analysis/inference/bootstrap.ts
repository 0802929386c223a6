import { stream } from '../../core/stream';

/** What is drawn anew: stimuli, subjects, or both. */
export type Resampled = 'stimuli' | 'subjects';

/** Evaluations of models and the two ceilings; where there are several, of other folds. */
type Evaluations = readonly Float64Array[];

/** Evaluates a sample: how often each stimulus is in it, then how often each subject. */
export type Evaluator = (stimuli: Uint32Array) => (subjects: Uint32Array) => Evaluations;

/** Evaluations in samples drawn with replacement. */
export interface Draws {
  /** Both drawn; where one alone is, that. */
  readonly both: readonly Evaluations[];
  /** Of the same draws, the one or the other alone: for the variance of both. */
  readonly subjects?: readonly Evaluations[];
  readonly stimuli?: readonly Evaluations[];
}

/** How many there are. */
interface Things {
  readonly stimuli: number;
  readonly subjects: number;
}

/** Fewer stimuli make no pairs that differ. */
const fewest = 3;

/**
 * Draws as many stimuli and subjects as there are, with replacement. Draws in which a number is not defined (of fewer than three different
 * stimuli, or a constant RDM) are left out.
 *
 * @param whole the evaluations without drawing
 */
export function bootstrap(
  evaluate: Evaluator,
  whole: Float64Array,
  things: Things,
  over: readonly Resampled[],
  draws: number,
): Draws {
  const random = stream('bootstrap of RDMs');
  const drawn = (count: number): Uint32Array => {
    const times = new Uint32Array(count);
    for (let k = 0; k < count; k++) times[random.below(count)]++;
    return times;
  };
  const once = new Uint32Array(things.subjects).fill(1);
  const all = evaluate(new Uint32Array(things.stimuli).fill(1));
  // A model that is constant has no numbers at all: others have theirs.
  const isDefined = (found: Evaluations): boolean =>
    found.every((row) => row.every((value, at) => !Number.isFinite(whole[at]) || Number.isFinite(value)));
  const [both, subjects, stimuli]: Evaluations[][] = [[], [], []];
  for (let draw = 0; draw < draws; draw++) {
    const times = over.includes('subjects') ? drawn(things.subjects) : once;
    const sample = over.includes('stimuli') ? drawn(things.stimuli) : undefined;
    if (sample && sample.reduce((count, one) => count + Math.min(one, 1), 0) < fewest) continue;
    const own = sample ? evaluate(sample) : all;
    const found = over.length === 2 ? [own(times), all(times), own(once)] : [own(times)];
    if (!found.every(isDefined)) continue;
    [both, subjects, stimuli].slice(0, found.length).forEach((rows, at) => rows.push(found[at]));
  }
  return over.length === 2 ? { both, subjects, stimuli } : { both };
}
