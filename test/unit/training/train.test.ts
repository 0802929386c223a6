import { describe, expect, it } from 'vitest';
import { DivergenceError, type Progress } from '../../../src/training/engine';
import type { Score } from '../../../src/training/loss';
import type { Stepper, Update } from '../../../src/training/stepper';
import { trainWith } from '../../../src/training/train';
import { binaryTask, makeJob, type Changes } from './job';

/** Records what it is asked; its only parameter counts the steps. */
class FakeStepper implements Stepper {
  readonly updates: Update[] = [];
  constructor(readonly answer: (step: number, update: Update) => Score = () => ({ loss: 1, correct: [0] })) {}
  step(update: Update): Score {
    this.updates.push({ ...update, rows: update.rows.slice() });
    return this.answer(update.step, update);
  }
  readonly resets: number[] = [];
  resetOptimizer(): void {
    this.resets.push(this.updates.length);
  }
  parameters(): Float32Array<ArrayBuffer> {
    return Float32Array.of(this.updates.length);
  }
}

const inputs = Array.from({ length: 10 }, (_, i) => [i]);
const targets = [{ task: binaryTask('t'), values: inputs.map(() => 0) }];
/** 10 stimuli in batches of 4: an epoch is 3 steps (4, 4, 2). */
const job = (changes: Changes) =>
  makeJob(inputs, targets, { ...changes, training: { batchSize: 4, ...changes.training } });

