import * as tf from '@tensorflow/tfjs';
import type { Layers } from '../experiment/experiment';
import type { LayerLayout } from './layout';

/** Weights and biases as tensors: [inputs, outputs] and [outputs]. */
interface LayerTensors {
  readonly weights: tf.Tensor2D;
  readonly biases: tf.Tensor1D;
}

/** Cuts the parameters into layers. */
export function cut(parameters: tf.Tensor1D, layers: readonly LayerLayout[]): LayerTensors[] {
  return layers.map(({ inputs, outputs, weights, biases }) => ({
    weights: parameters.slice(weights, inputs * outputs).reshape([inputs, outputs]),
    biases: parameters.slice(biases, outputs),
  }));
}

/** x · W + b, [rows, outputs]. */
export function affine(x: tf.Tensor2D, { weights, biases }: LayerTensors): tf.Tensor2D {
  return tf.add(tf.matMul(x, weights), biases);
}

/** aᵀ · b. The WASM backend's own transposed products take about ten times as long as a transposition and a plain product. */
export function transposedTimes(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  return tf.matMul(tf.transpose(a), b);
}

/** a · bᵀ. */
export function timesTransposed(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  return tf.matMul(a, tf.transpose(b));
}

/** The sum over rows as a product with ones, which the WASM backend computes faster than a sum. */
export function sumOfRows(x: tf.Tensor2D): tf.Tensor1D {
  return tf.matMul(tf.ones([1, x.shape[0]]), x).reshape([x.shape[1]]);
}

/** The activation function of the hidden layers. `gelu` is the exact one, x·Φ(x), as PyTorch's default. */
export function activate(z: tf.Tensor2D, network: Layers): tf.Tensor2D {
  switch (network.activation) {
    case 'relu':
      return tf.relu(z);
    case 'leakyRelu':
      return tf.leakyRelu(z, network.leakySlope);
    case 'tanh':
      return tf.tanh(z);
    case 'sigmoid':
      return tf.sigmoid(z);
    case 'gelu':
      return tf.mul(z, normalCdf(z));
    case 'linear':
      return z;
  }
}

/**
 * Its derivative; at 0 that of relu is 0 and that of leakyRelu its slope, as in PyTorch.
 *
 * @param z before the activation function
 * @param h after it
 * @returns null for the constant 1
 */
export function derivative(z: tf.Tensor2D, h: tf.Tensor2D, network: Layers): tf.Tensor2D | null {
  switch (network.activation) {
    case 'relu':
      return tf.step(z, 0);
    case 'leakyRelu':
      return tf.step(z, network.leakySlope);
    case 'tanh':
      return tf.sub(1, tf.square(h));
    case 'sigmoid':
      return tf.mul(h, tf.sub(1, h));
    case 'gelu':
      return tf.add(normalCdf(z), tf.mul(z, normalDensity(z)));
    case 'linear':
      return null;
  }
}

function normalCdf(z: tf.Tensor2D): tf.Tensor2D {
  return tf.mul(0.5, tf.add(1, tf.erf(tf.mul(z, Math.SQRT1_2))));
}

function normalDensity(z: tf.Tensor2D): tf.Tensor2D {
  return tf.mul(1 / Math.sqrt(2 * Math.PI), tf.exp(tf.mul(-0.5, tf.square(z))));
}
