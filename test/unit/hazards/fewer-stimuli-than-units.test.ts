import { expect, it } from 'vitest';
import { fewerStimuliThanUnits as rule } from '../../../src/hazards/fewer-stimuli-than-units';
import { network, results, set } from './fabricate';

const over = (count: number, trained = true) => {
  const input = results([network({ trained, accuracy: { easy: [1] } })]);
  return { ...input, stimuli: { ...input.stimuli, test: { ...set(), count } } };
};

it('names a layer of more units than test stimuli, with how many stimuli a unit has', () => {
  // Every layer of a fabricated network has four units.
  expect(rule.evaluate(over(3))).toMatchObject([
    { where: { network: 'both', layer: 'hidden1' }, value: 0.75 },
  ]);
});

it('is silent where there are as many stimuli, and of untrained networks', () => {
  expect(rule.evaluate(over(4))).toEqual([]);
  expect(rule.evaluate(over(3, false))).toEqual([]);
});
