import { describe, expect, it } from 'vitest';
import { tasksOverlap as rule } from '../../../src/hazards/tasks-overlap';
import { network, results, set } from './fabricate';

const five = (value: number): number[] => [value, value, value, value, value];
const of = (r: number, derived: number, unique: number, trained = true) => {
  const input = results([
    network({
      trained,
      accuracy: { whole: five(1), derived: five(1) },
      varianceExplained: { whole: five(0.5), derived: five(derived) },
      unique: { whole: five(0.4), derived: five(unique) },
    }),
  ]);
  return { ...input, stimuli: { ...input.stimuli, test: set([['whole', 'derived', r]]) } };
};

describe('a task that is derived from another', () => {
  it('is named with the share that is its own', () => {
    const [hazard, ...more] = rule.evaluate(of(0.58, 0.2, 0.04));
    expect(more).toEqual([]);
    expect(hazard).toMatchObject({
      severity: 'warning',
      threshold: 0.5,
      where: { network: 'both', layer: 'hidden2', task: 'derived', comparedWith: 'whole' },
    });
    expect(hazard.value).toBeCloseTo(0.2, 9);
    expect(hazard.message).toBe(
      '“derived” explains 20 % of the variance in hidden2 of “both”, but 4 % by itself: the rest other tasks explain as well. ' +
        'It correlates with “whole” by 0.58 in the test set.',
    );
  });

  it('is named at exactly half, and once for two that are the same', () => {
    expect(rule.evaluate(of(-0.58, 0.3, 0.15))).toHaveLength(1);
    const same = network({
      accuracy: { a: five(1), b: five(1) },
      varianceExplained: { a: five(0.5), b: five(0.5) },
      unique: { a: five(0), b: five(0) },
    });
    const input = results([same]);
    expect(
      rule.evaluate({ ...input, stimuli: { ...input.stimuli, test: set([['a', 'b', 1]]) } }),
    ).toHaveLength(1);
  });

  it.each([
    ['the tasks do not correlate', of(0.1, 0.2, 0.04)],
    ['most of the share is its own', of(0.58, 0.2, 0.15)],
    ['the share is a trace', of(0.58, 0.03, 0)],
    ['the network is untrained', of(0.58, 0.2, 0.04, false)],
  ])('is not seen where %s', (_, silent) => {
    expect(rule.evaluate(silent)).toEqual([]);
  });
});
