import { stream } from '../../core/stream';
import { type Fitting, fitted, type Mixture, only, pooled, similarity } from './fit';
import { foldsOfStimuli, randomFolds } from './folds';
import { type Pairs, sampleOf, wholeSample } from './sample';
import type { Products, Space } from './spaces';

/** An RDM as a sum of model RDMs. */
export interface Regression {
  /** Of each model, for distances as they are in the files; null where models depend on each other. */
  readonly weights: readonly number[] | null;
  /** The similarity of the weighted sum with the RDM, on the pairs that it was fitted to. */
  readonly value: number | null;
  /** By how much the square of `value` falls where each model is left out and the others are fitted anew. */
  readonly unique: readonly (number | null)[];
  /** Weights from pairs of some stimuli, similarity over pairs of the others: the mean over folds; null of fewer than 6 stimuli. */
  readonly acrossStimuli: number | null;
  /** Weights from all other RDMs, similarity with this one; null of one RDM. */
  readonly acrossRdms: number | null;
}

/**
 * Each of the RDMs as a sum of the models.
 *
 * @param rdms at the pairs, first those to be explained, then the models
 * @param count how many are to be explained
 */
export function regressions(
  space: Space,
  rdms: readonly Float64Array[],
  count: number,
  pairs: Pairs,
  how: Fitting,
): Regression[] {
  const models = rdms.flatMap((_, at) => (at < count ? [] : [at]));
  const whole = space(rdms, wholeSample(pairs));
  const halves = splits(pairs).map((counts) => counts.map((one) => space(rdms, sampleOf(pairs, one))));
  return Array.from({ length: count }, (_, rdm) => {
    const target = only(rdms.length, rdm);
    const mixture = fitted(whole, models, target, how);
    const value = mixture && similarity(whole, mixture, target);
    return {
      weights: mixture && models.map((model) => mixture[model]),
      value,
      unique: models.map((left) => {
        const others = models.filter((model) => model !== left);
        const without =
          others.length === 0 ? new Float64Array(rdms.length) : fitted(whole, others, target, how);
        return without && value !== null ? value ** 2 - (similarity(whole, without, target) ?? 0) ** 2 : null;
      }),
      acrossStimuli: meanOf(halves.map(([train, test]) => held(train, test, models, target, target, how))),
      acrossRdms:
        count < 2 ? null : held(whole, whole, models, pooled(whole, othersThan(rdm, count)), target, how),
    };
  });
}

/** Weights fitted to one mixture in one sample, held against another one in another. */
function held(
  train: Products,
  test: Products,
  models: readonly number[],
  from: Mixture,
  to: Mixture,
  how: Fitting,
): number | null {
  const mixture = fitted(train, models, from, how);
  return mixture && similarity(test, mixture, to);
}

/** Counts of the stimuli that are fitted to, and of the others, a fold each. */
function splits({ size }: Pairs): [Uint32Array, Uint32Array][] {
  if (size < 6) return [];
  const folds = foldsOfStimuli(size);
  const of = randomFolds(size, folds, stream('folds', 'regression'));
  return Array.from({ length: folds }, (_, fold) => [
    of.map((own) => Number(own !== fold)),
    of.map((own) => Number(own === fold)),
  ]);
}

function othersThan(rdm: number, count: number): number[] {
  return Array.from({ length: count }, (_, at) => Number(at !== rdm));
}

function meanOf(values: readonly (number | null)[]): number | null {
  const defined = values.filter((one) => one !== null);
  if (defined.length < values.length || values.length === 0) return null;
  return defined.reduce((sum, one) => sum + one, 0) / defined.length;
}
