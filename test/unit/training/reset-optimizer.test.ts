import { expect, it } from 'vitest';
import type { OptimizerName } from '../../../src/experiment/file';
import { batches } from '../../../src/training/batches';
import { FusedStepper } from '../../../src/training/fused/stepper';
import type { Stepper } from '../../../src/training/stepper';
import { TfjsEngine } from '../../../src/training/tfjs-engine';
import { TfjsStepper } from '../../../src/training/tfjs-stepper';
import { job, start } from '../../support/compare-steps';
import { PlainStepper } from '../../support/plain-stepper';

const optimizers: OptimizerName[] = ['sgd', 'momentum', 'adam', 'adamW'];

it.each(optimizers)('begins %s anew in the middle of training, as the plain step does', async (optimizer) => {
  await TfjsEngine.create();
  const of = job({ training: { optimizer } });
  const initial = start(of);
  const trained = (stepper: Stepper, reset: boolean): Float32Array => {
    const order = batches('any', 0, of.inputs.rows, 8);
    for (let step = 0; step < 12; step++) {
      if (reset && step === 6) stepper.resetOptimizer();
      stepper.step({ step, rows: order.next().value, learningRate: 0.02, weights: [1, 2, 3, 4] });
    }
    return stepper.parameters();
  };
  const expected = trained(new PlainStepper(of, initial), true);
  const [fused, tfjs] = [new FusedStepper(of, initial), new TfjsStepper(of, initial)];
  for (const stepper of [fused, tfjs])
    trained(stepper, true).forEach((value, at) => {
      expect(Math.abs(value - expected[at])).toBeLessThan(2e-5 * (1 + Math.abs(expected[at])));
    });
  fused.release();
  tfjs.dispose();
  // What has no state is the same without.
  const kept = trained(new PlainStepper(of, initial), false);
  const moved = Math.max(...kept.map((value, at) => Math.abs(value - expected[at])));
  if (optimizer === 'sgd') expect(moved).toBe(0);
  else expect(moved).toBeGreaterThan(1e-3);
});
