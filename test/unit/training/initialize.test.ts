import { describe, expect, it } from 'vitest';
import type { Initializer } from '../../../src/experiment/file';
import { initialize } from '../../../src/training/initialize';
import { layout } from '../../../src/training/layout';
import { makeJob, XOR } from './job';

const IN = 200;
const OUT = 100;

/** Weights and biases of one layer, IN × OUT. */
function draw(initializer: Initializer, initialScale = 1, seed = 0, name = 'net') {
  const { network } = makeJob(XOR.inputs, XOR.targets, {
    network: { name, hidden: [], initializer, initialScale },
  });
  const parameters = initialize(network, seed, IN, OUT);
  return { weights: parameters.slice(0, IN * OUT), biases: parameters.slice(IN * OUT) };
}

function moments(values: Float32Array) {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length);
  return { mean, deviation, largest: Math.max(...values.map(Math.abs)) };
}

describe('initialize', () => {
  const truncation = 2 / 0.8796256610342398;
  // [initializer, standard deviation, largest value in standard deviations]
  const expected: [Initializer, number, number][] = [
    ['varianceScaling', Math.sqrt(1 / 150), truncation],
    ['glorotNormal', Math.sqrt(1 / 150), truncation],
    ['glorotUniform', Math.sqrt(1 / 150), Math.sqrt(3)],
    ['heNormal', Math.sqrt(2 / IN), truncation],
    ['heUniform', Math.sqrt(2 / IN), Math.sqrt(3)],
    ['lecunNormal', Math.sqrt(1 / IN), truncation],
    ['lecunUniform', Math.sqrt(1 / IN), Math.sqrt(3)],
    ['pytorch', Math.sqrt(1 / (3 * IN)), Math.sqrt(3)],
  ];
  it.each(expected)('%s has its standard deviation and its bounds', (initializer, deviation, bound) => {
    const { weights, biases } = draw(initializer);
    const found = moments(weights);
    expect(Math.abs(found.mean)).toBeLessThan((4 * deviation) / Math.sqrt(IN * OUT));
    expect(found.deviation / deviation).toBeCloseTo(1, 1.5);
    expect(found.largest / deviation).toBeLessThanOrEqual(bound * 1.000001);
    expect(found.largest / deviation).toBeGreaterThan(bound * 0.98);
    const largestBias = Math.max(...biases.map(Math.abs));
    if (initializer === 'pytorch') {
      expect(largestBias).toBeLessThanOrEqual(1 / Math.sqrt(IN) + 1e-7);
      expect(largestBias).toBeGreaterThan(0.9 / Math.sqrt(IN));
    } else expect(largestBias).toBe(0);
  });

  it.each([
    [12, 5],
    [5, 12],
    [7, 7],
  ])('orthogonal gives orthonormal columns, or rows where there are fewer (%i × %i)', (rows, cols) => {
    const { network } = makeJob(XOR.inputs, XOR.targets, {
      network: { hidden: [], initializer: 'orthogonal' },
    });
    const w = initialize(network, 0, rows, cols);
    const at = (k: number, i: number) => (rows >= cols ? w[i * cols + k] : w[k * cols + i]);
    for (let a = 0; a < Math.min(rows, cols); a++)
      for (let b = 0; b <= a; b++) {
        let product = 0;
        for (let i = 0; i < Math.max(rows, cols); i++) product += at(a, i) * at(b, i);
        expect(product).toBeCloseTo(a === b ? 1 : 0, 6);
      }
  });

  it('multiplies the weights by the initial scale, not the biases', () => {
    const one = draw('pytorch');
    const two = draw('pytorch', 2);
    expect(two.weights).toEqual(one.weights.map((value) => 2 * value));
    expect(two.biases).toEqual(one.biases);
  });

  it('shares no weight between networks and between seeds, and repeats for the same ones', () => {
    const { weights } = draw('heUniform', 1, 1, 'both');
    expect(draw('heUniform', 1, 1, 'both').weights).toEqual(weights);
    for (const other of [draw('heUniform', 1, 2, 'both'), draw('heUniform', 1, 1, 'easy only')])
      expect(other.weights.filter((value, i) => value === weights[i]).length).toBeLessThan(5);
  });

  it('lays the layers out one after the other, weights before biases', () => {
    const { network } = makeJob(XOR.inputs, XOR.targets, { network: { hidden: [4, 3] } });
    expect(layout(network, 2, 1)).toEqual([
      { inputs: 2, outputs: 4, weights: 0, biases: 8 },
      { inputs: 4, outputs: 3, weights: 12, biases: 24 },
      { inputs: 3, outputs: 1, weights: 27, biases: 30 },
    ]);
    const parameters = initialize(network, 0, 2, 1);
    expect(parameters).toHaveLength(31);
    expect([8, 11, 24, 26, 30].map((i) => parameters[i])).toEqual([0, 0, 0, 0, 0]);
    expect([0, 7, 12, 23, 27, 29].every((i) => parameters[i] !== 0)).toBe(true);
  });
});
