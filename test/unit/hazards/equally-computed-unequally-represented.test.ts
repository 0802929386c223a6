import { describe, expect, it } from 'vitest';
import { equallyComputedUnequallyRepresented as rule } from '../../../src/hazards/equally-computed-unequally-represented';
import { network, results, task } from './fabricate';

const five = (value: number): number[] => [value, value, value, value, value];
const both = (easy: number, hard: number, accuracy = { easy: 1, hard: 0.99 }, trained = true) =>
  network({
    trained,
    accuracy: { easy: five(accuracy.easy), hard: five(accuracy.hard) },
    varianceExplained: { easy: five(easy), hard: five(hard) },
  });

describe('a task computed as well as another that takes far less variance', () => {
  it('is named, with the numbers of the last hidden layer', () => {
    const [hazard, ...more] = rule.evaluate(results([both(0.55, 0.05)]));
    expect(more).toEqual([]);
    expect(hazard.where).toEqual({ network: 'both', layer: 'hidden2', task: 'hard', comparedWith: 'easy' });
    expect(hazard.value).toBeCloseTo(11, 9);
    expect(hazard.threshold).toBe(2);
    expect(hazard.severity).toBe('serious');
    expect(hazard.message).toBe(
      '“both” computes “hard” (accuracy 99 %) as well as “easy” (100 %), yet in hidden2 “easy” explains 55 % of the variance, ' +
        '11 times the 5 % of “hard”.',
    );
  });

  it('is found whichever task comes first, and with a finite ratio where one explains nothing', () => {
    const [hazard] = rule.evaluate(results([both(-0.01, 0.4)]));
    expect(hazard.where.task).toBe('easy');
    expect(hazard.value).toBeCloseTo(40, 9);
    expect(hazard.message).toContain(
      '40 % of the variance and “easy” less than 1 %: more than 40 times as much.',
    );
  });

  it('is a warning where the shares differ less, and silent where a replicate has them the other way round', () => {
    const [hazard] = rule.evaluate(results([both(0.5, 0.2)]));
    expect(hazard).toMatchObject({ severity: 'warning', value: 2.5 });
    const mixed = network({
      accuracy: { easy: five(1), hard: five(1) },
      varianceExplained: { easy: [0.6, 0.6, 0.6, 0.6, 0.1], hard: [0.1, 0.1, 0.1, 0.1, 0.2] },
    });
    expect(rule.evaluate(results([mixed]))).toEqual([]);
  });

  it('is found beside a replicate of a dead layer, which has no share of either', () => {
    const one = both(0.5, 0.1);
    for (const { varianceExplained = {} } of one.replicates[2].layers ?? [])
      for (const task of Object.keys(varianceExplained)) varianceExplained[task] = null;
    expect(rule.evaluate(results([one]))).toHaveLength(1);
  });

  it.each([
    ['shares are of one order', both(0.5, 0.3)],
    ['one task is computed less well', both(0.55, 0.05, { easy: 1, hard: 0.95 })],
    ['neither task is mastered', both(0.55, 0.05, { easy: 0.7, hard: 0.7 })],
    ['both shares are traces', both(0.04, 0.001)],
    ['the network is untrained', both(0.55, 0.05, { easy: 1, hard: 0.99 }, false)],
  ])('is not seen where %s', (_, silent) => {
    expect(rule.evaluate(results([silent]))).toEqual([]);
  });

  it('counts from chance: a task with a frequent class must do better', () => {
    const input = results([both(0.55, 0.05, { easy: 0.95, hard: 0.95 })]);
    expect(rule.evaluate(input)).toHaveLength(1);
    expect(rule.evaluate({ ...input, tasks: { easy: task, hard: { ...task, chance: 0.94 } } })).toEqual([]);
  });

  it('is not seen where nothing is done', () => {
    expect(rule.evaluate(results([network({ accuracy: { easy: [], hard: [] } })]))).toEqual([]);
  });
});
