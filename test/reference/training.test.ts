import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Activation, OptimizerName } from '../../src/experiment/file';
import type { Parameters, TrainingJob } from '../../src/training/engine';
import type { Stepper } from '../../src/training/stepper';
import { TfjsEngine } from '../../src/training/tfjs-engine';
import { TfjsStepper } from '../../src/training/tfjs-stepper';
import { PlainStepper } from '../support/plain-stepper';
import { binaryTask, categoricalTask, makeJob } from '../unit/training/job';

interface Case {
  title: string;
  activation: Activation;
  optimizer: OptimizerName;
  learningRate: number;
  weightDecay: number;
  weights: number[][];
  initial: number[];
  losses: number[];
  correct: number[][];
  final: number[];
}

interface Fixture {
  hidden: number[];
  classes: number;
  inputs: number[][];
  binary: number[];
  third: number[];
  batches: number[][];
  cases: Case[];
}

const file = new URL('fixtures/training.json', import.meta.url);
const fixture = JSON.parse(readFileSync(file, 'utf8')) as Fixture;

function jobOf({ activation, optimizer, weightDecay }: Case): TrainingJob {
  const targets = [
    { task: binaryTask('binary'), values: fixture.binary },
    { task: categoricalTask('third', ['a', 'b', 'c']), values: fixture.third },
  ];
  return makeJob(fixture.inputs, targets, {
    network: { hidden: fixture.hidden, activation },
    training: { optimizer, weightDecay },
  });
}

function follow(
  stepper: Stepper,
  { learningRate, weights, losses, correct, final }: Case,
  tolerance: number,
): void {
  fixture.batches.forEach((rows, step) => {
    const scored = stepper.step({ step, rows: Uint32Array.from(rows), learningRate, weights: weights[step] });
    expect(Math.abs(scored.loss / losses[step] - 1)).toBeLessThan(tolerance);
    expect(scored.correct).toEqual(correct[step]);
  });
  stepper.parameters().forEach((value, i) => expect(Math.abs(value - final[i])).toBeLessThan(10 * tolerance));
}

describe('learning curves agree with PyTorch', () => {
  beforeAll(async () => {
    await TfjsEngine.create();
  });

  it.each(fixture.cases)('TensorFlow.js engine: $title', (each) => {
    const stepper = new TfjsStepper(jobOf(each), Float32Array.from(each.initial) satisfies Parameters);
    follow(stepper, each, 2e-5);
    stepper.dispose();
  });

  it.each(fixture.cases)('plain float64 step: $title', (each) => {
    const stepper = new PlainStepper(jobOf(each), each.initial);
    follow(stepper, each, 1e-7);
  });
});
