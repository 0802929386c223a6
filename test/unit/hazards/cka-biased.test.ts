import { expect, it } from 'vitest';
import { ckaBiased as rule } from '../../../src/hazards/cka-biased';
import { network, pairs, results } from './fabricate';

const compared = (biased: number, debiased: number, trained = true) =>
  results(
    [
      network({ trained, accuracy: { easy: [1, 1] } }),
      network({ name: 'other', trained, accuracy: { easy: [1, 1] } }),
    ],
    [],
    [
      pairs('linearCka', ['both', 'both', 0.95], ['both', 'other', biased]),
      pairs('linearCkaDebiased', ['both', 'both', 0.94], ['both', 'other', debiased]),
    ],
  );

it('names the pair of networks where linear CKA falls most without its bias', () => {
  const found = rule.evaluate(compared(0.5, 0.1));
  expect(found).toMatchObject([
    { where: { layer: 'hidden2', network: 'both', comparedWith: 'other' }, value: 0.4 },
  ]);
  expect(found[0].message).toContain(
    'linear CKA of “both” and “other” is 0.50 over these stimuli, and 0.10 without bias.',
  );
});

it('is silent where both agree, and of untrained networks', () => {
  expect(rule.evaluate(compared(0.5, 0.45))).toEqual([]);
  expect(rule.evaluate(compared(0.5, 0.1, false))).toEqual([]);
});
