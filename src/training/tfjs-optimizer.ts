import { power } from '../core/elementary';
import * as tf from '@tensorflow/tfjs';
import type { Training } from '../experiment/experiment';
import type { LayerLayout } from './layout';
import { parameterCount } from './layout';

/**
 * An optimiser over all parameters in one vector. With g the gradient, η the learning rate, λ the weight decay and t the
 * steps so far, this one included:
 * - `sgd`: w ← w − η g
 * - `momentum`: v ← μ v + g; w ← w − η v (as PyTorch; v starts at 0)
 * - `adam`: m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²; w ← w − η / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε)
 * - `adamW`: first w ← w − η λ w, then as `adam`
 *
 * For all but `adamW`, g ← g + λ w before the rest. Biases are not decayed. A task of weight 0 has gradient 0, and its head
 * still moves by momentum that it gathered before (as with PyTorch's gradients of zeros). The state lasts over all phases
 * that do not reset it.
 */
export class Optimizer {
  readonly #training: Training;
  /** λ for weights, 0 for biases; null without weight decay. */
  readonly #decay: tf.Tensor1D | null;
  /** First moment (or velocity) and second moment. */
  #moments: readonly tf.Tensor1D[];
  #steps = 0;

  constructor(training: Training, layers: readonly LayerLayout[]) {
    const count = parameterCount(layers);
    const slots = { sgd: 0, momentum: 1, adam: 2, adamW: 2 }[training.optimizer];
    this.#training = training;
    this.#moments = Array.from({ length: slots }, () => tf.zeros<tf.Rank.R1>([count]));
    this.#decay = training.weightDecay > 0 ? tf.tensor1d(decayOf(training.weightDecay, layers)) : null;
  }

  reset(): void {
    this.#keep(this.#moments.map((moment) => tf.zerosLike(moment)));
    this.#steps = 0;
  }

  /** @returns the new parameters; inside a tidy, which the new state survives */
  update(parameters: tf.Tensor1D, gradient: tf.Tensor1D, learningRate: number): tf.Tensor1D {
    this.#steps++;
    const { optimizer } = this.#training;
    if (optimizer === 'adamW')
      return this.#adam(this.#shrunk(parameters, learningRate), gradient, learningRate);
    const g = this.#decay ? tf.add<tf.Tensor1D>(gradient, tf.mul(this.#decay, parameters)) : gradient;
    switch (optimizer) {
      case 'sgd':
        return tf.sub(parameters, tf.mul(g, learningRate));
      case 'momentum':
        return this.#momentum(parameters, g, learningRate);
      case 'adam':
        return this.#adam(parameters, g, learningRate);
    }
  }

  dispose(): void {
    tf.dispose([...this.#moments, ...(this.#decay ? [this.#decay] : [])]);
  }

  #momentum(parameters: tf.Tensor1D, g: tf.Tensor1D, learningRate: number): tf.Tensor1D {
    const v = tf.add<tf.Tensor1D>(tf.mul(this.#moments[0], this.#training.momentum), g);
    this.#keep([v]);
    return tf.sub(parameters, tf.mul(v, learningRate));
  }

  #adam(parameters: tf.Tensor1D, g: tf.Tensor1D, learningRate: number): tf.Tensor1D {
    const { beta1, beta2, epsilon } = this.#training;
    const m = tf.add<tf.Tensor1D>(tf.mul(this.#moments[0], beta1), tf.mul(g, 1 - beta1));
    const v = tf.add<tf.Tensor1D>(tf.mul(this.#moments[1], beta2), tf.mul(tf.square(g), 1 - beta2));
    this.#keep([m, v]);
    const correction = 1 / Math.sqrt(1 - power(beta2, this.#steps));
    const size = learningRate / (1 - power(beta1, this.#steps));
    const deviation = tf.add(tf.mul(tf.sqrt(v), correction), epsilon);
    return tf.sub(parameters, tf.mul(tf.div(m, deviation), size));
  }

  #shrunk(parameters: tf.Tensor1D, learningRate: number): tf.Tensor1D {
    if (!this.#decay) return parameters;
    return tf.sub(parameters, tf.mul(parameters, tf.mul(this.#decay, learningRate)));
  }

  #keep(moments: readonly tf.Tensor1D[]): void {
    tf.dispose([...this.#moments]);
    this.#moments = moments.map((moment) => tf.keep(moment));
  }
}

function decayOf(weightDecay: number, layers: readonly LayerLayout[]): Float32Array {
  const decay = new Float32Array(parameterCount(layers));
  for (const { weights, biases } of layers) decay.fill(weightDecay, weights, biases);
  return decay;
}
