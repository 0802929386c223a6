import { describe, expect, it } from 'vitest';
import type { Activation, OptimizerName } from '../../../src/experiment/file';
import type { Parameters } from '../../../src/training/engine';
import { FusedStepper } from '../../../src/training/fused/stepper';
import { expectSameTraining, job, run, start } from '../../support/compare-steps';
import { PlainStepper } from '../../support/plain-stepper';

const ACTIVATIONS: Activation[] = ['relu', 'leakyRelu', 'tanh', 'gelu', 'sigmoid', 'linear'];
const OPTIMIZERS: OptimizerName[] = ['sgd', 'momentum', 'adam', 'adamW'];

describe('the fused step follows the plain float64 step', () => {
  for (const activation of ACTIVATIONS)
    for (const optimizer of OPTIMIZERS)
      it(`${activation}, ${optimizer}: every loss, with and without dropout and weight decay`, () => {
        for (const heads of ['binary', 'categorical', 'mixed'] as const)
          for (const dropout of [0, 0.4])
            for (const weightDecay of [0, 0.1])
              expectSameTraining({
                heads,
                network: { activation },
                training: { optimizer, dropout, weightDecay },
              });
      });

  const SIZES = [1, 3, 5, 17, 33];
  for (const units of SIZES)
    for (const hidden of [[], ...SIZES.map((first) => [first, 6]), ...SIZES.map((second) => [9, second])])
      it(`layers ${[units, ...hidden].join('-')}`, () => {
        expectSameTraining({ units, network: { hidden, activation: 'leakyRelu', leakySlope: 0.1 } }, 3);
        expectSameTraining(
          { units, network: { hidden, activation: 'sigmoid' }, training: { dropout: 0.2 } },
          3,
        );
      });

  for (const batchSize of [1, 2, 7, 8, 9, 31, 33, 127, 128, 129, 300])
    it(`batches of ${batchSize}, the last of an epoch smaller`, () => {
      const stimuli = Math.ceil(batchSize * 1.6);
      expectSameTraining({ stimuli, training: { batchSize, dropout: 0.3, optimizer: 'adam' } }, 4);
      expectSameTraining(
        { stimuli, network: { activation: 'relu' }, training: { batchSize, optimizer: 'momentum' } },
        4,
      );
    });

  it('widths beyond one cache level', () => {
    expectSameTraining(
      { stimuli: 12, units: 300, network: { hidden: [257, 66] }, training: { optimizer: 'adam' } },
      2,
    );
    expectSameTraining({ stimuli: 9, units: 3, network: { hidden: [384, 520, 5] } }, 2);
  });

  it('the default ε of adam', () => {
    expectSameTraining({ training: { optimizer: 'adam', epsilon: 1e-8 } });
  });
});

describe('the fused step', () => {
  it('gives the same bits again, also in memory that another network used', () => {
    const of = job({ network: { activation: 'gelu' }, training: { dropout: 0.2, optimizer: 'adam' } });
    const train = (): Parameters => {
      const stepper = new FusedStepper(of, start(of));
      run(stepper, of, 20, () => undefined);
      const parameters = stepper.parameters();
      stepper.release();
      return parameters;
    };
    const first = train();
    const wide = job({ units: 33, network: { hidden: [64, 64] } });
    const other = new FusedStepper(wide, start(wide));
    run(other, wide, 3, () => undefined);
    other.release();
    expect(train()).toEqual(first);
  });

  it('leaves the head of a task of weight 0 alone, and scores it', () => {
    const of = job({ heads: 'binary', network: { hidden: [] } });
    const initial = start(of);
    const stepper = new FusedStepper(of, initial);
    const plain = new PlainStepper(of, initial);
    const update = { step: 0, rows: Uint32Array.of(0, 1, 2), learningRate: 0.1, weights: [1, 0] };
    expect(stepper.step(update).correct).toEqual(plain.step(update).correct);
    // Two output units: the first belongs to the first task, in each row of weights and in the biases.
    stepper.parameters().forEach((value, i) => {
      if (i % 2 === 0) expect(value).not.toBe(initial[i]);
      else expect(value).toBe(initial[i]);
    });
    stepper.release();
  });

  it('answers false, or the first class, where logits are equal; rectifiers have their lower slope at 0', () => {
    for (const activation of ['relu', 'leakyRelu'] as const)
      for (const dropout of [0, 0.2]) {
        const of = job({ network: { activation, hidden: [6], leakySlope: 0.3 }, training: { dropout } });
        // Hidden units at 0: their weights and biases are; those of the output layer are not, but their products are.
        const initial = start(of).map((value, i) => (i >= 36 && i < 36 + 6 * 10 ? value : 0));
        const fused = new FusedStepper(of, initial);
        const plain = new PlainStepper(of, initial);
        const update = {
          step: 0,
          rows: Uint32Array.from({ length: 7 }, (_, i) => i),
          learningRate: 1,
          weights: [1, 1, 1, 1],
        };
        expect(fused.step(update).correct).toEqual(plain.step(update).correct);
        fused
          .parameters()
          .forEach((value, i) => expect(Math.abs(value - plain.values[i])).toBeLessThan(1e-6));
        fused.release();
      }
  });

  it('reports a loss that is not finite when a parameter is not', () => {
    for (const heads of ['binary', 'categorical'] as const)
      for (const activation of ACTIVATIONS)
        for (const bad of [NaN, Infinity]) {
          const of = job({ heads, network: { activation, hidden: [4] } });
          const initial = start(of);
          // The last bias is one of the output layer's.
          initial[initial.length - 1] = bad;
          const stepper = new FusedStepper(of, initial);
          const { loss } = stepper.step({
            step: 0,
            rows: Uint32Array.of(0, 1, 2, 3, 4),
            learningRate: 0.1,
            weights: of.tasks.map(() => 1),
          });
          expect(Number.isFinite(loss)).toBe(false);
          stepper.release();
        }
  });
});
