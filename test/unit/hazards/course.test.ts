import { describe, expect, it } from 'vitest';
import { memorised } from '../../../src/hazards/memorised';
import { taskDeclined } from '../../../src/hazards/task-declined';
import { taskNotConverged } from '../../../src/hazards/task-not-converged';
import { type Fabricated, network, results, set } from './fabricate';

const trained = (end: number, course: Fabricated['course'] = [], more: Partial<Fabricated> = {}) =>
  results([network({ accuracy: { hard: [end, end, end] }, course, ...more })]);
const course = (...accuracies: number[]): Fabricated['course'] =>
  accuracies.map((hard, at) => ({ epoch: at * 10, accuracy: { hard } }));

const early: Fabricated['course'] = [0, 1, 5, 40].map((epoch) => ({
  epoch,
  accuracy: { hard: 0.5 + epoch / 100 },
}));

describe('a task that was still being learned when training ended', () => {
  it('is named with how much its accuracy rose late in training', () => {
    // Of 40 epochs the newest checkpoint within four fifths is that of epoch 30.
    const [hazard, ...more] = taskNotConverged.evaluate(trained(0.9, course(0.5, 0.6, 0.7, 0.85, 0.9)));
    expect(more).toEqual([]);
    expect(hazard).toMatchObject({ where: { network: 'both', task: 'hard' }, threshold: 0.02 });
    expect(hazard.value).toBeCloseTo(0.05, 12);
    expect(hazard.message).toContain('its accuracy rose from 85.0 % to 90.0 % from epoch 30 of 40 on.');
  });

  it.each([
    ['it was learned before', trained(0.99, course(0.5, 0.99, 0.99, 0.985, 0.99))],
    ['it is learned at the end', trained(0.999, course(0.5, 0.6, 0.7, 0.85, 0.999))],
    // As of checkpoints that are spaced logarithmically.
    ['nothing was measured late', results([network({ accuracy: { hard: [0.9, 0.9, 0.9] }, course: early })])],
    ['it is at chance throughout', trained(0.5, course(0.5, 0.5, 0.5, 0.5, 0.5))],
    ['nothing was measured in between', trained(0.9)],
    ['the network is untrained', trained(0.9, course(0.5, 0.6, 0.7, 0.85, 0.9), { trained: false })],
  ])('is not seen where %s', (_, silent) => {
    expect(taskNotConverged.evaluate(silent)).toEqual([]);
  });
});

describe('a task that was computed better before', () => {
  it('is named with its best epoch', () => {
    const [hazard, ...more] = taskDeclined.evaluate(trained(0.8, course(0.5, 0.95, 0.8)));
    expect(more).toEqual([]);
    expect(hazard.value).toBeCloseTo(0.15, 12);
    expect(hazard.message).toContain('its accuracy was 95.0 % at epoch 10, and is 80.0 % at the end.');
  });

  it('is not seen where its end is as good, or the test set asks for something else', () => {
    expect(taskDeclined.evaluate(trained(0.93, course(0.5, 0.95, 0.93)))).toEqual([]);
    const shifted = trained(0.6, course(0.5, 0.95, 0.6));
    const { stimuli } = shifted;
    expect(
      taskDeclined.evaluate({
        ...shifted,
        stimuli: { ...stimuli, train: set([['hard', 'easy', 0.8]]), test: set([['hard', 'easy', 0]]) },
      }),
    ).toEqual([]);
  });
});

describe('a network whose loss on fresh stimuli rises', () => {
  const losses = (...each: number[]): Fabricated['course'] =>
    each.map((loss, at) => ({ epoch: at * 10, loss }));

  it('is named with how many times its least loss that is', () => {
    const [hazard, ...more] = memorised.evaluate(trained(0.5, losses(0.7, 0.6, 1.5), { loss: 1.5 }));
    expect(more).toEqual([]);
    expect(hazard).toMatchObject({ where: { network: 'both' }, value: 2.5, threshold: 1.25 });
    expect(hazard.message).toContain('was 0.60 at epoch 10, and is 1.50 at the end');
  });

  it('is told apart from one that was best before training, or within its first epoch', () => {
    const [never] = memorised.evaluate(trained(0.5, losses(0.6, 0.7, 1.5), { loss: 1.5 }));
    expect(never.message).toContain('was 0.60 before training, and is 1.50 at the end');
    const within = [0.7, 0.6, 1.5].map((loss, at) => ({ epoch: at * 0.0234, loss }));
    const [early] = memorised.evaluate(trained(0.5, within, { loss: 1.5 }));
    expect(early.message).toContain('was 0.60 at epoch 0.0234, and is 1.50 at the end');
  });

  it.each([
    ['its loss fell to the end', trained(1, losses(0.7, 0.6, 0.2), { loss: 0.2 })],
    ['its loss is small', trained(1, losses(0.7, 0.01, 0.05), { loss: 0.05 })],
    ['it is untrained', trained(0.5, losses(0.7, 0.6, 1.5), { loss: 1.5, trained: false })],
  ])('is not seen where %s', (_, silent) => {
    expect(memorised.evaluate(silent)).toEqual([]);
  });
});
