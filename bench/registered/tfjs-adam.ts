import * as tf from '@tensorflow/tfjs';
import { Workspace } from '../../src/numerics/kernels/workspace';

/** A gradient as TensorFlow.js passes it; null for a variable that the loss does not depend on. */
interface NamedGradient {
  readonly name: string;
  readonly tensor: tf.Tensor | null;
}

/** Where the numbers of one variable are in the workspace, by address. */
interface Slot {
  readonly weights: number;
  readonly gradient: number;
  readonly firstMoment: number;
  readonly secondMoment: number;
  /** Octets of numbers, padding included. */
  readonly octets: number;
}

/**
 * Adam for TensorFlow.js with one kernel per variable in place of a dozen; the formula is PyTorch's (tfjs-optimizer.ts). The
 * state is not part of `getWeights`.
 */
export class KernelAdam extends tf.Optimizer {
  static readonly className = 'KernelAdam';
  readonly #workspace = Workspace.take();
  readonly #slots = new Map<string, Slot>();
  readonly #settings: { learningRate: number; beta1: number; beta2: number; epsilon: number };
  #beta1Power = 1;
  #beta2Power = 1;

  constructor(learningRate: number, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8) {
    super();
    this.#settings = { learningRate, beta1, beta2, epsilon };
  }

  /** One step; variables without a gradient keep their values. */
  override applyGradients(gradients: tf.NamedTensorMap | NamedGradient[]): void {
    const named: readonly NamedGradient[] = Array.isArray(gradients)
      ? gradients
      : Object.entries(gradients).map(([name, tensor]) => ({ name, tensor }));
    const { learningRate, beta1, beta2, epsilon } = this.#settings;
    this.#beta1Power *= beta1;
    this.#beta2Power *= beta2;
    const spread = Math.sqrt(1 - this.#beta2Power);
    const step = (learningRate * spread) / (1 - this.#beta1Power);
    this.#reserve(named);
    const { kernels, floats } = this.#workspace;
    for (const { name, tensor } of named) {
      const slot = this.#slots.get(name);
      if (!slot || !tensor) continue;
      const variable = tf.engine().registeredVariables[name];
      const { weights, gradient, firstMoment, secondMoment, octets } = slot;
      floats.set(variable.dataSync<'float32'>(), weights / 4);
      floats.set(tensor.dataSync<'float32'>(), gradient / 4);
      kernels.adamBiases(
        weights,
        gradient,
        firstMoment,
        secondMoment,
        octets,
        step,
        1 - beta1,
        1 - beta2,
        epsilon * spread,
      );
      const updated = tf.tensor(floats.slice(weights / 4, weights / 4 + variable.size), variable.shape);
      variable.assign(updated);
      updated.dispose();
    }
    this.incrementIterations();
  }

  override dispose(): void {
    this.#workspace.release();
    this.#slots.clear();
    super.dispose();
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...this.#settings };
  }

  /** Makes room for variables that are new here. */
  #reserve(named: readonly NamedGradient[]): void {
    let added = false;
    for (const { name, tensor } of named) {
      if (this.#slots.has(name) || !tensor) continue;
      const octets = Math.ceil(tensor.size / 8);
      const array = (): number => this.#workspace.reserve(octets * 32);
      this.#slots.set(name, {
        weights: array(),
        gradient: array(),
        firstMoment: array(),
        secondMoment: array(),
        octets,
      });
      added = true;
    }
    if (added) this.#workspace.commit();
  }
}
