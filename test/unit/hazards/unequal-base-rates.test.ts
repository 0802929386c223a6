import { describe, expect, it } from 'vitest';
import { unequalBaseRates as rule } from '../../../src/hazards/unequal-base-rates';
import { network, results, task } from './fabricate';

const of = (rare: number, even: number, trained = true) => ({
  ...results([network({ trained, accuracy: { rare: [rare, rare], even: [even, even] } })]),
  tasks: { rare: { ...task, chance: 0.9, baseRate: 0.1 }, even: task },
});

describe('accuracies of tasks with unequal base rates', () => {
  it('are named where the one that looks as good is behind, from chance', () => {
    const [hazard, ...more] = rule.evaluate(of(0.92, 0.9));
    expect(more).toEqual([]);
    expect(hazard).toMatchObject({
      severity: 'warning',
      threshold: 0.2,
      where: { network: 'both', task: 'rare', comparedWith: 'even' },
    });
    expect(hazard.value).toBeCloseTo(0.6, 9);
    expect(hazard.message).toBe(
      '“both” looks as accurate for “rare” (92 %) as for “even” (90 %), but chance is 90 % and 50 %: it has come 20 % of the way to ' +
        'perfect for “rare”, 80 % for “even”.',
    );
  });

  it('has come none of the way below chance', () => {
    const [hazard] = rule.evaluate(of(0.85, 0.8));
    expect(hazard.message).toContain('it has come 0 % of the way to perfect for “rare”, 60 % for “even”.');
  });

  it.each([
    ['both are perfect', of(1, 1)],
    ['the rare one looks worse as well', of(0.9, 0.95)],
    ['they have come as far', of(0.98, 0.9)],
    ['the network is untrained', of(0.92, 0.9, false)],
  ])('are not named where %s', (_, silent) => {
    expect(rule.evaluate(silent)).toEqual([]);
  });
});
