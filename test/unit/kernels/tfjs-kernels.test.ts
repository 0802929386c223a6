import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { stream } from '../../../src/core/stream';
import { multiplyMatrices } from '../../../bench/registered/matrix-product';
import { KernelAdam } from '../../../bench/registered/tfjs-adam';
import { registerMatrixProduct } from '../../../bench/registered/tfjs-kernels';
import { startBackend } from '../../../src/training/tfjs-backend';

const random = stream('products of a test');
const normal = (length: number): Float32Array => Float32Array.from({ length }, () => random.normal());

describe('multiplyMatrices', () => {
  const sizes = [1, 3, 5, 17, 33];
  it('agrees with float64 sums for odd sizes, each operand transposed or not', () => {
    for (const m of sizes)
      for (const n of sizes)
        for (const k of [1, 4, 17, 300])
          for (const transA of [false, true])
            for (const transB of [false, true]) {
              const a = normal(m * k);
              const b = normal(k * n);
              const c = new Float32Array(m * n).fill(NaN);
              multiplyMatrices(transA, transB, m, n, k, a, b, c);
              for (let i = 0; i < m; i++)
                for (let j = 0; j < n; j++) {
                  let sum = 0;
                  let size = 0;
                  for (let p = 0; p < k; p++) {
                    const term = a[transA ? p * m + i : i * k + p] * b[transB ? j * k + p : p * n + j];
                    sum += term;
                    size += Math.abs(term);
                  }
                  if (!(Math.abs(c[i * n + j] - sum) <= 1e-6 * size))
                    expect.fail(`${m} ${n} ${k} at ${i}, ${j}`);
                }
            }
  });
});

describe('the registered matrix product', () => {
  let restore: () => void;
  beforeAll(async () => {
    await startBackend();
  });
  beforeEach(() => {
    restore = registerMatrixProduct();
  });
  afterEach(() => restore());

  /** Runs with our kernel and with the backend's own. */
  function both<T>(compute: () => T): [T, T] {
    const ours = compute();
    restore();
    const theirs = compute();
    restore = registerMatrixProduct();
    return [ours, theirs];
  }

  it.each([
    [[5, 7], [7, 3], false, false],
    [[4, 5, 7], [4, 3, 7], false, true],
    [[4, 7, 5], [1, 7, 3], true, false],
    [[1, 7, 5], [6, 3, 7], true, true],
    [[2, 3, 5, 7], [2, 3, 7, 9], false, false],
  ])('multiplies %j by %j like the backend', (shapeA, shapeB, transA, transB) => {
    const a = tf.tensor(normal(shapeA.reduce((x, y) => x * y)), shapeA);
    const b = tf.tensor(normal(shapeB.reduce((x, y) => x * y)), shapeB);
    const [ours, theirs] = both(() => tf.matMul(a, b, transA, transB));
    expect(ours.shape).toEqual(theirs.shape);
    const expected = theirs.dataSync();
    ours.dataSync().forEach((value, i) => expect(Math.abs(value - expected[i])).toBeLessThan(1e-5));
    tf.dispose([a, b, ours, theirs]);
  });

  it('broadcasts over several batch dimensions', () => {
    const a = tf.tensor(normal(2 * 1 * 3 * 4), [2, 1, 3, 4]);
    const b = tf.tensor(normal(5 * 4 * 2), [1, 5, 4, 2]);
    const product = tf.matMul(a, b);
    expect(product.shape).toEqual([2, 5, 3, 2]);
    for (let i = 0; i < 2; i++)
      for (let j = 0; j < 5; j++) {
        const one = tf.matMul(a.gather(i).reshape([3, 4]), b.reshape([5, 4, 2]).gather(j).reshape([4, 2]));
        expect(product.gather(i).gather(j).dataSync()).toEqual(one.dataSync());
      }
  });

  it('trains a residual block with attention like the backend', () => {
    const x = normal(8 * 6 * 10);
    const initial = [10 * 16, 10 * 16, 16 * 10].map((size) => normal(size).map((value) => 0.3 * value));
    const [ours, theirs] = both(() => {
      const input = tf.tensor(x, [8, 6, 10]);
      const [query, key, out] = [
        tf.variable(tf.tensor2d(initial[0], [10, 16])),
        tf.variable(tf.tensor2d(initial[1], [10, 16])),
        tf.variable(tf.tensor2d(initial[2], [16, 10])),
      ];
      const optimizer = tf.train.sgd(0.05);
      const project = (of: tf.Tensor, by: tf.Tensor2D): tf.Tensor =>
        tf.matMul(of.reshape([48, of.shape[2] ?? 0]), by).reshape([8, 6, by.shape[1]]);
      const losses: number[] = [];
      for (let step = 0; step < 10; step++) {
        const loss = optimizer.minimize(
          () => {
            const q = project(input, query);
            const weights = tf.softmax(tf.matMul(q, project(input, key as tf.Tensor2D), false, true));
            const mixed = tf.add(input, project(tf.relu(tf.matMul(weights, q)), out as tf.Tensor2D));
            return tf.mean(tf.square(tf.sub(mixed, 1))).asScalar();
          },
          true,
          [query, key, out],
        );
        losses.push(loss?.dataSync()[0] ?? NaN);
      }
      return losses;
    });
    expect(ours[9]).toBeLessThan(ours[0]);
    ours.forEach((loss, i) => expect(Math.abs(loss / theirs[i] - 1)).toBeLessThan(1e-4));
  });
});

describe('KernelAdam', () => {
  beforeAll(async () => {
    await startBackend();
  });

  it('steps as the formula says, for every variable by itself, and leaves no tensor behind', () => {
    const before = tf.memory().numTensors;
    const sizes = [1, 7, 40];
    const initial = sizes.map((size) => normal(size));
    const targets = sizes.map((size) => normal(size));
    const variables = initial.map((values) => tf.tidy(() => tf.variable(tf.tensor1d(values))));
    const optimizer = new KernelAdam(0.05, 0.8, 0.9, 1e-3);
    const expected = initial.map((values) => ({
      w: Float64Array.from(values),
      m: new Float64Array(values.length),
      v: new Float64Array(values.length),
    }));
    for (let step = 1; step <= 20; step++) {
      // The last variable joins later; its moments begin at 0 then, but corrections are those of the optimiser's step.
      const present = step < 5 ? 2 : 3;
      const gradients = tf.variableGrads(
        () =>
          tf
            .addN(variables.slice(0, present).map((w, i) => tf.sum(tf.square(tf.sub(w, targets[i])))))
            .asScalar(),
        variables.slice(0, present),
      );
      optimizer.applyGradients(gradients.grads);
      tf.dispose([gradients.value, ...Object.values(gradients.grads)]);
      expected.slice(0, present).forEach(({ w, m, v }, i) => {
        w.forEach((value, j) => {
          const g = 2 * (value - targets[i][j]);
          m[j] = 0.8 * m[j] + 0.2 * g;
          v[j] = 0.9 * v[j] + 0.1 * g * g;
          w[j] -= (0.05 * (m[j] / (1 - 0.8 ** step))) / (Math.sqrt(v[j] / (1 - 0.9 ** step)) + 1e-3);
        });
      });
    }
    expected.forEach(({ w }, i) => {
      const actual = variables[i].dataSync();
      w.forEach((value, j) => expect(Math.abs(actual[j] - value)).toBeLessThan(1e-5));
    });
    optimizer.dispose();
    tf.dispose(variables);
    expect(tf.memory().numTensors).toBe(before);
  });
});
