import { describe, expect, it } from 'vitest';
import type { HazardInput, HazardRule } from '../../../src/hazards/hazard-rule';
import { labelNoise } from '../../../src/hazards/label-noise';
import { memorised } from '../../../src/hazards/memorised';
import { taskDeclined } from '../../../src/hazards/task-declined';
import { taskNotConverged } from '../../../src/hazards/task-not-converged';
import { taskNotLearned } from '../../../src/hazards/task-not-learned';
import { experimentOf } from '../../support/run-experiment';
import { runHere } from '../../support/run-here';
import { scratch } from '../../support/scratch';
import { tinyExperiment } from '../../support/tiny-experiment';
import { type Fabricated, network, results, task } from './fabricate';

/** A network whose training labels of `hard` are wrong in this share. */
function noisy(share: number, given: Partial<Fabricated> = {}, classes = task.classes): HazardInput {
  const made = network({ accuracy: { easy: [1, 1, 1], hard: [0.97, 0.96, 0.98] }, ...given });
  const found = results([{ ...made, labelNoise: { easy: 0, hard: share } }]);
  return { ...found, tasks: { ...found.tasks, hard: { ...task, classes } } };
}

describe('wrong training labels', () => {
  it('are named with the ceiling that they put to the training set', () => {
    const [hazard, ...more] = labelNoise.evaluate(noisy(0.3));
    expect(more).toEqual([]);
    expect(hazard).toMatchObject({ severity: 'info', value: 0.3, where: { network: 'both', task: 'hard' } });
    expect(hazard.message).toContain('no more than 70 % can be answered right');
  });

  it('are a warning from where on they do not say what is right: of more classes later', () => {
    const of = (share: number, classes?: string[]) => labelNoise.evaluate(noisy(share, {}, classes))[0];
    expect(of(0.49).severity).toBe('info');
    expect(of(0.5)).toMatchObject({ severity: 'warning', threshold: 0.5 });
    expect(of(0.6, ['a', 'b', 'c']).severity).toBe('info');
    expect(of(2 / 3, ['a', 'b', 'c']).severity).toBe('warning');
  });

  it('are not named where hardly any are, or the network is untrained', () => {
    expect(labelNoise.evaluate(noisy(0.01))).toEqual([]);
    expect(labelNoise.evaluate(noisy(0.3, { trained: false }))).toEqual([]);
    expect(labelNoise.evaluate(results([network({ accuracy: { hard: [1] } })]))).toEqual([]);
  });

  // What was measured of two equally easy tasks, one with half of its labels or more wrong.
  const course = (...hard: number[]): Fabricated['course'] =>
    hard.map((accuracy, at) => ({
      epoch: at * 10,
      accuracy: { hard: accuracy },
      loss: at === 0 ? 0.35 : 0.45,
    }));
  const [easy, low] = [
    [1, 1, 1],
    [0.05, 0.06, 0.04],
  ];
  it.each<[string, HazardRule, Partial<Fabricated>]>([
    ['not learned', taskNotLearned, { accuracy: { easy, hard: low } }],
    [
      'not converged',
      taskNotConverged,
      { accuracy: { easy, hard: low }, course: course(0, 0, 0, 0.01, 0.05) },
    ],
    ['declined', taskDeclined, { accuracy: { easy, hard: low }, course: course(0.5, 0.2, 0.05) }],
    ['memorised', memorised, { loss: 0.45, course: course(0.5, 0.5) }],
  ])('that do not say what is right make no task %s', (_, rule, given) => {
    expect(rule.evaluate(noisy(0, given))).toHaveLength(1);
    expect(rule.evaluate(noisy(0.7, given))).toEqual([]);
    // Fewer leave the rule as it is, and it says why.
    expect(rule.evaluate(noisy(0.2, given))).toHaveLength(1);
  });

  it('are said to be what was learned by heart', () => {
    const given = { accuracy: { easy, hard: [0.85, 0.84, 0.86] }, course: course(0.5, 0.99, 0.9), loss: 0.5 };
    expect(taskDeclined.evaluate(noisy(0.3, given))[0].advice).toMatch(
      /^30 % of its training labels are wrong/,
    );
    expect(memorised.evaluate(noisy(0.3, given))[0].message).toContain('the wrong labels among them');
  });
});

it('results say of each task how many are wrong, at every point of a sweep', async () => {
  const file = tinyExperiment({
    ...{ networks: { both: {} }, seeds: 1, sweep: { 'training.labelNoise.hard': [0.2, 0] } },
  });
  const training = { ...file.training, epochs: 1, labelNoise: { hard: 0.1 } };
  const found = await runHere(experimentOf({ ...file, training }), scratch());
  expect(found.networks[0].labelNoise).toEqual({ easy: 0, hard: 0.2 });
  expect(found.sweep?.points[1].networks?.both.labelNoise).toEqual({ easy: 0, hard: 0 });
  const said = found.hazards.filter(({ rule }) => rule === 'label-noise');
  expect(said.map(({ where }) => where.point)).toEqual(['0']);
});
