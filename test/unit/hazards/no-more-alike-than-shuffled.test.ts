import { expect, it } from 'vitest';
import { noMoreAlikeThanShuffled as rule } from '../../../src/hazards/no-more-alike-than-shuffled';
import { askedSimilarities } from '../../../src/measures/similarity';
import type { HazardInput } from '../../../src/hazards/hazard-rule';
import type { Value } from '../../../src/protocol/results';
import { network, results, rsa } from './fabricate';

const networks = [
  network({ name: 'one', accuracy: { t: [1, 1] } }),
  network({ name: 'two', accuracy: { t: [1, 1] } }),
  network({ name: 'idle', trained: false, accuracy: { t: [1] } }),
];
const [cka] = askedSimilarities({ similarity: { measures: ['cka'], null: 19 } });

/** CKA of all replicates, with the p of those of two networks: .05 of all others. */
function compared(p: number): HazardInput {
  const labels = ['one/0', 'one/1', 'two/0', 'two/1', 'idle/0'];
  const square = (value: (between: boolean) => Value): Value[][] =>
    labels.map((row) =>
      labels.map((column) =>
        row === column ? null : value(row.startsWith('one') !== column.startsWith('one')),
      ),
    );
  const { groups, ...rest } = rsa(
    ['one', 'one', 0.9],
    ['one', 'two', 0.31],
    ['two', 'two', 0.9],
    ['two', 'idle', 0.3],
  );
  const entry = {
    ...{ layer: 'hidden2', measure: cka.name, labels, groups, matrix: square(() => 0.3), mds: rest.mds },
    undefinedValues: {},
    null: {
      ...{ permutations: 19, groups: [], mean: square(() => 0.29), calibrated: square(() => 0.02) },
      p: square((between) => (between ? p : 0.05)),
    },
  };
  const base = results(networks);
  return { ...base, measures: { ...base.measures, [cka.name]: cka }, pairs: [entry] };
}

it('names two networks that are no more alike than with shuffled stimuli', () => {
  const [hazard, ...more] = rule.evaluate(compared(0.4));
  expect(more).toEqual([]);
  expect(hazard.where).toEqual({
    ...{ network: 'one', comparedWith: 'two' },
    ...{ layer: 'hidden2', measure: 'similarity(cka)' },
  });
  expect(hazard).toMatchObject({ severity: 'warning', value: 0, threshold: 0.5 });
  expect(hazard.message).toBe(
    '“one” and “two” are no more alike in hidden2 than with shuffled stimuli: Linear CKA is 0.310, shuffled 0.290 (p ≤ .05 in 0 % of the pairs of replicates).',
  );
});

it('is silent where they are more alike than that, of untrained networks, and without a null', () => {
  expect(rule.evaluate(compared(0.05))).toEqual([]);
  const { pairs, ...rest } = compared(0.4);
  const trained = rest.networks.map((one) => ({ ...one, trained: one.name === 'one' }));
  expect(rule.evaluate({ ...rest, pairs, networks: trained })).toEqual([]);
  const without = pairs.map((entry) => ({ ...entry, null: undefined }));
  expect(rule.evaluate({ ...rest, pairs: without })).toEqual([]);
});