describe('trainWith', () => {
  it('runs the batches on across phases, with the learning rate and the weights of each', async () => {
    const stepper = new FakeStepper();
    const trained = await trainWith(
      stepper,
      job({
        training: { schedule: { type: 'linear', warmup: 0, final: 0, factor: 0.5, every: 10 } },
        phases: [
          { steps: 2, learningRate: 1, weights: [1] },
          { steps: 0, weights: [3] },
          { steps: 6, learningRate: 0.1, weights: [2] },
        ],
      }),
    );
    const { updates } = stepper;
    expect(trained.phaseEnds).toEqual([2, 2, 8]);
    expect(updates.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(updates.map(({ rows }) => rows.length)).toEqual([4, 4, 2, 4, 4, 2, 4, 4]);
    expect(updates.map(({ weights }) => weights[0])).toEqual([1, 1, 2, 2, 2, 2, 2, 2]);
    expect(new Set(updates.slice(0, 3).flatMap(({ rows }) => [...rows])).size).toBe(10);
    updates.forEach(({ learningRate }, i) =>
      expect(learningRate).toBeCloseTo((i < 2 ? 1 : 0.1) * (1 - i / 8), 12),
    );
  });

  it('chooses the batches of a phase that has rows of its own among these, in an order of their own', async () => {
    const stepper = new FakeStepper();
    const begun: number[] = [];
    const phased = Object.assign(stepper, {
      begin: (phase: number) => (begun.push(phase), phase === 1 ? 6 : null),
    });
    await trainWith(phased, job({ phases: [{ steps: 2 }, { steps: 4 }, { steps: 1 }] }));
    expect(begun).toEqual([0, 1, 2]);
    const rows = phased.updates.map((update) => [...update.rows]);
    expect(rows.map(({ length }) => length)).toEqual([4, 4, 4, 2, 4, 2, 2]);
    for (const epoch of [rows.slice(2, 4), rows.slice(4, 6)])
      expect(epoch.flat().sort()).toEqual([0, 1, 2, 3, 4, 5]);
    // What all are trained on goes on where it was.
    expect([...rows[0], ...rows[1], ...rows[6]].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('keeps the parameters after the steps of its checkpoints', async () => {
    const seen: number[] = [];
    const trained = await trainWith(
      new FakeStepper(),
      job({ training: { checkpoints: [2, 5] }, phases: [{ steps: 9 }] }),
      {
        checkpoint: ({ step }) => void seen.push(step),
      },
    );
    expect(trained.checkpoints.map(({ step, epoch, parameters }) => [step, epoch, parameters[0]])).toEqual([
      [0, 0, 0],
      [2, 2 / 3, 2],
      [5, 5 / 3, 5],
      [9, 3, 9],
    ]);
    expect(seen).toEqual([0, 2, 5, 9]);
  });

  it('stops early at the end of an epoch, and keeps the final parameters', async () => {
    // Good from step 5 on: the epoch of steps 3–5 is not good as a whole, the next two are.
    const stepper = new FakeStepper((step) => ({ loss: step >= 5 ? 0.01 : 1, correct: [0] }));
    const trained = await trainWith(
      stepper,
      job({ training: { checkpoints: 0 }, phases: [{ steps: 100, stopWhen: { loss: 0.05, patience: 2 } }] }),
    );
    expect(trained.steps).toBe(12);
    expect(trained.phaseEnds).toEqual([12]);
    expect(trained.checkpoints.map(({ step }) => step)).toEqual([0, 12]);
  });

  it('goes on to the next phase when one stops early, and judges it by its own whole epochs', async () => {
    const good = new FakeStepper(() => ({ loss: 0, correct: [0] }));
    const stopWhen = { loss: 0.05, patience: 1 };
    const trained = await trainWith(
      good,
      job({ phases: [{ steps: 4 }, { steps: 50, stopWhen }, { steps: 50, stopWhen }] }),
    );
    // The second phase begins at step 4, in the middle of the second epoch: its first whole epoch is the third.
    expect(trained.phaseEnds).toEqual([4, 9, 12]);
  });

  it('lasts until tasks are learned, keeps the end as a checkpoint, and tells when each was', async () => {
    // Of 10 stimuli an epoch, 4, 4 and 2: the first task is right from step 3 on, the second from step 9 on, the third never.
    const stepper = new FakeStepper((step, { rows }) => ({
      loss: 1,
      correct: [step >= 3 ? rows.length : 0, step >= 9 ? rows.length : 0, 0],
    }));
    const three = ['a', 'b', 'c'].map((name) => ({ ...targets[0], task: binaryTask(name) }));
    const reports: Progress[] = [];
    const trained = await trainWith(
      stepper,
      makeJob(inputs, three, {
        training: { batchSize: 4, checkpoints: [1] },
        phases: [
          { steps: 100, until: [1, 0.9, null] },
          { steps: 5, until: [null, null, 0.5], resetOptimizer: true },
          { steps: 3 },
        ],
      }),
      { progress: (progress) => reports.push(progress) },
    );
    expect(trained.phaseEnds).toEqual([12, 17, 20]);
    expect(trained.criteria).toEqual([
      { task: 'a', phase: 0, steps: 6, of: 12 },
      { task: 'b', phase: 0, steps: 12, of: 12 },
      { task: 'c', phase: 1, steps: null, of: 5 },
    ]);
    expect(trained.checkpoints.map(({ step }) => step)).toEqual([0, 1, 12, 17, 20]);
    expect(stepper.resets).toEqual([12]);
    // What was planned and is not to come counts no more.
    expect(reports.map(({ step, totalSteps }) => [step, totalSteps])).toEqual([
      [3, 108],
      [6, 108],
      [9, 108],
      [12, 108],
      [15, 20],
      [18, 20],
      [20, 20],
    ]);
  });

  it('draws one point of the curve per epoch, each stimulus counting the same', async () => {
    const stepper = new FakeStepper((step, { rows }) => ({
      loss: step,
      correct: [rows.length === 2 ? 2 : 1],
    }));
    const reports: Progress[] = [];
    const trained = await trainWith(stepper, job({ training: { unit: 'epochs' }, phases: [{ steps: 6 }] }), {
      progress: (progress) => reports.push(progress),
    });
    expect(trained.curve).toEqual([
      { step: 3, totalSteps: 6, epoch: 1, loss: (4 * 0 + 4 * 1 + 2 * 2) / 10, accuracy: [0.4] },
      { step: 6, totalSteps: 6, epoch: 2, loss: (4 * 3 + 4 * 4 + 2 * 5) / 10, accuracy: [0.4] },
    ]);
    expect(reports).toEqual(trained.curve);
  });

  it('draws about 100 points where training is counted in steps', async () => {
    const trained = await trainWith(new FakeStepper(), job({ phases: [{ steps: 1005 }] }));
    expect(trained.curve).toHaveLength(101);
    expect(trained.curve[100].step).toBe(1005);
  });

  it('ends a replicate whose loss or whose parameters are not finite', async () => {
    const bad = new FakeStepper((step) => ({ loss: step === 4 ? NaN : 1, correct: [0] }));
    await expect(trainWith(bad, job({ phases: [{ steps: 9 }] }))).rejects.toEqual(
      new DivergenceError(5, 5 / 3),
    );
    const silent = new FakeStepper();
    silent.parameters = () => Float32Array.of(silent.updates.length < 9 ? 0 : Infinity);
    await expect(trainWith(silent, job({ phases: [{ steps: 9 }] }))).rejects.toEqual(
      new DivergenceError(9, 3),
    );
  });

  it('lets other events of its thread happen in a long training, and reports meanwhile', async () => {
    let ticks = 0;
    let reports = 0;
    const timer = setInterval(() => ticks++, 10);
    const slow = new FakeStepper(() => {
      const until = performance.now() + 5;
      while (performance.now() < until);
      return { loss: 1, correct: [0] };
    });
    const long = makeJob(inputs, targets, { training: { batchSize: 1 }, phases: [{ steps: 60 }] });
    await trainWith(
      slow,
      { ...long, network: { ...long.network, training: { ...long.network.training, stepsPerEpoch: 1000 } } },
      {
        progress: () => reports++,
      },
    );
    clearInterval(timer);
    expect(ticks).toBeGreaterThanOrEqual(2);
    expect(reports).toBeGreaterThanOrEqual(3);
  });
});
