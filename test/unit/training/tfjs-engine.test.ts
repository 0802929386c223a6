import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { DivergenceError } from '../../../src/training/engine';
import { evaluate } from '../../../src/training/evaluate';
import { TfjsEngine } from '../../../src/training/tfjs-engine';
import { makeJob, XOR } from './job';

let engine: TfjsEngine;
beforeAll(async () => {
  engine = await TfjsEngine.create();
});

const xorJob = makeJob(XOR.inputs, XOR.targets, {
  training: { optimizer: 'adam', learningRate: 0.05, unit: 'epochs' },
  phases: [{ steps: 300 }],
});

describe('TfjsEngine', () => {
  it('runs on the SIMD build of the WASM backend and says so', () => {
    expect(engine.info).toEqual({
      name: 'tfjs',
      backend: 'wasm-simd',
      tfjs: '4.22.0',
      arithmetic: 'fused',
    });
  });

  it('learns XOR', async () => {
    const trained = await engine.train(xorJob);
    const final = trained.checkpoints[trained.checkpoints.length - 1];
    const layers = await engine.activations(xorJob.network, 1, final.parameters, xorJob.inputs);
    expect(layers.map(({ rows, cols }) => [rows, cols])).toEqual([
      [4, 8],
      [4, 1],
    ]);
    const result = evaluate(xorJob.network, xorJob.tasks, layers[1], xorJob.labels);
    expect(result.accuracy).toEqual([1]);
    expect(result.loss).toBeLessThan(0.05);
    expect(trained.steps).toBe(300);
    expect(trained.curve).toHaveLength(300);
    expect(trained.curve[299].accuracy).toEqual([1]);
  });

  it('gives the same bits twice', async () => {
    const job = makeJob(XOR.inputs, XOR.targets, {
      training: { dropout: 0.3, batchSize: 3 },
      phases: [{ steps: 40 }],
    });
    expect(await engine.train(job)).toEqual(await engine.train(job));
  });

  it('leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const trained = await engine.train(xorJob);
    await engine.activations(xorJob.network, 1, trained.checkpoints[0].parameters, xorJob.inputs);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('ends a diverging replicate with its step, and leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const job = makeJob(XOR.inputs, XOR.targets, {
      network: { activation: 'linear', hidden: [8, 8] },
      training: { learningRate: 1e12 },
      phases: [{ steps: 50 }],
    });
    const error: unknown = await engine.train(job).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DivergenceError);
    expect((error as DivergenceError).step).toBeLessThan(50);
    expect((error as DivergenceError).message).toMatch(/Lower the learning rate/);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('gives an untrained network its initial weights as the only checkpoint', async () => {
    const trained = await engine.train(makeJob(XOR.inputs, XOR.targets, { phases: [] }));
    expect(trained.steps).toBe(0);
    expect(trained.checkpoints.map(({ step }) => step)).toEqual([0]);
    expect(trained.curve).toEqual([]);
  });

  it('computes the same activations in chunks as at once', async () => {
    const rows = 1030;
    const data = Float32Array.from({ length: rows * 2 }, (_, i) => Math.sin(i));
    const { parameters } = (await engine.train(makeJob(XOR.inputs, XOR.targets, { phases: [] })))
      .checkpoints[0];
    const [hidden, output] = await engine.activations(xorJob.network, 1, parameters, { rows, cols: 2, data });
    const tail = { rows: 6, cols: 2, data: data.slice(1024 * 2) };
    const [hiddenTail, outputTail] = await engine.activations(xorJob.network, 1, parameters, tail);
    expect(hidden.data.slice(1024 * 8)).toEqual(hiddenTail.data);
    expect(output.data.slice(1024)).toEqual(outputTail.data);
  });
});
