import { describe, expect, it } from 'vitest';
import type { Feature } from '../../../src/experiment/experiment';
import { drawStimuli } from '../../../src/stimuli/draw-stimuli';
import { gaussianMatrix, orthogonalMatrix } from '../../../src/stimuli/random-matrix';
import { StimuliError } from '../../../src/stimuli/stimuli-error';
import { stream } from '../../../src/core/stream';
import {
  binary,
  bits,
  build,
  categorical,
  gaussian,
  inputRow,
  mean,
  pearson,
  valuesOf,
  type Part,
} from './builder';

/** The whole design of the parts, as input rows. */
function design(parts: readonly Part[], options: Parameters<typeof build>[1] = {}): number[][] {
  const { train } = drawStimuli(build(parts, { enumerate: 'all', ...options }));
  return Array.from({ length: train.inputs.rows }, (_, row) => inputRow(train, row));
}

describe('encoding', () => {
  it('copies each bit over its own units', () => {
    expect(design([bits('h', 2, { units: 2 })])).toEqual([
      [0, 0, 0, 0],
      [0, 0, 1, 1],
      [1, 1, 0, 0],
      [1, 1, 1, 1],
    ]);
  });

  it('gives each category its units', () => {
    expect(design([categorical('c', ['a', 'b', 'd'], { units: 2 })])).toEqual([
      [1, 1, 0, 0, 0, 0],
      [0, 0, 1, 1, 0, 0],
      [0, 0, 0, 0, 1, 1],
    ]);
  });

  it('codes as ±1 and amplifies', () => {
    const options: Partial<Feature> = { coding: '±1', amplification: 2 };
    expect(design([binary('e', options)])).toEqual([[-2], [2]]);
    expect(design([categorical('c', ['a', 'b', 'd'], options)])[1]).toEqual([-2, 2, -2]);
    expect(design([binary('e', { encoding: 'onehot' })])).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  it('carries Gaussians as they are, and no negative zero', () => {
    const { train } = drawStimuli(
      build([gaussian('z', 2, { amplification: 3 }), bits('h', 20, { amplification: -1 })]),
    );
    expect(inputRow(train, 5).slice(0, 2)).toEqual(
      Array.from(valuesOf(train, 'z').subarray(10, 12), (v) => Math.fround(3 * v)),
    );
    expect(train.inputs.data.some((value) => Object.is(value, -0))).toBe(false);
  });

  it('projects by one fixed matrix that all sets share', () => {
    const rows = design([categorical('c', ['a', 'b'], { encoding: 'projection', units: 500 })]);
    const entries = rows.flat();
    expect(Math.abs(mean(entries))).toBeLessThan(6 * Math.sqrt(0.5 / 1000));
    // Entries have variance 1 / 2: a one-hot vector shows them one by one.
    expect(Math.abs(mean(entries.map((v) => v * v)) - 0.5)).toBeLessThan(6 * 0.5 * Math.sqrt(2 / 1000));
    const sets = drawStimuli(
      build([bits('h', 2, { encoding: 'projection', units: 3 })], { enumerate: 'all' }),
    );
    expect(sets.test.inputs).toEqual(sets.train.inputs);
    const [none, second, first, both] = [0, 1, 2, 3].map((row) => inputRow(sets.train, row));
    expect(none).toEqual([0, 0, 0]);
    both.forEach((value, i) => expect(value).toBeCloseTo(first[i] + second[i], 6));
  });

  it('gives noise of its standard deviation to all inputs', () => {
    const { train } = drawStimuli(build([bits('h', 4)], { inputNoise: 0.3 }));
    const noise = Array.from(train.inputs.data, (value, i) => value - valuesOf(train, 'h')[i]);
    expect(Math.abs(mean(noise.map((v) => v * v)) - 0.09)).toBeLessThan(6 * 0.09 * Math.sqrt(2 / 4000));
  });
});

describe('embedding', () => {
  it('by an orthogonal matrix keeps all distances', () => {
    const rows = design([bits('h', 3)], { embedding: { units: 7, matrix: 'orthogonal' } });
    const distance = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0);
    for (let a = 0; a < 8; a++) {
      for (let b = 0; b < 8; b++) {
        const differing = [0, 1, 2].filter((i) => (a >> i) % 2 !== (b >> i) % 2).length;
        expect(distance(rows[a], rows[b])).toBeCloseTo(differing, 5);
      }
    }
  });

  it('has orthonormal directions to full precision', () => {
    const matrix = orthogonalMatrix(40, 40, stream('test'));
    for (let i = 0; i < 40; i++) {
      for (let j = 0; j < 40; j++) {
        let dot = 0;
        for (let k = 0; k < 40; k++) dot += matrix[i * 40 + k] * matrix[j * 40 + k];
        expect(dot).toBeCloseTo(i === j ? 1 : 0, 13);
      }
    }
  });

  it('by a Gaussian matrix has entries of variance 1 / units before', () => {
    const matrix = gaussianMatrix(50, 100, stream('test'));
    expect(Math.abs(mean(matrix.map((v) => v * v)) - 1 / 50)).toBeLessThan((6 / 50) * Math.sqrt(2 / 5000));
  });

  it('refuses an orthogonal matrix into too few units', () => {
    const run = () => design([bits('h', 3)], { embedding: { units: 2, matrix: 'orthogonal' } });
    expect(run).toThrow(StimuliError);
    expect(run).toThrow(/at least as many units/);
  });

  it('adds input noise after the mixing: on every unit alike', () => {
    const options = { embedding: { units: 2, matrix: 'gaussian' }, counts: [4000, 10, 10] } as const;
    const { train } = drawStimuli(build([gaussian('z')], { ...options, inputNoise: 1 }));
    const clean = drawStimuli(build([gaussian('z')], options)).train;
    const unit = (i: number) =>
      Array.from({ length: 4000 }, (_, row) => inputRow(train, row)[i] - inputRow(clean, row)[i]);
    for (const i of [0, 1])
      expect(Math.abs(mean(unit(i).map((v) => v * v)) - 1)).toBeLessThan(6 * Math.sqrt(2 / 4000));
    expect(Math.abs(pearson(unit(0), unit(1)))).toBeLessThan(6 / Math.sqrt(4000));
  });
});
