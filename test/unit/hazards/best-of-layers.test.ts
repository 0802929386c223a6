import { expect, it } from 'vitest';
import { bestOfLayers as rule } from '../../../src/hazards/best-of-layers';
import { askedSimilarities } from '../../../src/measures/similarity';
import type { HazardInput } from '../../../src/hazards/hazard-rule';
import { bestPair } from '../../../src/protocol/measure-names';
import type { PairNull, PairResults } from '../../../src/protocol/results';
import { network, pairs, results } from './fabricate';

const [cka] = askedSimilarities({ similarity: { measures: ['cka'], null: 0 } });

function compared(entry: Partial<PairResults>, trained = true): HazardInput {
  const base = results(
    [network({ trained, accuracy: { easy: [1, 1] } })],
    [],
    [{ ...pairs(cka.name, ['both', 'both', 0.9]), layer: bestPair, ...entry }],
  );
  return { ...base, measures: { ...base.measures, [cka.name]: cka } };
}

it('says how many pairs of layers the best is of, where no null does', () => {
  const [hazard, ...more] = rule.evaluate(compared({}));
  expect(more).toEqual([]);
  expect(hazard).toMatchObject({ value: 4, where: { layer: bestPair, measure: 'similarity(cka)' } });
  expect(hazard.message).toBe(
    'Similarity at the best pair of hidden layers (Linear CKA) is the best of up to 4 pairs, and no null says how good the best is by chance.',
  );
});

it('names some of many measures, and counts the rest', () => {
  const all = askedSimilarities({
    similarity: { measures: ['cka', 'cca-squared', 'procrustes', 'bures', 'rsa'], null: 0 },
  });
  const entries = all.map(({ name }) => ({ ...pairs(name, ['both', 'both', 0.9]), layer: bestPair }));
  const base = results([network({ accuracy: { easy: [1, 1] } })], [], entries);
  const measures = { ...base.measures, ...Object.fromEntries(all.map((one) => [one.name, one])) };
  const [{ message }] = rule.evaluate({ ...base, measures });
  expect(message).toMatch(
    /\(Linear CKA, Mean squared canonical correlation, Angular Procrustes distance and 2 more measures\)/,
  );
});

it('is silent with a null, at one layer, and of untrained networks', () => {
  const nulls: PairNull = { permutations: 19, mean: [], calibrated: [], p: [], groups: [] };
  expect(rule.evaluate(compared({ null: nulls }))).toEqual([]);
  expect(rule.evaluate(compared({ layer: 'hidden2' }))).toEqual([]);
  expect(rule.evaluate(compared({}, false))).toEqual([]);
});
