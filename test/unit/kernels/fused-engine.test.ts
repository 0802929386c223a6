import { beforeAll, describe, expect, it } from 'vitest';
import type { Activation, OptimizerName } from '../../../src/experiment/file';
import { stream } from '../../../src/core/stream';
import { DivergenceError, type TrainingJob } from '../../../src/training/engine';
import { evaluate, lossGradients } from '../../../src/training/evaluate';
import { FusedEngine } from '../../../src/training/fused/engine';
import { chooseTables } from '../../../src/training/fused/bit-inputs';
import { TfjsEngine } from '../../../src/training/tfjs-engine';
import { binaryTask, categoricalTask, makeJob, XOR, type Changes } from '../training/job';

let tfjs: TfjsEngine;
const fused = FusedEngine.create();
beforeAll(async () => {
  tfjs = await TfjsEngine.create();
});

/**
 * 150 stimuli of 12 bits; the parity of two bits, and a three-class task.
 *
 * @param noise of the inputs; without it they are two-valued, and the first layer looks up tables
 */
function parity(changes: Changes, noise = 0): TrainingJob {
  const random = stream('bits of a test');
  const bits = Array.from({ length: 150 }, () => Array.from({ length: 12 }, () => random.below(2)));
  const inputs = noise ? bits.map((row) => row.map((bit) => bit + noise * random.normal())) : bits;
  const targets = [
    { task: binaryTask('parity'), values: bits.map(([a, b]) => a ^ b) },
    { task: categoricalTask('count', ['0', '1', '2']), values: bits.map(([, , c, d]) => c + d) },
  ];
  return makeJob(inputs, targets, changes);
}

