import * as tf from '@tensorflow/tfjs';
import { stream } from '../src/core/stream';
import { KernelAdam } from './registered/tfjs-adam';
import { registerMatrixProduct } from './registered/tfjs-kernels';
import { startBackend } from '../src/training/tfjs-backend';
import { SIZES, stackJob } from './stack';

/** What one trains with TensorFlow.js as it comes: a loss of variables, and its own or our optimiser. */
interface Model {
  readonly loss: () => tf.Scalar;
  readonly variables: tf.Variable[];
}

const random = stream('stock');

function weights(...shape: number[]): tf.Variable {
  const size = shape.reduce((product, length) => product * length, 1);
  const scale = Math.sqrt(2 / (shape[shape.length - 2] + shape[shape.length - 1]));
  return tf.variable(
    tf.tensor(
      Float32Array.from({ length: size }, () => scale * random.normal()),
      shape,
    ),
  );
}

const zeros = (units: number): tf.Variable => tf.variable(tf.zeros([units]));

function crossEntropy(logits: tf.Tensor, labels: tf.Tensor): tf.Scalar {
  return tf.losses.sigmoidCrossEntropy(labels, logits);
}

function bits(...shape: number[]): tf.Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, () => random.below(2)),
    shape,
  );
}

/** The plain stack of the bench; each batch is gathered from the training set. */
export async function stockStack(batch: number): Promise<() => void> {
  await startBackend();
  const { inputs, labels } = stackJob(batch);
  const all = tf.tensor2d(inputs.data, [inputs.rows, inputs.cols]);
  const truth = tf.stack<tf.Tensor>(
    labels.map(({ values }) => tf.tensor1d(Float32Array.from(values))),
    1,
  );
  const layers = SIZES.slice(1).map((units, at) => ({ w: weights(SIZES[at], units), b: zeros(units) }));
  const optimizer = tf.train.adam(1e-3);
  return () =>
    tf.tidy(() => {
      const rows = tf.tensor1d(
        Int32Array.from({ length: batch }, () => random.below(inputs.rows)),
        'int32',
      );
      const loss = (): tf.Scalar => {
        let x: tf.Tensor = tf.gather(all, rows);
        layers.forEach(({ w, b }, at) => {
          x = tf.add(tf.matMul(x, w), b);
          if (at < layers.length - 1) x = tf.relu(x);
        });
        return crossEntropy(x, tf.gather(truth, rows));
      };
      optimizer.minimize(
        loss,
        false,
        layers.flatMap(({ w, b }) => [w, b]),
      );
    });
}

/** A residual network: 64 inputs into 128 units, three blocks x + W relu(V x) of 256 inner units, two logits. */
function residual(batch: number): Model {
  const x = bits(batch, 64);
  const y = bits(batch, 2);
  const into = weights(64, 128);
  const out = weights(128, 2);
  const blocks = [0, 1, 2].map(() => ({
    v: weights(128, 256),
    a: zeros(256),
    w: weights(256, 128),
    b: zeros(128),
  }));
  return {
    variables: [into, out, ...blocks.flatMap(({ v, a, w, b }) => [v, a, w, b])],
    loss: () => {
      let h: tf.Tensor = tf.matMul(x, into);
      for (const { v, a, w, b } of blocks)
        h = tf.add(h, tf.add(tf.matMul(tf.relu(tf.add(tf.matMul(h, v), a)), w), b));
      return crossEntropy(tf.matMul(h, out), y);
    },
  };
}

/** A transformer block over 16 positions of 64 units: four heads of attention, then 256 inner units; two logits of the mean. */
function transformer(batch: number): Model {
  const [positions, width, heads] = [16, 64, 4];
  const x = bits(batch * positions, width);
  const y = bits(batch, 2);
  const [q, k, v, o] = [0, 1, 2, 3].map(() => weights(width, width));
  const [up, down, out] = [weights(width, 256), weights(256, width), weights(width, 2)];
  const split = (t: tf.Tensor): tf.Tensor =>
    tf.transpose(tf.reshape(t, [batch, positions, heads, width / heads]), [0, 2, 1, 3]);
  return {
    variables: [q, k, v, o, up, down, out],
    loss: () => {
      const scores = tf.matMul(split(tf.matMul(x, q)), split(tf.matMul(x, k)), false, true);
      const mixed = tf.matMul(tf.softmax(tf.div(scores, Math.sqrt(width / heads))), split(tf.matMul(x, v)));
      const joined = tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), [batch * positions, width]);
      const h = tf.add(x, tf.matMul(joined, o));
      const g = tf.add(h, tf.matMul(tf.relu(tf.matMul(h, up)), down));
      return crossEntropy(tf.matMul(tf.mean(tf.reshape(g, [batch, positions, width]), 1), out), y);
    },
  };
}

const models = { residual, transformer };

/** A training step of a network that is no plain stack: with our registered kernels and Adam, or with what TensorFlow.js brings. */
export async function generalStep(
  name: keyof typeof models,
  batch: number,
  kernels: boolean,
): Promise<() => void> {
  await startBackend();
  const { loss, variables } = models[name](batch);
  const optimizer = kernels ? new KernelAdam(1e-3) : tf.train.adam(1e-3);
  const step = (): void => {
    tf.tidy(() => {
      optimizer.minimize(loss, false, variables);
    });
  };
  if (!kernels) return step;
  return () => {
    const restore = registerMatrixProduct();
    try {
      step();
    } finally {
      restore();
    }
  };
}
