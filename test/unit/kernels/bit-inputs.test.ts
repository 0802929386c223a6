import { describe, expect, it } from 'vitest';
import type { Activation, OptimizerName } from '../../../src/experiment/file';
import type { Matrix } from '../../../src/core/matrix';
import { stream } from '../../../src/core/stream';
import type { TrainingJob } from '../../../src/training/engine';
import { FusedStepper } from '../../../src/training/fused/stepper';
import { chooseTables, twoValues, type TwoValues } from '../../../src/training/fused/bit-inputs';
import type { Update } from '../../../src/training/stepper';
import { expectSameSteps, job, start, type Case } from '../../support/compare-steps';
import { PlainStepper } from '../../support/plain-stepper';

/** What the inputs of a test are: the lower and the higher value of an input. */
const KINDS = {
  bits: () => [0, 1],
  signs: () => [-1, 1],
  // Any values, and constants among them.
  any: (input: number) => (input % 3 === 1 ? [0.7, 0.7] : [-0.9 - input / 50, 1.3 / (1 + input)]),
  // Every input its own kind.
  mixed: (input: number) =>
    [
      [0, 1],
      [-1, 1],
      [0, 0],
      [2, 2],
      [0, 0.5],
      [-3, 0],
    ][input % 6],
} as const;

type Kind = keyof typeof KINDS;

interface BitCase extends Omit<Case, 'inputs'> {
  readonly kind?: Kind;
}

function inputsOf(kind: Kind, stimuli: number, units: number): number[][] {
  const random = stream('bits of stimuli');
  const values = Array.from({ length: units }, (_, unit) => KINDS[kind](unit));
  return Array.from({ length: stimuli }, () => values.map((pair) => pair[random.below(2)]));
}

function bitJob({ kind = 'bits', stimuli = 21, units = 5, ...changes }: BitCase): TrainingJob {
  return job({ ...changes, inputs: inputsOf(kind, stimuli, units) });
}

function valuesOf({ inputs }: TrainingJob): TwoValues {
  const values = twoValues(inputs);
  if (!values) throw new Error('The inputs of this test do not have two values each.');
  return values;
}

function expectSameTraining(changes: BitCase, steps: number): void {
  const of = bitJob(changes);
  expectSameSteps(of, steps, valuesOf(of));
}

/** How far one step of gradient descent of size 1 moves the parameters, which is their gradient. */
function gradientOf(of: TrainingJob, update: Update, values: TwoValues | null): Float32Array {
  const initial = start(of);
  const stepper = new FusedStepper(of, initial, values);
  stepper.step({ ...update, learningRate: 1 });
  const moved = stepper.parameters().map((value, i) => initial[i] - value);
  stepper.release();
  return moved;
}

const SIZES = [1, 3, 5, 17, 33];

describe('a first layer of two-valued inputs follows the plain float64 step', () => {
  for (const kind of Object.keys(KINDS) as Kind[])
    for (const activation of ['relu', 'leakyRelu', 'tanh', 'gelu', 'sigmoid', 'linear'] as Activation[])
      it(`${kind}, ${activation}: every optimiser, with and without dropout and weight decay`, () => {
        for (const optimizer of ['sgd', 'momentum', 'adam', 'adamW'] as OptimizerName[])
          for (const dropout of [0, 0.4])
            for (const weightDecay of [0, 0.1])
              expectSameTraining(
                { kind, network: { activation }, training: { optimizer, dropout, weightDecay } },
                3,
              );
      });

  for (const units of SIZES)
    for (const hidden of [[], ...SIZES.map((first) => [first, 6])])
      it(`layers ${[units, ...hidden].join('-')}`, () => {
        for (const kind of ['bits', 'any'] as const) {
          expectSameTraining(
            { kind, units, network: { hidden, activation: 'leakyRelu', leakySlope: 0.1 } },
            3,
          );
          expectSameTraining(
            { kind, units, network: { hidden, activation: 'sigmoid' }, training: { dropout: 0.2 } },
            3,
          );
        }
      });

  for (const batchSize of [1, 2, 3, 4, 5, 7, 8, 9, 31, 33, 127, 128, 129, 300])
    it(`batches of ${batchSize}, the last of an epoch smaller`, () => {
      const stimuli = Math.ceil(batchSize * 1.6);
      for (const kind of ['bits', 'mixed'] as const) {
        expectSameTraining({ kind, stimuli, training: { batchSize, dropout: 0.3, optimizer: 'adam' } }, 4);
        expectSameTraining(
          { kind, stimuli, network: { activation: 'relu' }, training: { batchSize, optimizer: 'momentum' } },
          4,
        );
      }
    });

  it('more inputs than there are tables at once', () => {
    for (const units of [128, 129, 300]) {
      expectSameTraining({ stimuli: 12, units, network: { hidden: [37, 6], activation: 'relu' } }, 2);
      expectSameTraining({ stimuli: 12, units, kind: 'signs', network: { hidden: [9] } }, 2);
    }
  });

  it('a last batch of one, two and three rows', () => {
    for (const rest of [1, 2, 3])
      expectSameTraining({ kind: 'signs', stimuli: 8 + rest, units: 9, training: { batchSize: 8 } }, 4);
  });
});

