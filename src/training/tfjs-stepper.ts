import * as tf from '@tensorflow/tfjs';
import { stream } from '../core/stream';
import { dropThreshold, isDropped, maskSeed } from './dropout';
import type { Parameters, TrainingJob } from './engine';
import { layout, outputUnits, type LayerLayout } from './layout';
import { score, type Score } from './loss';
import type { Stepper, Update } from './stepper';
import { activate, affine, cut, derivative, sumOfRows, timesTransposed, transposedTimes } from './tfjs-layer';
import { Optimizer } from './tfjs-optimizer';

/** What the backward pass needs of a hidden layer. */
interface HiddenPass {
  /** Its input, before its weights. */
  readonly x: tf.Tensor2D;
  readonly z: tf.Tensor2D;
  readonly h: tf.Tensor2D;
  readonly mask: tf.Tensor2D | null;
}

/** One training step on TensorFlow.js, with the gradients written out. Logits become loss and gradient in plain float64. */
export class TfjsStepper implements Stepper {
  readonly #job: TrainingJob;
  readonly #layers: readonly LayerLayout[];
  readonly #optimizer: Optimizer;
  readonly #dropoutKey: number;
  #parameters: tf.Tensor1D;

  /** @param initial the weights to begin from; they are copied */
  constructor(job: TrainingJob, initial: Parameters) {
    const { network, seed, tasks, inputs } = job;
    this.#job = job;
    this.#layers = layout(network, inputs.cols, outputUnits(tasks));
    this.#parameters = tf.tensor1d(initial.slice());
    this.#optimizer = new Optimizer(network.training, this.#layers);
    this.#dropoutKey = stream('dropout', network.name, seed).bits();
  }

  step(update: Update): Score {
    let scored: Score | undefined;
    const next = tf.tidy(() => {
      const layers = cut(this.#parameters, this.#layers);
      const last = layers[layers.length - 1];
      const hidden: HiddenPass[] = [];
      let x = this.#batch(update.rows);
      layers.slice(0, -1).forEach((layer, l) => {
        const z = affine(x, layer);
        const h = activate(z, this.#job.network);
        const mask = this.#mask(update, l);
        hidden.push({ x, z, h, mask });
        x = mask ? tf.mul(h, mask) : h;
      });
      const logits = affine(x, last);

      const slope = new Float32Array(logits.size);
      const values = logits.dataSync<'float32'>();
      scored = score(values, this.#job.tasks, this.#job.labels, update.rows, update.weights, slope);

      let delta = tf.tensor2d(slope, logits.shape);
      const gradients: tf.Tensor1D[] = [];
      const add = (input: tf.Tensor2D): void => {
        gradients.unshift(transposedTimes(input, delta).flatten(), sumOfRows(delta));
      };
      add(x);
      for (let l = hidden.length - 1; l >= 0; l--) {
        const { x: input, z, h, mask } = hidden[l];
        delta = timesTransposed(delta, layers[l + 1].weights);
        if (mask) delta = tf.mul(delta, mask);
        const slopes = derivative(z, h, this.#job.network);
        if (slopes) delta = tf.mul(delta, slopes);
        add(input);
      }
      return this.#optimizer.update(this.#parameters, tf.concat1d(gradients), update.learningRate);
    });
    this.#parameters.dispose();
    this.#parameters = next;
    if (!scored) throw new Error('The training step gave no loss.');
    return scored;
  }

  resetOptimizer(): void {
    this.#optimizer.reset();
  }

  parameters(): Parameters {
    return new Float32Array(this.#parameters.dataSync<'float32'>());
  }

  dispose(): void {
    this.#parameters.dispose();
    this.#optimizer.dispose();
  }

  /** The inputs of a batch. Rows are gathered here, because the WASM backend's own gathering is slow. */
  #batch(rows: Uint32Array): tf.Tensor2D {
    const { cols, data } = this.#job.inputs;
    const values = new Float32Array(rows.length * cols);
    rows.forEach((row, i) => values.set(data.subarray(row * cols, (row + 1) * cols), i * cols));
    return tf.tensor2d(values, [rows.length, cols]);
  }

  /** Inverted dropout: 0 for a dropped unit, 1 / (1 − rate) for a kept one; null without dropout. */
  #mask({ step, rows }: Update, layer: number): tf.Tensor2D | null {
    const { dropout } = this.#job.network.training;
    if (dropout === 0) return null;
    const units = this.#job.network.hidden[layer];
    const seed = maskSeed(this.#dropoutKey, step, layer);
    const threshold = dropThreshold(dropout);
    const values = new Float32Array(rows.length * units);
    for (let i = 0; i < values.length; i++) values[i] = isDropped(seed, i, threshold) ? 0 : 1 / (1 - dropout);
    return tf.tensor2d(values, [rows.length, units]);
  }
}
