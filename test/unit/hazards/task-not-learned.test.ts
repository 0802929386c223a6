import { describe, expect, it } from 'vitest';
import { taskNotLearned as rule } from '../../../src/hazards/task-not-learned';
import { network, results, set, task } from './fabricate';

const of = (accuracy: number[], trained = true) =>
  results([network({ trained, accuracy: { hard: accuracy } })]);

describe('a task that was not learned', () => {
  it('is named, with what chance would give', () => {
    const [hazard, ...more] = rule.evaluate(of([0.5, 0.52, 0.51]));
    expect(more).toEqual([]);
    expect(hazard).toMatchObject({
      severity: 'warning',
      threshold: 0.2,
      where: { network: 'both', task: 'hard' },
    });
    expect(hazard.value).toBeCloseTo(0.02, 12);
    expect(hazard.message).toBe(
      '“both” has not learned “hard”: its accuracy is 51.0 % where chance is 50.0 %.',
    );
  });

  it('is measured from the most frequent class: .9 is nothing where .89 is chance', () => {
    const input = of([0.9]);
    expect(rule.evaluate({ ...input, tasks: { hard: { ...task, chance: 0.89 } } })).toHaveLength(1);
    expect(rule.evaluate(input)).toEqual([]);
  });

  it.each([
    // .6 is a fifth of the way, and in floating point a little less.
    ['a fifth of the way is made', of([0.6])],
    ['the network is untrained', of([0.5], false)],
    ['nothing is done', of([])],
    ['the test set has one class', { ...of([1]), tasks: { hard: { ...task, chance: 1 } } }],
  ])('is not seen where %s', (_, silent) => {
    expect(rule.evaluate(silent)).toEqual([]);
  });

  it('is not seen where the test set is drawn otherwise, so that the task cannot be told there', () => {
    const input = of([0.5]);
    const train = set([['hard', 'cue', 0.8]]);
    const test = set([['hard', 'cue', 0]]);
    expect(rule.evaluate({ ...input, stimuli: { ...input.stimuli, train, test } })).toEqual([]);
    expect(rule.evaluate({ ...input, stimuli: { ...input.stimuli, train, test: train } })).toHaveLength(1);
  });

  it('is seen where the sets differ by no more than small sets do', () => {
    const input = of([0.5]);
    const train = set([['hard', 'noise', -0.05]]);
    const test = { ...set([['hard', 'noise', 0.3]]), count: 40 };
    expect(rule.evaluate({ ...input, stimuli: { ...input.stimuli, train, test } })).toHaveLength(1);
    expect(
      rule.evaluate({ ...input, stimuli: { ...input.stimuli, train, test: { ...test, count: 400 } } }),
    ).toEqual([]);
    // Of three stimuli nothing is known; and what agrees in all of training and in half of the test is drawn otherwise.
    const few = { ...test, count: 3 };
    expect(rule.evaluate({ ...input, stimuli: { ...input.stimuli, train, test: few } })).toHaveLength(1);
    const always = set([['hard', 'noise', 1]]);
    expect(rule.evaluate({ ...input, stimuli: { ...input.stimuli, train: always, test } })).toEqual([]);
  });
});
