import { expect, it } from 'vitest';
import { rsaOverFewerStimuli as rule } from '../../../src/hazards/rsa-over-fewer-stimuli';
import { network, results, rsa } from './fabricate';

const networks = [
  network({ name: 'one', accuracy: { t: [1, 1] } }),
  network({ name: 'idle', trained: false, accuracy: { t: [1] } }),
];
const counted = (used: number[][] | null) => ({ ...rsa(), labels: ['one/0', 'one/1', 'idle/0'], used });

const few = [
  [10, 9, 4],
  [9, 9, 8],
  [4, 8, 8],
];

it('names the two replicates that share fewest stimuli, once for all', () => {
  const [hazard, ...more] = rule.evaluate(
    results(networks, [counted(few), { ...counted(few), layer: 'hidden1' }]),
  );
  expect(more).toEqual([]);
  expect(hazard).toMatchObject({ severity: 'warning', value: 0.4 });
  // Both layers are concerned: it is told over the figures of either.
  expect(hazard.where).toEqual({ metric: 'correlation', comparison: 'pearson', over: 'stimuli' });
  expect(hazard.message).toBe(
    'In hidden2, by correlation distance, the similarity of “one/0” and “idle/0” is over 40 % of the pairs of stimuli: that is half or ' +
      'less, so none is given. 3 more similarities are over less than 90 %, between replicates of “one”, “idle”.',
  );
  expect(rule.evaluate(results(networks, [counted(few)]))[0].where).toHaveProperty('layer', 'hidden2');
});

it('says what a similarity of more than half is of, and of conditions that it is of conditions', () => {
  const used = [
    [10, 10, 8],
    [10, 10, 10],
    [8, 10, 10],
  ];
  const [{ message }] = rule.evaluate(results(networks, [{ ...counted(used), over: 'conditions' }]));
  expect(message).toBe(
    'In hidden2, by correlation distance, the similarity of “one/0” and “idle/0” is over 80 % of the pairs of conditions: it is of these ' +
      'alone, not of the whole test set.',
  );
});

it('is silent on layers of one unit, whose correlation distances are undefined by construction', () => {
  const none = [0, 0, 0].map(() => [0, 0, 0]);
  const layers = [{ name: 'output', role: 'readout' as const, units: 1 }];
  const oneUnit = [{ ...networks[0], layers }, networks[1]];
  const atOutput = { ...counted(none), layer: 'output' };
  expect(rule.evaluate(results(oneUnit, [atOutput]))).toEqual([]);
  expect(rule.evaluate(results(networks, [atOutput]))).toHaveLength(1);
  // Without hidden layers the output is the last one; of other distances one unit has some.
  expect(rule.evaluate(results(oneUnit, [{ ...atOutput, layer: 'lastHidden' }]))).toEqual([]);
  expect(rule.evaluate(results(oneUnit, [{ ...atOutput, metric: 'cosine' }]))).toHaveLength(1);
});

it('is silent where all, or nearly all, stimuli are compared, and between untrained networks', () => {
  expect(rule.evaluate(results(networks, [counted(null)]))).toEqual([]);
  const nearly = [0, 1, 2].map(() => [9, 9, 9]);
  expect(rule.evaluate(results(networks, [counted(nearly)]))).toEqual([]);
  const untrained = networks.map((each) => ({ ...each, trained: false }));
  expect(rule.evaluate(results(untrained, [counted(few)]))).toEqual([]);
});
