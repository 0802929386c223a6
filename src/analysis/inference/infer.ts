import { quantile } from '../../numerics/quantile';
import { studentTQuantile } from '../../numerics/student-t';
import { bootstrap, type Draws, type Evaluator, type Resampled } from './bootstrap';
import { comparerOf } from './comparers';
import { crossedEvaluator } from './crossed';
import { corrected, type Correction } from './corrections';
import { type Counts, plainEvaluator } from './evaluate';
import { type Pairs, wholeSample } from './sample';
import { spaces } from './spaces';
import { drawsAbove, drawsAway, tAbove, tAway, type tests } from './tests';
import { degreesOf, varianceOf } from './variances';

interface Question {
  readonly method: string;
  readonly over: readonly Resampled[];
  readonly draws: number;
  readonly test: (typeof tests)[number];
  readonly correction: Correction;
  /** Whether the models' weighted sum is one more model, and all are cross-validated. */
  readonly weighted: boolean;
  /** Of intervals, between 0 and 1. */
  readonly confidence: number;
}

/** A p-value, and the same for all tests of its kind. */
interface P {
  readonly p: number | null;
  readonly corrected: number | null;
}

export interface ModelScore {
  /** The mean similarity with the subjects' RDMs; null where there is nothing to compare. */
  readonly value: number | null;
  /** With each; none of them where all is cross-validated. */
  readonly bySubject: readonly (number | null)[];
  /** Standard error, and the ends of the interval; null where too few draws have numbers. */
  readonly error: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Whether it is above 0: one-sided. */
  readonly aboveZero: P;
  /** Whether it is another than the lower noise ceiling: two-sided by t; by draws whether it is below. */
  readonly ceiling: P;
}

export interface Inference {
  readonly models: readonly ModelScore[];
  /** Null of one subject. */
  readonly ceiling: { readonly lower: number | null; readonly upper: number | null };
  /** Each pair of models, by their places. */
  readonly differences: readonly (P & {
    readonly first: number;
    readonly second: number;
    readonly difference: number | null;
  })[];
  /** Draws that have numbers. */
  readonly used: number;
  readonly degrees: number;
}

/** Times that folds are drawn for the data, and for each draw (rsatoolbox's default): the latter is corrected for. */
const [WHOLE, EACH] = [10, 2];

/** A place among evaluations, or the difference of two. */
type Contrast = readonly [place: number, less?: number];

/**
 * What can be said of model RDMs from the RDMs of subjects: scores, intervals, ceilings and tests.
 *
 * @param rdms at all pairs, those of subjects first, then those of models
 */
export function infer(
  rdms: readonly Float64Array[],
  given: Counts,
  pairs: Pairs,
  question: Question,
): Inference {
  const evaluated = evaluate(rdms, given, pairs, question);
  const { values, draws, counts } = evaluated;
  const { models, subjects } = counts;
  const whole = comparerOf(question.method, rdms, pairs)(wholeSample(pairs));
  const places = Array.from({ length: models }, (_, model) => model);
  const all = (ps: readonly (number | null)[]): P[] => {
    const adjusted = corrected(ps, question.correction);
    return ps.map((p, at) => ({ p, corrected: adjusted[at] }));
  };
  const below = question.test === 'bootstrap';
  const zero = all(places.map((model) => p(evaluated, question, [model], true)));
  const ceiling = all(places.map((model) => p(evaluated, question, [models, model], below)));
  const between = places.flatMap((first) =>
    places.slice(first + 1).map((second) => [first, second] as const),
  );
  const differences = all(between.map((pair) => p(evaluated, question, pair, false)));
  return {
    models: places.map((model) => ({
      value: finite(values[model]),
      bySubject: Array.from({ length: question.weighted ? 0 : subjects }, (_, at) =>
        finite(whole.similarity(subjects + model, at)),
      ),
      ...spread(evaluated, question, model),
      aboveZero: zero[model],
      ceiling: ceiling[model],
    })),
    ceiling: { lower: finite(values[models]), upper: finite(values[models + 1]) },
    differences: between.map(([first, second], at) => ({
      first,
      second,
      difference: finite(values[first] - values[second]),
      ...differences[at],
    })),
    used: draws.both.length,
    degrees: degreesOf(counts, pairs.size, question.over),
  };
}

/** The evaluations of the data, and of draws from it. */
function evaluate(
  rdms: readonly Float64Array[],
  given: Counts,
  pairs: Pairs,
  { method, over, draws, weighted }: Question,
): Evaluated {
  const { subjects } = given;
  const evaluator = (repetitions: number): Evaluator =>
    weighted
      ? crossedEvaluator(spaces[method], rdms, pairs, given, repetitions)
      : plainEvaluator(comparerOf(method, rdms, pairs), pairs, given);
  const once = (count: number): Uint32Array => new Uint32Array(count).fill(1);
  const values = meanOf(evaluator(WHOLE)(once(pairs.size))(once(subjects)));
  return {
    values,
    draws: bootstrap(evaluator(EACH), values, { subjects, stimuli: pairs.size }, over, draws),
    counts: { subjects, models: given.models + (weighted ? 1 : 0) },
    stimuli: pairs.size,
  };
}

interface Evaluated {
  readonly values: Float64Array;
  readonly draws: Draws;
  readonly counts: Counts;
  readonly stimuli: number;
}

/** @param above whether it is asked for one side alone */
function p(
  { values, draws, counts, stimuli }: Evaluated,
  { over, test }: Question,
  contrast: Contrast,
  above: boolean,
): number | null {
  const mean = valueOf(values, contrast);
  if (!Number.isFinite(mean) || draws.both.length < 2) return null;
  if (test === 'bootstrap') {
    const drawn = draws.both.map((rows) => valueOf(meanOf(rows), contrast));
    return above ? drawsAbove(drawn) : drawsAway(drawn);
  }
  const degrees = degreesOf(counts, stimuli, over);
  return (above ? tAbove : tAway)(mean, varianceOf(draws, contrast, counts, stimuli, over), degrees);
}

/** The standard error of a model's score and the interval around it: by t, or between quantiles of the draws. */
function spread(
  { values, draws, counts, stimuli }: Evaluated,
  { over, test, confidence }: Question,
  model: number,
): Pick<ModelScore, 'error' | 'low' | 'high'> {
  if (draws.both.length < 2 || !Number.isFinite(values[model])) return { error: null, low: null, high: null };
  const variance = varianceOf(draws, [model], counts, stimuli, over);
  // Where the noise of folds is taken off, little may be left, and less than nothing.
  const error = variance >= 0 ? Math.sqrt(variance) : null;
  if (test === 'bootstrap') {
    const sorted = Float64Array.from(draws.both, (rows) => meanOf(rows)[model]).sort();
    const [low, high] = [(1 - confidence) / 2, (1 + confidence) / 2].map((share) => quantile(sorted, share));
    return { error, low, high };
  }
  if (error === null) return { error, low: null, high: null };
  const half = studentTQuantile((1 + confidence) / 2, degreesOf(counts, stimuli, over)) * error;
  // Similarities end at −1 and 1.
  return { error, low: Math.max(-1, values[model] - half), high: Math.min(1, values[model] + half) };
}

function valueOf(values: Float64Array, [place, less]: Contrast): number {
  return values[place] - (less === undefined ? 0 : values[less]);
}

function meanOf(rows: readonly Float64Array[]): Float64Array {
  return rows[0].map((_, at) => rows.reduce((sum, row) => sum + row[at], 0) / rows.length);
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
