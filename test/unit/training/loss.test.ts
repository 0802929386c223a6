import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../src/training/evaluate';
import { score } from '../../../src/training/loss';
import { binaryTask, categoricalTask, makeJob, taskLabel } from './job';

const binary = binaryTask('b');
const colour = categoricalTask('c', ['red', 'yellow', 'blue']);
const labels = [taskLabel(binary, [1, 0]), taskLabel(colour, [2, 0])];
const logits = Float32Array.of(2, 0.5, -1, 1.5, 3, 0, 0, 0);

describe('score', () => {
  it('is the weighted mean of sigmoid and softmax cross-entropies', () => {
    const sigmoid = (Math.log1p(Math.exp(-2)) + Math.log1p(Math.exp(3))) / 2;
    const softmax = (Math.log(Math.exp(0.5) + Math.exp(-1) + Math.exp(1.5)) - 1.5 + Math.log(3)) / 2;
    expect(score(logits, [binary, colour], labels, null, [1, 1]).loss).toBeCloseTo(
      (sigmoid + softmax) / 2,
      12,
    );
    expect(score(logits, [binary, colour], labels, null, [3, 1]).loss).toBeCloseTo(
      (3 * sigmoid + softmax) / 4,
      12,
    );
    expect(score(logits, [binary, colour], labels, null, [0, 2]).loss).toBeCloseTo(softmax, 12);
  });

  it('has the gradient of finite differences', () => {
    const gradient = new Float32Array(8);
    const at = (values: Float32Array) => score(values, [binary, colour], labels, null, [3, 1]).loss;
    score(logits, [binary, colour], labels, null, [3, 1], gradient);
    gradient.forEach((value, i) => {
      const h = 2 ** -10;
      const above = at(logits.map((x, j) => (j === i ? x + h : x)));
      const below = at(logits.map((x, j) => (j === i ? x - h : x)));
      expect(value).toBeCloseTo((above - below) / (2 * h), 5);
    });
  });

  it('looks labels up by row', () => {
    const one = logits.slice(0, 4);
    expect(score(one, [binary, colour], labels, Uint32Array.of(0), [1, 1]).correct).toEqual([1, 1]);
    expect(score(one, [binary, colour], labels, Uint32Array.of(1), [1, 1]).correct).toEqual([0, 0]);
  });

  it('stays finite for huge logits and does not hide infinite ones', () => {
    const huge = score(
      Float32Array.of(1e30, 1e30, 0, -1e30),
      [binary, colour],
      labels,
      Uint32Array.of(1),
      [1, 1],
    );
    expect(huge.loss).toBeCloseTo(1e30 / 2, -25);
    expect(score(Float32Array.of(NaN), [binary], labels, null, [1]).loss).toBeNaN();
    expect(
      Number.isFinite(
        score(Float32Array.of(Infinity, NaN, 0, 0), [binary, colour], labels, null, [1, 1]).loss,
      ),
    ).toBe(false);
  });
});

describe('evaluate', () => {
  const targets = [
    { task: binary, values: [1, 0] },
    { task: colour, values: [2, 0] },
  ];
  const inputs = [[0], [1]];
  const matrix = { rows: 2, cols: 4, data: logits };

  it('uses the weights of the last phase that has steps', () => {
    const { network, tasks } = makeJob(inputs, targets, {
      phases: [{ weights: [1, 1] }, { weights: [0, 1] }, { weights: [1, 0], steps: 0 }],
    });
    expect(evaluate(network, tasks, matrix, labels).loss).toBe(
      score(logits, tasks, labels, null, [0, 1]).loss,
    );
  });

  it('uses equal weights for an untrained network', () => {
    const { network, tasks } = makeJob(inputs, targets, { phases: [{ weights: [0, 1], steps: 0 }] });
    expect(evaluate(network, tasks, matrix, labels).loss).toBe(
      score(logits, tasks, labels, null, [1, 1]).loss,
    );
  });

  it('breaks ties: a logit of 0 is false, the first of equal classes wins', () => {
    const { network, tasks } = makeJob(inputs, targets, {});
    const zeros = { rows: 2, cols: 4, data: new Float32Array(8) };
    expect(evaluate(network, tasks, zeros, labels).accuracy).toEqual([0.5, 0.5]);
    expect(
      evaluate(network, tasks, zeros, [taskLabel(binary, [0, 0]), taskLabel(colour, [0, 0])]).accuracy,
    ).toEqual([1, 1]);
  });
});
