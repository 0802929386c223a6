import { expect } from 'vitest';
import { stream } from '../../src/core/stream';
import { batches } from '../../src/training/batches';
import type { Parameters, TrainingJob } from '../../src/training/engine';
import { FusedStepper } from '../../src/training/fused/stepper';
import { initialize } from '../../src/training/initialize';
import type { TwoValues } from '../../src/training/fused/bit-inputs';
import { outputUnits } from '../../src/training/layout';
import type { Stepper } from '../../src/training/stepper';
import { binaryTask, categoricalTask, makeJob, type Changes } from '../unit/training/job';
import { PlainStepper } from './plain-stepper';

export type Heads = 'binary' | 'categorical' | 'mixed';

export interface Case extends Changes {
  readonly stimuli?: number;
  readonly units?: number;
  readonly heads?: Heads;
  /** The inputs, stimuli × units, in place of normal random numbers. */
  readonly inputs?: readonly (readonly number[])[];
}

export function job(changes: Case): TrainingJob {
  const { stimuli = 21, units = 5, heads = 'mixed' } = changes;
  const random = stream('stimuli of a test');
  const inputs =
    changes.inputs ??
    Array.from({ length: stimuli }, () => Array.from({ length: units }, () => random.normal()));
  const sign = { task: binaryTask('sign'), values: inputs.map(([a]) => (a > 0.3 ? 1 : 0)) };
  const odd = { task: binaryTask('odd'), values: inputs.map((_, i) => i % 2) };
  const third = {
    task: categoricalTask('third', ['a', 'b', 'c']),
    values: inputs.map((_, i) => (i * 7) % 3),
  };
  const fifth = {
    task: categoricalTask('fifth', ['a', 'b', 'c', 'd', 'e']),
    values: inputs.map(() => random.below(5)),
  };
  const targets = { binary: [sign, odd], categorical: [fifth], mixed: [sign, third, odd, fifth] }[heads];
  return makeJob(inputs, targets, {
    phases: changes.phases,
    seed: changes.seed,
    network: { hidden: [7, 3], initialScale: 1.5, ...changes.network },
    // A large ε keeps adam from turning the rounding of tiny gradients into whole steps.
    training: { batchSize: 8, epsilon: 1e-3, ...changes.training },
  });
}

/** Initial parameters, biases included. */
export function start(of: TrainingJob): Parameters {
  const parameters = initialize(of.network, of.seed, of.inputs.cols, outputUnits(of.tasks));
  // Biases of 0 would hide mistakes.
  const random = stream('biases of a test');
  return parameters.map((value) => (value === 0 ? 0.3 * random.normal() : value));
}

/** Steps in the order of the engines' batches. */
export function run(
  stepper: Stepper,
  of: TrainingJob,
  steps: number,
  visit: (score: ReturnType<Stepper['step']>) => void,
): void {
  const order = batches('any', 0, of.inputs.rows, of.network.training.batchSize);
  const weights = of.tasks.map((_, t) => t + 1);
  for (let step = 0; step < steps; step++)
    visit(stepper.step({ step, rows: order.next().value, learningRate: 0.02, weights }));
}

/** Trains both for some steps, and compares losses, right answers and every parameter. */
export function expectSameTraining(changes: Case, steps = 4): void {
  expectSameSteps(job(changes), steps);
}

/** @param values as of the constructor of FusedStepper, which chooses where they are undefined */
export function expectSameSteps(of: TrainingJob, steps: number, values?: TwoValues | null): void {
  const initial = start(of);
  const plain = new PlainStepper(of, initial);
  const expected: ReturnType<Stepper['step']>[] = [];
  run(plain, of, steps, (score) => expected.push(score));

  const fused = new FusedStepper(of, initial, values);
  let at = 0;
  run(fused, of, steps, (score) => {
    expect(score.correct).toEqual(expected[at].correct);
    expect(Math.abs(score.loss / expected[at].loss - 1)).toBeLessThan(2e-6);
    at++;
  });
  const actual = fused.parameters();
  fused.release();
  let moved = 0;
  for (let i = 0; i < actual.length; i++) {
    const difference = Math.abs(actual[i] - plain.values[i]);
    if (!(difference < 2e-6 * (1 + Math.abs(plain.values[i]))))
      expect.fail(`parameter ${i}: ${actual[i]} in place of ${plain.values[i]}`);
    moved = Math.max(moved, Math.abs(actual[i] - initial[i]));
  }
  // Nothing moving would compare equal, too.
  expect(moved).toBeGreaterThan(1e-3);
}
