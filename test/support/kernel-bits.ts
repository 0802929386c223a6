import { createHash } from 'node:crypto';
import { stream } from '../../src/core/stream';
import { FusedStepper } from '../../src/training/fused/stepper';
import { GraphForward } from '../../src/training/graph/forward';
import { initializeProgram } from '../../src/training/graph/initialize';
import { GraphStepper } from '../../src/training/graph/stepper';
import { transformer } from '../../src/training/graph/transformer';
import { initialize } from '../../src/training/initialize';
import { gemm64, gram64 } from '../../src/numerics/kernels/linear-algebra';
import { outputUnits } from '../../src/training/layout';
import { documentsOf, settings } from './sequences';
import { binaryTask, categoricalTask, makeJob } from '../unit/training/job';

/** A hash of what the kernels compute: trained parameters for every activation and optimiser, transformers, and float64 products. */
export function fingerprint(): string {
  const hash = createHash('sha256');
  const random = stream('bits');
  const normal = Array.from({ length: 150 }, () => Array.from({ length: 13 }, () => random.normal()));
  // Inputs of two values have a first layer of their own.
  const signs = normal.map((row) => row.map((value) => Math.sign(value)));
  for (const inputs of [normal, signs]) {
    const targets = [
      { task: binaryTask('sign'), values: normal.map(([a, b]) => (a * b > 0 ? 1 : 0)) },
      { task: categoricalTask('third', ['a', 'b', 'c']), values: normal.map((_, i) => i % 3) },
    ];
    for (const activation of ['relu', 'leakyRelu', 'tanh', 'gelu', 'sigmoid', 'linear'] as const) {
      for (const optimizer of ['sgd', 'momentum', 'adam', 'adamW'] as const) {
        const job = makeJob(inputs, targets, {
          network: { activation, hidden: [19, 6] },
          training: { optimizer, dropout: 0.2, weightDecay: 0.01, batchSize: 140 },
        });
        const stepper = new FusedStepper(job, initialize(job.network, 0, 13, outputUnits(job.tasks)));
        for (let step = 0; step < 12; step++) {
          const rows = random.permutation(150).subarray(0, 140 - step);
          const { loss } = stepper.step({ step, rows, learningRate: 0.05, weights: [1, 2] });
          hash.update(Float64Array.of(loss));
        }
        hash.update(stepper.parameters());
        stepper.release();
      }
    }
  }
  for (const activation of ['relu', 'gelu'] as const) hash.update(transformerBits(activation));
  const matrix = Float64Array.from({ length: 70 * 300 }, () => random.normal());
  const tall = { rows: 300, cols: 70, data: matrix };
  hash.update(gram64(matrix, 70, 300, 'rows'));
  hash.update(gemm64({ ...tall, transposed: true }, tall));
  return hash.digest('hex');
}

/** Parameters, losses and logits of a transformer after some steps, of documents of unlike lengths. */
function transformerBits(activation: 'relu' | 'gelu'): Buffer {
  const program = transformer({
    ...{ vocabulary: 29, length: 21, layers: 2, width: 20, heads: 4, hidden: 30 },
    ...{ activation, tied: activation === 'relu' },
  });
  const sequences = documentsOf({ count: 60, vocabulary: 29, longest: 21 });
  const stepper = new GraphStepper(
    program,
    settings({ optimizer: 'adamW', weightDecay: 0.1 }),
    initializeProgram(program, 'bits', 0),
  );
  const random = stream('bits', activation);
  const losses = Array.from({ length: 8 }, () => {
    const documents = random.permutation(60).subarray(0, 50);
    return stepper.step({ sequences, documents, learningRate: 0.01 }).loss;
  });
  const parameters = stepper.parameters();
  stepper.release();
  const forward = new GraphForward(program, parameters);
  const [logits] = forward.states(sequences, ['readout'], [0, 3, 20, 70, 80]);
  forward.release();
  return Buffer.concat(
    [parameters, Float64Array.from(losses), logits.data].map(({ buffer }) => Buffer.from(buffer)),
  );
}
