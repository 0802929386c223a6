import { stream, type Stream } from '../../core/stream';
import type { Evaluator } from './bootstrap';
import { inSpace } from './comparers';
import type { Counts } from './evaluate';
import { fitted, pooled, similarity } from './fit';
import { foldsOfStimuli, foldsOfSubjects, randomFolds } from './folds';
import { type Pairs, type Sample, sampleOf } from './sample';
import type { Products, Space } from './spaces';

/** RDMs that are in a fold's test set, and those that weights are fitted to: how often each. */
interface Split {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

/** Products over all pairs of a sample, and over those of some of its stimuli and of the others. */
interface SplitProducts {
  readonly all: Products;
  readonly train: Products;
  readonly test: Products;
}

/**
 * Evaluations of models and of their weighted sum, cross-validated over stimuli and subjects: weights of 0 or more are fitted to the pooled RDM
 * of some subjects at the pairs of some stimuli; all are scored by other subjects at the pairs of other stimuli, and averaged over folds. The
 * ceilings are those of the same subjects and pairs: the pooled RDM of the subjects that are fitted to, and of all (as rsatoolbox's
 * `crossval` with `cv_noise_ceiling`). Behind the models comes their sum, then the ceilings.
 *
 * @param counts the sum not included
 * @param repetitions other folds each time
 */
export function crossedEvaluator(
  space: Space,
  rdms: readonly Float64Array[],
  pairs: Pairs,
  counts: Counts,
  repetitions: number,
): Evaluator {
  const random = stream('cross-validation of RDMs');
  const within = 1 - 1 / Math.E;
  const folds = foldsOfStimuli(within * pairs.size);
  const groups = foldsOfSubjects(within * counts.subjects);
  const none = new Float64Array(counts.models + 3).fill(NaN);
  return (stimuli) => {
    // Three different stimuli at least in each fold.
    const enough = distinct(stimuli) >= 3 * folds;
    const splits = Array.from({ length: enough ? repetitions : 0 }, () => {
      const of = splitsOf(stimuli, folds, random);
      const all = space(rdms, sampleOf(pairs, stimuli));
      const products = ({ train, test }: Split): SplitProducts => {
        const [own, others]: Sample[] = [sampleOf(pairs, train), sampleOf(pairs, test)];
        return { all, train: space(rdms, own), test: space(rdms, others) };
      };
      return of.map(products);
    });
    return (subjects) => {
      if (!enough || distinct(subjects) < groups) return [none];
      return splits.map((products) => {
        const of = groups === 1 ? [{ train: subjects, test: subjects }] : splitsOf(subjects, groups, random);
        return crossValidated(products, of, subjects, counts);
      });
    };
  };
}

/** The mean over all folds of stimuli and of subjects. */
export function crossValidated(
  products: readonly SplitProducts[],
  subjects: readonly Split[],
  times: Uint32Array,
  counts: Counts,
): Float64Array {
  const mean = new Float64Array(counts.models + 3);
  const folds = products.length * subjects.length;
  for (const one of products)
    for (const split of subjects)
      foldOf(one, split, times, counts).forEach((value, at) => (mean[at] += value / folds));
  return mean;
}

function foldOf(
  { all, train, test }: SplitProducts,
  { train: from, test: to }: Split,
  times: Uint32Array,
  { subjects, models }: Counts,
): Float64Array {
  const places = Array.from({ length: models }, (_, model) => subjects + model);
  const compared = inSpace(test);
  const drawn = Array.from({ length: subjects }, (_, at) => at).filter((at) => to[at] > 0);
  const sum = drawn.reduce((count, at) => count + to[at], 0);
  const mean = (score: (subject: number) => number): number =>
    drawn.reduce((total, at) => total + (to[at] * score(at)) / sum, 0);
  const { rows, data } = train.gram;
  // What is fitted to is the mean of RDMs of length 1 in the space itself.
  const lengths = Float64Array.from({ length: rows }, (_, at) => Math.sqrt(data[at * (rows + 1)]));
  const mixture = fitted(train, places, pooled({ ...train, norms: lengths }, from), 'nonNegative');
  const only = (place: number): Float64Array => new Float64Array(rows).fill(1, place, place + 1);
  const upper = pooled(all, times);
  return Float64Array.from([
    ...places.map((place) => mean((subject) => compared.similarity(place, subject))),
    mixture === null ? NaN : mean((subject) => similarity(test, mixture, only(subject)) ?? NaN),
    subjects === 1 ? NaN : mean(compared.pooled(from)),
    subjects === 1 ? NaN : mean((subject) => similarity(test, upper, only(subject)) ?? NaN),
  ]);
}

/** How often each thing is in a fold and in all others, folds of the different ones at random. */
function splitsOf(times: Uint32Array, folds: number, random: Stream): Split[] {
  const drawn = Array.from(times.keys()).filter((at) => times[at] > 0);
  const of = new Uint32Array(times.length);
  randomFolds(drawn.length, folds, random).forEach((fold, at) => (of[drawn[at]] = fold));
  return Array.from({ length: folds }, (_, fold) => ({
    train: times.map((count, at) => (of[at] === fold ? 0 : count)),
    test: times.map((count, at) => (of[at] === fold ? count : 0)),
  }));
}

function distinct(times: Uint32Array): number {
  return times.reduce((count, one) => count + Math.min(one, 1), 0);
}