describe('the gradient by tables is the gradient by floats', () => {
  for (const kind of Object.keys(KINDS) as Kind[])
    it(kind, () => {
      for (const units of SIZES)
        for (const hidden of SIZES)
          for (const count of [1, 3, 7, 130]) {
            const of = bitJob({
              kind,
              stimuli: 140,
              units,
              network: { hidden: [hidden], activation: 'tanh' },
              training: { batchSize: 130 },
            });
            const rows = stream('rows').permutation(140).subarray(0, count);
            const update = { step: 0, rows, learningRate: 1, weights: [1, 2, 3, 4] };
            const exact = new PlainStepper(of, start(of)).gradient(update).gradient;
            const tables = gradientOf(of, update, valuesOf(of));
            const floats = gradientOf(of, update, null);
            const far = [...exact.keys()].filter(
              (i) => !(Math.abs(tables[i] - exact[i]) < 1e-6 && Math.abs(tables[i] - floats[i]) < 1e-6),
            );
            expect(far, `parameters of ${units} inputs, ${hidden} units, ${count} rows`).toEqual([]);
          }
    });

  it('loses no more than some roundings where the two values are large and close to each other', () => {
    const inputs = Array.from({ length: 32 }, (_, i) => [100 + ((i >> 1) % 2) / 8, 1000 + (i % 2)]);
    const of = job({ inputs, network: { hidden: [5], initialScale: 0.001, activation: 'tanh' } });
    const update = { step: 0, rows: Uint32Array.from(inputs.keys()), learningRate: 1, weights: [1, 1, 1, 1] };
    const exact = new PlainStepper(of, start(of)).gradient(update).gradient;
    const error = (values: TwoValues | null): number =>
      gradientOf(of, update, values).reduce(
        (most, value, i) => Math.max(most, Math.abs(value - exact[i])),
        0,
      );
    expect(error(valuesOf(of))).toBeLessThan(8 * error(null));
  });
});

describe('the choice of a first layer', () => {
  const matrix = (rows: readonly (readonly number[])[]): Matrix<Float32Array> => ({
    rows: rows.length,
    cols: rows[0].length,
    data: Float32Array.from(rows.flat()),
  });

  it('finds the two values of each input, in any order, and constants', () => {
    const values = twoValues(
      matrix([
        [1, -1, 3, 0.25],
        [0, 1, 3, 0.25],
        [1, -1, 3, -0.5],
        [0, 1, 3, 0.25],
      ]),
    );
    expect(values).toEqual({
      lows: Float32Array.of(0, -1, 3, -0.5),
      highs: Float32Array.of(1, 1, 3, 0.25),
    });
  });

  it('finds none where an input has a third value, or one that is not a number', () => {
    expect(twoValues(matrix([[0], [1], [0.5]]))).toBeNull();
    expect(twoValues(matrix([[5], [7], [6]]))).toBeNull();
    for (const bad of [NaN, Infinity, -Infinity]) {
      expect(twoValues(matrix([[0], [bad]]))).toBeNull();
      expect(twoValues(matrix([[bad], [0], [1]]))).toBeNull();
      expect(twoValues(matrix([[bad], [bad]]))).toBeNull();
    }
  });

  it('is tables from 8 inputs on', () => {
    const of = (units: number): Matrix<Float32Array> => matrix(inputsOf('signs', 30, units));
    expect(chooseTables(of(8))).not.toBeNull();
    expect(chooseTables(of(7))).toBeNull();
    expect(chooseTables(matrix([Array(8).fill(0), Array(8).fill(1), Array(8).fill(2)]))).toBeNull();
  });

  it('is what the step follows, bit by bit', () => {
    const of = bitJob({ units: 9, stimuli: 40, training: { batchSize: 16 } });
    const update = { step: 0, rows: Uint32Array.from({ length: 16 }, (_, i) => i), learningRate: 1 };
    const train = (values?: TwoValues | null): Float32Array => {
      const stepper = new FusedStepper(of, start(of), values);
      stepper.step({ ...update, weights: [1, 1, 1, 1] });
      const parameters = stepper.parameters();
      stepper.release();
      return parameters;
    };
    expect(train()).toEqual(train(valuesOf(of)));
    expect(train()).not.toEqual(train(null));
  });
});
