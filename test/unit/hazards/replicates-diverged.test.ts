import { expect, it } from 'vitest';
import { replicatesDiverged as rule } from '../../../src/hazards/replicates-diverged';
import type { Ending } from '../../../src/protocol/status';
import { network, results } from './fabricate';

const after = (status: Ending[], reason: string) => {
  const one = network({ accuracy: { easy: [1, 1] }, status });
  for (const replicate of one.replicates) if (replicate.status === 'failed') replicate.reason = reason;
  return results([one]);
};
const diverged = 'Training diverged: the loss was not finite at step 3 (epoch 0.1).';

it('names how many replicates diverged where others are done', () => {
  const found = rule.evaluate(after(['done', 'failed', 'done', 'failed'], diverged));
  expect(found).toMatchObject([{ where: { network: 'both' }, value: 2 }]);
  expect(found[0].message).toContain(
    '2 of 4 replicates of “both” diverged: means are over the 2 that are done',
  );
});

it('is silent where all are done, none is, or they failed for another reason', () => {
  expect(rule.evaluate(after(['done', 'done'], diverged))).toEqual([]);
  expect(rule.evaluate(after(['failed', 'failed'], diverged))).toEqual([]);
  expect(rule.evaluate(after(['done', 'failed'], 'A worker died.'))).toEqual([]);
});
