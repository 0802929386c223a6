import { beforeAll, describe, expect, it } from 'vitest';
import type { Activation, OptimizerName } from '../../../src/experiment/file';
import { stream } from '../../../src/core/stream';
import type { Parameters, TrainingJob } from '../../../src/training/engine';
import { initialize } from '../../../src/training/initialize';
import { outputUnits } from '../../../src/training/layout';
import { TfjsEngine } from '../../../src/training/tfjs-engine';
import { TfjsStepper } from '../../../src/training/tfjs-stepper';
import { batches } from '../../../src/training/batches';
import { PlainStepper } from '../../support/plain-stepper';
import { binaryTask, categoricalTask, makeJob, type Changes } from './job';

const ACTIVATIONS: Activation[] = ['relu', 'leakyRelu', 'tanh', 'gelu', 'sigmoid', 'linear'];
const OPTIMIZERS: OptimizerName[] = ['sgd', 'momentum', 'adam', 'adamW'];

beforeAll(async () => {
  await TfjsEngine.create();
});

/** 21 Gaussian stimuli, a binary and a three-class task, two hidden layers of odd sizes, batches of 8, 8 and 5. */
function job({ network, training, ...rest }: Changes): TrainingJob {
  const random = stream('stimuli of a test');
  const inputs = Array.from({ length: 21 }, () => Array.from({ length: 5 }, () => random.normal()));
  const targets = [
    { task: binaryTask('sign'), values: inputs.map(([a, b]) => (a * b > 0 ? 1 : 0)) },
    {
      task: categoricalTask('third', ['a', 'b', 'c']),
      values: inputs.map(([, , c]) => (c < -0.4 ? 0 : c < 0.4 ? 1 : 2)),
    },
  ];
  return makeJob(inputs, targets, {
    network: { hidden: [7, 3], initialScale: 1.5, ...network },
    training: { batchSize: 8, ...training },
    ...rest,
  });
}

function start(of: TrainingJob): Parameters {
  const parameters = initialize(of.network, of.seed, of.inputs.cols, outputUnits(of.tasks));
  // Biases of 0 would hide mistakes.
  const random = stream('biases of a test');
  return parameters.map((value) => (value === 0 ? 0.3 * random.normal() : value));
}

const update = (step: number, rows: Uint32Array, weights: readonly number[] = [1, 2]) => ({
  step,
  rows,
  learningRate: 0.02,
  weights,
});

describe('the plain float64 step', () => {
  it.each(ACTIVATIONS)('has the gradient of finite differences (%s)', (activation) => {
    const of = job({ network: { activation }, training: { dropout: 0.25 } });
    const stepper = new PlainStepper(of, start(of));
    const at = update(3, Uint32Array.of(4, 0, 9, 20, 4));
    const { gradient } = stepper.gradient(at);
    const h = 1e-6;
    gradient.forEach((value, i) => {
      const kept = stepper.values[i];
      stepper.values[i] = kept + h;
      const above = stepper.gradient(at).loss;
      stepper.values[i] = kept - h;
      const below = stepper.gradient(at).loss;
      stepper.values[i] = kept;
      expect(value).toBeCloseTo((above - below) / (2 * h), 7);
    });
  });
});

describe('the TensorFlow.js step', () => {
  const cases: { title: string; changes: Changes; weights?: (step: number) => readonly number[] }[] = [
    ...ACTIVATIONS.map((activation) => ({ title: activation, changes: { network: { activation } } })),
    ...OPTIMIZERS.flatMap((optimizer) =>
      [0, 0.1].map((weightDecay) => ({
        title: `${optimizer}, weight decay ${weightDecay}`,
        changes: { training: { optimizer, weightDecay } },
      })),
    ),
    {
      title: 'dropout',
      changes: { network: { activation: 'relu' }, training: { dropout: 0.4, optimizer: 'adam' } },
    },
    { title: 'no hidden layer', changes: { network: { hidden: [] } } },
    {
      title: 'a head without gradient',
      changes: { training: { optimizer: 'momentum' } },
      weights: (step) => (step < 10 ? [1, 1] : [0, 3]),
    },
  ];

  it.each(cases)('follows the plain float64 step: $title', ({ changes, weights = () => [1, 2] }) => {
    const of = job(changes);
    const initial = start(of);
    const plain = new PlainStepper(of, initial);
    const stepper = new TfjsStepper(of, initial);
    const order = batches('any', 0, of.inputs.rows, 8);
    for (let step = 0; step < 30; step++) {
      const at = update(step, order.next().value, weights(step));
      const expected = plain.step(at);
      const actual = stepper.step(at);
      expect(actual.loss / expected.loss).toBeCloseTo(1, 4);
      expect(actual.correct).toEqual(expected.correct);
    }
    const actual = stepper.parameters();
    plain.values.forEach((value, i) =>
      expect(Math.abs(actual[i] - value)).toBeLessThan(1e-4 * (1 + Math.abs(value))),
    );
    stepper.dispose();
  });

  it('leaves the head of a task of weight 0 alone', () => {
    const of = job({ network: { hidden: [] } });
    const initial = start(of);
    const stepper = new TfjsStepper(of, initial);
    stepper.step(update(0, Uint32Array.of(0, 1, 2), [1, 0]));
    const after = stepper.parameters();
    // Four output units: the first belongs to the first task, in each row of weights and in the biases.
    after.forEach((value, i) =>
      i % 4 === 0 ? expect(value).not.toBe(initial[i]) : expect(value).toBe(initial[i]),
    );
    stepper.dispose();
  });
});