describe('FusedEngine', () => {
  it('runs here, and says what it is', () => {
    expect(FusedEngine.supported()).toBe(true);
    expect(fused.info).toEqual({ ...tfjs.info, name: 'fused' });
  });

  it.each<[Activation, OptimizerName, number, number]>([
    ['relu', 'adam', 0, 0],
    ['relu', 'adam', 0, 0.2],
    ['leakyRelu', 'adamW', 0.2, 0],
    ['leakyRelu', 'adamW', 0.2, 0.2],
    ['tanh', 'momentum', 0, 0],
    ['tanh', 'momentum', 0, 0.2],
    ['gelu', 'adam', 0.1, 0],
    ['gelu', 'adam', 0.1, 0.2],
    ['sigmoid', 'sgd', 0, 0],
    ['sigmoid', 'sgd', 0, 0.2],
  ])(
    'follows the learning curve of TensorFlow.js: %s, %s, dropout %f, noise %f',
    async (activation, optimizer, dropout, noise) => {
      const learningRate = optimizer === 'sgd' || optimizer === 'momentum' ? 0.1 : 0.003;
      const job = parity(
        {
          network: { activation, hidden: [33, 17] },
          training: { optimizer, learningRate, dropout, batchSize: 64, weightDecay: 0.01 },
          phases: [{ steps: 60 }, { steps: 40, weights: [1, 0] }],
        },
        noise,
      );
      expect(chooseTables(job.inputs) === null).toBe(noise > 0);
      const ours = await fused.train(job);
      const theirs = await tfjs.train(job);
      expect(ours.steps).toBe(theirs.steps);
      expect(ours.curve).toHaveLength(100);
      ours.curve.forEach((entry, i) => {
        expect(Math.abs(entry.loss / theirs.curve[i].loss - 1), `step ${entry.step}`).toBeLessThan(1e-4);
      });
      expect(ours.curve[99].loss).toBeLessThan(ours.curve[0].loss);
      expect(ours.checkpoints.map(({ step }) => step)).toEqual(theirs.checkpoints.map(({ step }) => step));
      expect(ours.checkpoints[0]).toEqual(theirs.checkpoints[0]);
    },
  );

  it('computes the activations that TensorFlow.js computes', async () => {
    for (const activation of ['relu', 'leakyRelu', 'tanh', 'gelu', 'sigmoid', 'linear'] as const)
      for (const rows of [1, 7, 128, 150]) {
        const { network, tasks, inputs, seed, labels } = parity({ network: { activation, hidden: [17, 5] } });
        const some = { ...inputs, rows, data: inputs.data.slice(0, rows * inputs.cols) };
        const trained = await fused.train({ network, tasks, inputs, seed, labels });
        const { parameters } = trained.checkpoints[trained.checkpoints.length - 1];
        const ours = await fused.activations(network, 4, parameters, some);
        const theirs = await tfjs.activations(network, 4, parameters, some);
        expect(ours.map((layer) => [layer.rows, layer.cols])).toEqual(
          [17, 5, 4].map((units) => [rows, units]),
        );
        ours.forEach(({ data }, l) =>
          data.forEach((value, i) => expect(Math.abs(value - theirs[l].data[i])).toBeLessThan(2e-6)),
        );
      }
  });

  it('computes the gradients of hidden layers that TensorFlow.js computes, which are those of finite differences', async () => {
    for (const activation of ['relu', 'leakyRelu', 'tanh', 'gelu', 'sigmoid', 'linear'] as const)
      for (const rows of [1, 150]) {
        const { network, tasks, inputs, seed, labels } = parity({ network: { activation, hidden: [17, 5] } });
        const some = { ...inputs, rows, data: inputs.data.slice(0, rows * inputs.cols) };
        const trained = await fused.train({ network, tasks, inputs, seed, labels });
        const { parameters } = trained.checkpoints[trained.checkpoints.length - 1];
        const layers = await fused.activations(network, 4, parameters, some);
        const atLogits = lossGradients(network, tasks, layers[2], labels);
        const ours = await fused.gradients(network, parameters, some, atLogits);
        const theirs = await tfjs.gradients(network, parameters, some, atLogits);
        expect(ours.map((layer) => [layer.rows, layer.cols])).toEqual([17, 5].map((units) => [rows, units]));
        ours.forEach(({ data }, l) =>
          data.forEach((value, i) => expect(Math.abs(value - theirs[l].data[i])).toBeLessThan(2e-6)),
        );
        // The last hidden layer is read by weights alone: the loss of one stimulus with a unit moved.
        const row = rows - 1;
        const own = labels.map(({ values, ...label }) => ({ ...label, values: values.slice(row, row + 1) }));
        const weights = parameters.subarray(parameters.length - 5 * 4 - 4);
        for (let unit = 0; unit < 5; unit++) {
          const moved = (by: number): number => {
            const logits = Float32Array.from(
              { length: 4 },
              (_, o) => layers[2].data[row * 4 + o] + by * weights[unit * 4 + o],
            );
            return evaluate(network, tasks, { rows: 1, cols: 4, data: logits }, own).loss;
          };
          const slope = (moved(0.01) - moved(-0.01)) / 0.02;
          expect(Math.abs(ours[1].data[row * 5 + unit] - slope)).toBeLessThan(2e-4);
        }
      }
  });

  it('gives the same bits twice, also while another training runs and activations are computed', async () => {
    const job = parity({
      training: { dropout: 0.3, batchSize: 13, optimizer: 'adam' },
      phases: [{ steps: 40 }],
    });
    const other = parity({ network: { hidden: [70, 9], activation: 'relu' }, phases: [{ steps: 30 }] });
    const alone = await fused.train(job);
    const seen: number[] = [];
    const [together] = await Promise.all([
      fused.train(job, {
        checkpoint({ parameters, step }) {
          seen.push(step);
          void fused.activations(job.network, 4, parameters, job.inputs);
        },
      }),
      fused.train(other),
    ]);
    expect(together).toEqual(alone);
    expect(seen).toEqual(alone.checkpoints.map(({ step }) => step));
  });

  it('learns XOR', async () => {
    const job = makeJob(XOR.inputs, XOR.targets, {
      training: { optimizer: 'adam', learningRate: 0.05, unit: 'epochs' },
      phases: [{ steps: 300 }],
    });
    const trained = await fused.train(job);
    const final = trained.checkpoints[trained.checkpoints.length - 1];
    const layers = await fused.activations(job.network, 1, final.parameters, job.inputs);
    const result = evaluate(job.network, job.tasks, layers[1], job.labels);
    expect(result.accuracy).toEqual([1]);
    expect(result.loss).toBeLessThan(0.05);
  });

  it('ends a diverging replicate with its step, and can train again', async () => {
    const diverging = makeJob(XOR.inputs, XOR.targets, {
      network: { activation: 'linear', hidden: [8, 8] },
      training: { learningRate: 1e12 },
      phases: [{ steps: 50 }],
    });
    await expect(fused.train(diverging)).rejects.toBeInstanceOf(DivergenceError);
    const job = makeJob(XOR.inputs, XOR.targets, { phases: [{ steps: 5 }] });
    expect((await fused.train(job)).steps).toBe(5);
  });
});
