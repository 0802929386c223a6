import { describe, expect, it } from 'vitest';
import { tooFewSeeds as rule } from '../../../src/hazards/too-few-seeds';
import type { ReplicateStatus } from '../../../src/protocol/results';
import { network, results } from './fabricate';

const seeds = (status: ReplicateStatus[], trained = true) =>
  results([network({ accuracy: { easy: status.map(() => 1) }, status, trained })]);
const done = (count: number) => new Array<ReplicateStatus>(count).fill('done');

describe('too few seeds', () => {
  it('are named, with those that were lost', () => {
    expect(rule.evaluate(seeds([...done(4), 'failed']))).toMatchObject([
      { severity: 'warning', value: 4, threshold: 5, where: { network: 'both' } },
    ]);
    expect(rule.evaluate(seeds([...done(4), 'failed']))[0].message).toContain(
      '“both” has 4 replicates (1 more failed or was cancelled), fewer than 5',
    );
  });

  it('are serious where there is one, or none', () => {
    expect(rule.evaluate(seeds(done(1)))[0]).toMatchObject({ severity: 'serious', value: 1 });
    expect(rule.evaluate(seeds(['cancelled']))[0].message).toMatch(/^No replicate of “both” is done/);
  });

  it('are not seen with five, nor in an untrained network', () => {
    expect(rule.evaluate(seeds(done(5)))).toEqual([]);
    expect(rule.evaluate(seeds(done(1), false))).toEqual([]);
  });
});
