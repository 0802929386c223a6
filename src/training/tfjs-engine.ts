import * as tf from '@tensorflow/tfjs';
import type { Layers } from '../experiment/experiment';
import type { Matrix } from '../core/matrix';
import { arithmetic, kernelsSupported } from '../numerics/kernels/kernels';
import type { EngineInfo } from '../protocol/results';
import type { Engine, Parameters, Trained, TrainingJob, TrainingObserver } from './engine';
import { initialize } from './initialize';
import { layout, outputUnits } from './layout';
import { startBackend } from './tfjs-backend';
import { activate, affine, cut, derivative, timesTransposed } from './tfjs-layer';
import { TfjsStepper } from './tfjs-stepper';
import { trainWith } from './train';

/** Stimuli whose activations are computed at once: bounds the memory of the backend. */
const CHUNK = 1024;

/**
 * Training on TensorFlow.js. On one backend, two trainings of one job give the same bits: one thread, a fixed order of
 * operations, and all randomness from seeded streams.
 */
export class TfjsEngine implements Engine {
  readonly info: EngineInfo;

  private constructor(backend: EngineInfo['backend']) {
    this.info = {
      name: 'tfjs',
      backend,
      tfjs: tf.version['tfjs-core'],
      // Of the analyses, which are computed by our kernels.
      arithmetic: kernelsSupported() ? arithmetic() : 'plain',
    };
  }

  /** @param backend `cpu` for plain JavaScript; a thread keeps the backend that it started with */
  static async create(backend: 'wasm' | 'cpu' = 'wasm'): Promise<TfjsEngine> {
    return new TfjsEngine(await startBackend(backend));
  }

  async train(job: TrainingJob, observer?: TrainingObserver): Promise<Trained> {
    const { network, seed, inputs, tasks } = job;
    const stepper = new TfjsStepper(job, initialize(network, seed, inputs.cols, outputUnits(tasks)));
    try {
      return await trainWith(stepper, job, observer);
    } finally {
      stepper.dispose();
    }
  }

  activations(
    network: Layers,
    outputs: number,
    parameters: Parameters,
    inputs: Matrix<Float32Array>,
  ): Promise<Matrix<Float32Array>[]> {
    const results = [...network.hidden, outputs].map((cols) => ({
      rows: inputs.rows,
      cols,
      data: new Float32Array(inputs.rows * cols),
    }));
    for (let start = 0; start < inputs.rows; start += CHUNK) {
      const rows = Math.min(CHUNK, inputs.rows - start);
      tf.tidy(() => {
        const layers = cut(tf.tensor1d(parameters), layout(network, inputs.cols, outputs));
        let x = tf.tensor2d(inputs.data.subarray(start * inputs.cols, (start + rows) * inputs.cols), [
          rows,
          inputs.cols,
        ]);
        layers.forEach((layer, l) => {
          const z = affine(x, layer);
          x = l < network.hidden.length ? activate(z, network) : z;
          results[l].data.set(x.dataSync<'float32'>(), start * results[l].cols);
        });
      });
    }
    return Promise.resolve(results);
  }

  gradients(
    network: Layers,
    parameters: Parameters,
    inputs: Matrix<Float32Array>,
    atLogits: Matrix<Float32Array>,
  ): Promise<Matrix<Float32Array>[]> {
    const results = tf.tidy(() => {
      const layers = cut(tf.tensor1d(parameters), layout(network, inputs.cols, atLogits.cols));
      const passed: { readonly z: tf.Tensor2D; readonly h: tf.Tensor2D }[] = [];
      let x = tf.tensor2d(inputs.data, [inputs.rows, inputs.cols]);
      for (const layer of layers.slice(0, -1)) {
        const z = affine(x, layer);
        x = activate(z, network);
        passed.push({ z, h: x });
      }
      let delta = tf.tensor2d(atLogits.data, [atLogits.rows, atLogits.cols]);
      return passed
        .map((_, at) => {
          const l = passed.length - 1 - at;
          const after = timesTransposed(delta, layers[l + 1].weights);
          const slopes = derivative(passed[l].z, passed[l].h, network);
          delta = slopes ? tf.mul(after, slopes) : after;
          return { rows: inputs.rows, cols: network.hidden[l], data: after.dataSync<'float32'>().slice() };
        })
        .reverse();
    });
    return Promise.resolve(results);
  }
}
