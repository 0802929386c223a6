import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { stream } from '../../../../src/core/stream';
import { initializeProgram } from '../../../../src/training/graph/initialize';
import { parameterPlaces } from '../../../../src/training/graph/program';
import { GraphStepper } from '../../../../src/training/graph/stepper';
import { transformer } from '../../../../src/training/graph/transformer';
import { startBackend } from '../../../../src/training/tfjs-backend';
import { settings } from '../../../support/sequences';
import { TfjsProgram } from '../../../support/tfjs-program';

const [DOCUMENTS, LENGTH, VOCABULARY] = [19, 13, 23];

describe('the gradient of every parameter is that of TensorFlow.js', () => {
  beforeAll(() => startBackend('cpu'));
  const random = stream('tfjs');
  const tokens = Uint16Array.from({ length: DOCUMENTS * LENGTH }, () => random.below(VOCABULARY));
  const sequences = {
    tokens,
    starts: Uint32Array.from({ length: DOCUMENTS + 1 }, (_, i) => i * LENGTH),
    counts: Uint8Array.from(tokens, (_, i) => (i % LENGTH === 0 ? 0 : 1)),
  };
  const documents = Uint32Array.from({ length: DOCUMENTS }, (_, i) => i);

  for (const activation of ['gelu', 'relu'] as const)
    for (const tied of [false, true])
      it(`${activation}, ${tied ? 'tied' : 'untied'} readout`, () => {
        const shape = { layers: 3, width: 24, heads: 4, hidden: 40 };
        const program = transformer({ ...shape, vocabulary: VOCABULARY, length: LENGTH, activation, tied });
        const initial = initializeProgram(program, 'n', 1).map((value) => value * 5 + 0.1 * random.normal());
        const stepper = new GraphStepper(program, settings({ optimizer: 'sgd' }), initial);
        const { loss } = stepper.step({ sequences, documents, learningRate: 1 });
        const after = stepper.parameters();
        stepper.release();
        const theirs = new TfjsProgram(program, initial);
        tf.tidy(() => {
          const { value, grads } = tf.variableGrads(
            () => theirs.loss(tf.tensor2d(Array.from(tokens), [DOCUMENTS, LENGTH])),
            [...theirs.variables],
          );
          expect(Math.abs(loss / value.dataSync()[0] - 1)).toBeLessThan(1e-5);
          parameterPlaces(program).forEach(({ name, offset }, p) => {
            const gradient = Float64Array.from(grads[theirs.variables[p].name].dataSync());
            const size = Math.max(
              1e-4,
              Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0) / gradient.length),
            );
            const worst = gradient.reduce(
              (most, g, i) => Math.max(most, Math.abs(initial[offset + i] - after[offset + i] - g)),
              0,
            );
            expect(worst / size, name).toBeLessThan(1e-3);
          });
        });
        theirs.variables.forEach((variable) => variable.dispose());
      });
});
