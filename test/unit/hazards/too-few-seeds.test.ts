import { describe, expect, it } from 'vitest';
import { tooFewSeeds as rule } from '../../../src/hazards/too-few-seeds';
import type { Ending } from '../../../src/protocol/status';
import { network, results } from './fabricate';

const seeds = (status: Ending[], trained = true) =>
  results([network({ accuracy: { easy: status.map(() => 1) }, status, trained })]);
const done = (count: number) => new Array<Ending>(count).fill('done');

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

  it('of a network that diverges want another training, not more seeds', () => {
    const input = seeds(['done', 'failed']);
    const failed = (reason: string) => {
      input.networks[0].replicates[1].reason = reason;
      return rule.evaluate(input)[0].advice;
    };
    expect(failed('Training diverged: the loss was not finite at step 3 (epoch 0.1).')).toMatch(
      /^Lower the learning rate/,
    );
    expect(failed('The worker ran out of memory.')).toMatch(/^Mend what made replicates fail/);
    expect(rule.evaluate(seeds(done(2)))[0].advice).toMatch(/^Set "seeds" to 5 or more/);
  });

  it('that the file asks for and that were cancelled want to be made up for, not more of them', () => {
    const [{ advice }] = rule.evaluate(seeds([...done(2), 'cancelled', 'cancelled', 'cancelled']));
    expect(advice).toMatch(/^Analyse the experiment again: finished replicates are kept/);
    expect(rule.evaluate(seeds(['done', 'cancelled']))[0].advice).toMatch(/^Set "seeds" to 5 or more/);
  });

  it('are not seen with five, nor in an untrained network', () => {
    expect(rule.evaluate(seeds(done(5)))).toEqual([]);
    expect(rule.evaluate(seeds(done(1), false))).toEqual([]);
  });
});
