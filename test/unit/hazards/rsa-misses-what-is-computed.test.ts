import { expect, it } from 'vitest';
import { rsaMissesWhatIsComputed as rule } from '../../../src/hazards/rsa-misses-what-is-computed';
import { network, results } from './fabricate';

const hard = (modelRsa: number[], accuracy = 1, trained = true) =>
  results([
    network({ trained, accuracy: { hard: modelRsa.map(() => accuracy) }, modelRsa: { hard: modelRsa } }),
  ]);

it('names a task that is computed, and that the RDM does not have', () => {
  expect(rule.evaluate(hard([0.02, 0, 0.04]))).toMatchObject([
    {
      where: { network: 'both', layer: 'hidden2', task: 'hard' },
      value: 0.02,
      message:
        '“both” reads “hard” off hidden2 (accuracy 100 %), yet the RDM of hidden2 is similar to that of “hard” by 0.02.',
    },
  ]);
});

it.each([
  ['the RDM has it', hard([0.3, 0.3, 0.3])],
  ['the RDM of a replicate has it', hard([0, 0, 0.14])],
  ['the task is not computed', hard([0, 0, 0], 0.6)],
  ['the network is untrained', hard([0, 0, 0], 1, false)],
])('is silent where %s', (_, silent) => {
  expect(rule.evaluate(silent)).toEqual([]);
});
