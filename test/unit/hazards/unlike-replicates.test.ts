import { describe, expect, it } from 'vitest';
import { unlikeReplicates as rule } from '../../../src/hazards/unlike-replicates';
import { network, results } from './fabricate';

const hard = (varianceExplained: number[], accuracy = varianceExplained.map(() => 0.99), trained = true) =>
  results([
    network({ trained, accuracy: { hard: accuracy }, varianceExplained: { hard: varianceExplained } }),
  ]);

describe('replicates so unlike that their mean describes none', () => {
  it('are named with their points where they fall into two groups', () => {
    const [hazard, ...more] = rule.evaluate(hard([0.3, 0.03, 0.28, 0.04, 0.05]));
    expect(more).toEqual([]);
    expect(hazard).toMatchObject({
      value: 0,
      threshold: 0.2,
      where: { network: 'both', layer: 'hidden2', task: 'hard' },
    });
    expect(hazard.message).toBe(
      'The mean variance explained by “hard” in hidden2 of “both”, 0.14, describes none of its 5 replicates: ' +
        'they lie at 0.03, 0.04, 0.05, 0.28, 0.30.',
    );
  });

  it('are named where some seeds never learned the task', () => {
    const found = rule.evaluate(hard([0.1, 0.1, 0.1, 0.1, 0.1], [1, 0.5, 1, 1, 0.5]));
    expect(found).toMatchObject([{ value: 0, where: { network: 'both', task: 'hard' } }]);
    expect(found[0].message).toContain(
      'The mean accuracy of “hard” of “both”, 0.80, describes none of its 5',
    );
  });

  it('are named where they are scattered around one that happens to be in the middle', () => {
    expect(rule.evaluate(hard([0.02, 0.1, 0.35, 0.6, 0.68]))).toMatchObject([{ value: 0.2 }]);
  });

  it('are listed by quartiles where there are many', () => {
    const many = Array.from({ length: 20 }, (_, i) => (i < 10 ? 0.05 : 0.6));
    expect(rule.evaluate(hard(many))[0].message).toContain('0.05 … 0.05 … 0.60 … 0.60 … 0.60 (quartiles)');
  });

  it('are told by counts, not by the rounding of their mean: at .05 from it they are close', () => {
    expect(rule.evaluate(hard([0.3, 0.3, 0.3, 0.3, 0.3], [0.75, 1, 1, 1, 1]))).toEqual([]);
  });

  it.each([
    ['they spread evenly about their mean', hard([0.15, 0.18, 0.2, 0.24, 0.27])],
    ['they differ by traces', hard([0.01, 0.01, 0.05, 0.05, 0.06])],
    ['there are but two', hard([0.05, 0.6])],
    ['one of five is an outlier and four agree with their mean', hard([0.3, 0.3, 0.31, 0.29, 0.45])],
    ['the network is untrained', hard([0.3, 0.03, 0.28, 0.04, 0.05], undefined, false)],
  ])('are not seen where %s', (_, silent) => {
    expect(rule.evaluate(silent)).toEqual([]);
  });
});
