import { describe, expect, it } from 'vitest';
import type { Phase, Training } from '../../../src/experiment/experiment';
import { batches } from '../../../src/training/batches';
import { checkpointSteps } from '../../../src/training/checkpoint-steps';
import { scheduleFactor } from '../../../src/training/schedule';
import { shouldStop } from '../../../src/training/stopping';
import { makeJob, XOR, type Changes } from './job';

const training = (changes: Changes['training'], steps = 100): Training =>
  makeJob(XOR.inputs, XOR.targets, { training: { batchSize: 1, ...changes }, phases: [{ steps }] }).network
    .training;

describe('scheduleFactor', () => {
  const plain = { warmup: 0, final: 0, factor: 0.5, every: 10 };
  // An epoch is 4 steps.
  const factors = (schedule: Partial<Training['schedule']>, steps: readonly number[]) =>
    steps.map((step) =>
      scheduleFactor(training({ schedule: { type: 'constant', ...plain, ...schedule } }), step),
    );

  it('is 1 when constant', () => expect(factors({}, [0, 50, 99])).toEqual([1, 1, 1]));
  it('rises linearly in warm-up, by epochs', () =>
    expect(factors({ warmup: 2 }, [0, 3, 7, 8])).toEqual([1 / 8, 1 / 2, 1, 1]));
  it('falls linearly to the final share after the last step', () =>
    expect(factors({ type: 'linear', final: 0.2 }, [0, 50, 100])).toEqual([1, 0.6, 1 - 0.8]));
  it('starts to fall when warm-up ends', () =>
    expect(factors({ type: 'linear', warmup: 5 }, [19, 20, 60])).toEqual([1, 1, 0.5]));
  it('falls along a cosine', () => {
    const [start, quarter, half, end] = factors({ type: 'cosine', final: 0.1 }, [0, 25, 50, 100]);
    expect(start).toBe(1);
    expect(quarter).toBeCloseTo(0.1 + 0.9 * (0.5 + Math.SQRT1_2 / 2), 12);
    expect(half).toBeCloseTo(0.55, 12);
    expect(end).toBeCloseTo(0.1, 12);
  });
  it('falls in steps, after whole periods', () =>
    expect(factors({ type: 'step', every: 5 }, [0, 19, 20, 39, 40])).toEqual([1, 1, 0.5, 0.5, 0.25]));
  it('falls exponentially, by the factor in each period', () => {
    expect(factors({ type: 'exponential', every: 5 }, [0, 20, 40])).toEqual([1, 0.5, 0.25]);
    expect(factors({ type: 'exponential', every: 5 }, [10])[0]).toBeCloseTo(Math.SQRT1_2, 12);
  });
});

describe('checkpointSteps', () => {
  it('spaces a number of checkpoints logarithmically, with both ends', () => {
    expect(checkpointSteps(training({ checkpoints: 5 }, 1000))).toEqual([0, 1, 10, 100, 1000]);
    const twelve = checkpointSteps(training({ checkpoints: 12 }, 800));
    expect(twelve).toHaveLength(12);
    expect(twelve.slice(0, 3)).toEqual([0, 1, 2]);
    expect(twelve[11]).toBe(800);
  });
  it('keeps them distinct, and takes every step where there are not enough', () => {
    expect(checkpointSteps(training({ checkpoints: 12 }, 20))).toHaveLength(12);
    expect(checkpointSteps(training({ checkpoints: 12 }, 3))).toEqual([0, 1, 2, 3]);
  });
  it('always keeps the first and the last', () => {
    expect(checkpointSteps(training({ checkpoints: 0 }, 50))).toEqual([0, 50]);
    expect(checkpointSteps(training({ checkpoints: 1 }, 50))).toEqual([0, 50]);
    expect(checkpointSteps(training({ checkpoints: [] }, 50))).toEqual([0, 50]);
    expect(checkpointSteps(training({ checkpoints: 12 }, 0))).toEqual([0]);
  });
  it('takes a list in the unit of the file, and leaves out what lies past the end', () => {
    expect(checkpointSteps(training({ checkpoints: [10, 5, 5, 999] }, 100))).toEqual([0, 5, 10, 100]);
    expect(checkpointSteps(training({ checkpoints: [10, 2.5], unit: 'epochs' }, 100))).toEqual([
      0, 10, 40, 100,
    ]);
  });
});

describe('batches', () => {
  it('shows each stimulus once an epoch, in a new order, the last batch smaller', () => {
    const order = batches('net', 0, 10, 4);
    const epochs = Array.from({ length: 2 }, () =>
      Array.from({ length: 3 }, () => Array.from(order.next().value)),
    );
    for (const epoch of epochs) {
      expect(epoch.map((rows) => rows.length)).toEqual([4, 4, 2]);
      expect(epoch.flat().sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }
    expect(epochs[0]).not.toEqual(epochs[1]);
  });
  it('depends on network and seed alone', () => {
    const first = (name: string, seed: number) => Array.from(batches(name, seed, 50, 50).next().value);
    expect(first('a', 0)).toEqual(first('a', 0));
    expect(first('a', 0)).not.toEqual(first('a', 1));
    expect(first('a', 0)).not.toEqual(first('b', 0));
  });
});

describe('shouldStop', () => {
  const phase = (stopWhen: Phase['stopWhen'], weights: readonly number[] = [1, 1]): Phase => ({
    weights,
    steps: 100,
    learningRate: 0.1,
    stopWhen,
  });
  const epoch = (loss: number, ...accuracy: number[]) => ({ loss, accuracy });

  it('never stops without a criterion', () => expect(shouldStop(phase(null), [epoch(0, 1, 1)])).toBe(false));
  it('wants every named condition', () => {
    const both = phase({ loss: 0.1, accuracy: 0.9, patience: 1 });
    expect(shouldStop(both, [epoch(0.1, 0.9, 1)])).toBe(true);
    expect(shouldStop(both, [epoch(0.11, 1, 1)])).toBe(false);
    expect(shouldStop(both, [epoch(0.1, 1, 0.89)])).toBe(false);
    expect(shouldStop(phase({ loss: 0.1, patience: 1 }), [epoch(0.1, 0, 0)])).toBe(true);
  });
  it('wants them for as many epochs in a row as its patience', () => {
    const patient = phase({ loss: 0.1, patience: 2 });
    expect(shouldStop(patient, [epoch(0.05)])).toBe(false);
    expect(shouldStop(patient, [epoch(0.05), epoch(0.2), epoch(0.05)])).toBe(false);
    expect(shouldStop(patient, [epoch(0.2), epoch(0.05), epoch(0.05)])).toBe(true);
  });
  it('does not wait for a task that the phase does not train', () =>
    expect(shouldStop(phase({ accuracy: 0.9, patience: 1 }, [1, 0]), [epoch(1, 0.95, 0.5)])).toBe(true));
});
