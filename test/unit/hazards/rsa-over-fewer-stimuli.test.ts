import { expect, it } from 'vitest';
import { rsaOverFewerStimuli as rule } from '../../../src/hazards/rsa-over-fewer-stimuli';
import { network, results, rsa } from './fabricate';

const networks = [
  network({ name: 'one', accuracy: { t: [1, 1] } }),
  network({ name: 'idle', trained: false, accuracy: { t: [1] } }),
];
const counted = (used: number[][] | null) => ({ ...rsa(), labels: ['one/0', 'one/1', 'idle/0'], used });

it('names the two replicates that share fewest stimuli, once for a network', () => {
  const few = counted([
    [10, 9, 4],
    [9, 9, 8],
    [4, 8, 8],
  ]);
  const [hazard, ...more] = rule.evaluate(results(networks, [few, { ...few, layer: 'hidden1' }]));
  expect(more).toEqual([]);
  expect(hazard).toMatchObject({
    severity: 'warning',
    value: 0.4,
    where: { network: 'one', layer: 'hidden2' },
  });
  expect(hazard.message).toBe(
    'In hidden2, by correlation distance, “one/0” and “idle/0” share a distance for 40 % of the pairs of stimuli (no similarity is ' +
      'given for half or less): the similarities of “one” are not over the whole test set, nor in 1 other comparison.',
  );
});

it('is not seen where all, or nearly all, stimuli are compared', () => {
  expect(rule.evaluate(results(networks, [counted(null)]))).toEqual([]);
  const nearly = [0, 1, 2].map(() => [9, 9, 9]);
  expect(rule.evaluate(results(networks, [counted(nearly)]))).toEqual([]);
});
