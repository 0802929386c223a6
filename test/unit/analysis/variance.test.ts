import { describe, expect, it } from 'vitest';
import {
  layerVariance,
  prepareDesigns,
  type PreparedDesigns,
} from '../../../src/analysis/variance-explained-layers';
import { varianceExplained } from '../../../src/analysis/variance-explained';
import type { Label } from '../../../src/core/label';
import type { Matrix } from '../../../src/core/matrix';
import { stream } from '../../../src/core/stream';
import { label } from './linalg-support/labels';

/** Of several layers. */
const layerVariances = (designs: PreparedDesigns, fit: Matrix[], test: Matrix[]) =>
  test.map((layer, at) => layerVariance(designs, fit[at], layer));

const FIT = 64;
const TEST = 48;

function drawn(name: string, count: number, below: number): number[] {
  const source = stream(name, count);
  return Array.from({ length: count }, () => source.below(below));
}

/** Features e (binary), c (categorical), b (3 bits), r (2 components); tasks e again and the parity of the bits. */
function labels(count: number): Label[] {
  const e = drawn('e', count, 2);
  const bits = drawn('b', count * 3, 2);
  const source = stream('r', count);
  const parity = e.map((_, i) => (bits[3 * i] + bits[3 * i + 1] + bits[3 * i + 2]) % 2);
  return [
    label('e', 'binary', e),
    label('c', 'categorical', drawn('c', count, 3)),
    label('b', 'bits', bits, 3),
    label(
      'r',
      'real',
      Array.from({ length: 2 * count }, () => source.normal()),
      2,
    ),
    label('easy', 'binary', e, 1, 'task'),
    label('hard', 'binary', parity, 1, 'task'),
  ];
}

function layer(count: number, units: number, value: (stimulus: number, unit: number) => number): Matrix {
  const data = Float32Array.from({ length: count * units }, (_, k) =>
    value(Math.floor(k / units), k % units),
  );
  return { rows: count, cols: units, data };
}

const fitLabels = labels(FIT);
const testLabels = labels(TEST);
const prepared = prepareDesigns(fitLabels, testLabels);

describe('variance explained of layers', () => {
  it('a layer of one label alone gives that label 1, with the same per unit', () => {
    const make = (set: Label[], count: number): Matrix =>
      layer(count, 3, (i, u) => (u + 1) * set[5].values[i] + 2);
    const [found] = layerVariances(prepared, [make(fitLabels, FIT)], [make(testLabels, TEST)]);
    expect(found.varianceExplained.hard).toBeCloseTo(1, 12);
    expect(found.varianceExplainedByUnitMean.hard).toBeCloseTo(1, 12);
    // The joint pattern of the bits knows their parity; the bits one by one do not.
    expect(found.varianceExplainedJoint.b).toBeCloseTo(1, 12);
    expect(found.varianceExplained.b).toBeLessThan(0.3);
    expect(found.varianceExplained.e).toBe(found.varianceExplained.easy);
    expect(found.varianceExplainedUnique.hard).toBeCloseTo(1 - (found.varianceExplained.easy ?? NaN), 12);
    expect(found.undefinedValues).toEqual({});
  });

  it('every label agrees with a regression of its own', () => {
    const source = stream('noise');
    const make = (set: Label[], count: number): Matrix =>
      layer(
        count,
        5,
        (i, u) => source.normal() + u * set[0].values[i] + set[1].values[i] + set[3].values[2 * i],
      );
    const fit = make(fitLabels, FIT);
    const test = make(testLabels, TEST);
    const [, found] = layerVariances(
      prepared,
      [layer(FIT, 2, () => source.normal()), fit],
      [layer(TEST, 2, () => source.normal()), test],
    );
    const design = (chosen: number[], set: Label[], count: number): Matrix => {
      const row = (i: number): number[] =>
        chosen.flatMap((k) => {
          const { kind, width, values } = set[k];
          if (kind === 'categorical') return [0, 1, 2].map((value) => Number(values[i] === value));
          return Array.from(values.subarray(i * width, (i + 1) * width));
        });
      const rows = Array.from({ length: count }, (_, i) => row(i));
      return { rows: count, cols: rows[0].length, data: Float64Array.from(rows.flat()) };
    };
    const alone = (chosen: number[]): { weighted: number | null; unitMean: number | null } =>
      varianceExplained(fit, design(chosen, fitLabels, FIT), test, design(chosen, testLabels, TEST));
    fitLabels.forEach(({ name }, k) => {
      expect(found.varianceExplained[name]).toBeCloseTo(alone([k]).weighted ?? NaN, 11);
      expect(found.varianceExplainedByUnitMean[name]).toBeCloseTo(alone([k]).unitMean ?? NaN, 11);
    });
    const both = alone([4, 5]).weighted ?? NaN;
    expect(found.varianceExplainedUnique.easy).toBeCloseTo(both - (alone([5]).weighted ?? NaN), 11);
    expect(found.varianceExplainedUnique.hard).toBeCloseTo(both - (alone([4]).weighted ?? NaN), 11);
  });

  it('values and patterns that the fit set lacks are predicted by its grand mean', () => {
    const fit = [label('c', 'categorical', [0, 0, 1, 1]), label('b', 'bits', [0, 0, 0, 0], 1)];
    const test = [label('c', 'categorical', [0, 1, 2, 2]), label('b', 'bits', [0, 1, 1, 1], 1)];
    const [found] = layerVariances(
      prepareDesigns(fit, test),
      [layer(4, 1, (i) => [1, 3, 5, 7][i])],
      [layer(4, 1, (i) => [2, 6, 4, 9][i])],
    );
    // Predictions 2, 6, 4, 4 about a test mean of 5.25: residual 25, total 26.75.
    expect(found.varianceExplained.c).toBeCloseTo(1 - 25 / 26.75, 12);
    // The grand mean 4 for all: residual 4 + 4 + 0 + 25.
    expect(found.varianceExplainedJoint.b).toBeCloseTo(1 - 33 / 26.75, 12);
    expect(found.varianceExplained.b).toBeCloseTo(1 - 33 / 26.75, 12);
  });

  it('no joint pattern where there are more patterns than a quarter of the fit stimuli', () => {
    const fit = [label('b', 'bits', [0, 0, 0, 1, 1, 0, 1, 1], 2)];
    const [found] = layerVariances(
      prepareDesigns(fit, fit),
      [layer(4, 1, (i) => i)],
      [layer(4, 1, (i) => i)],
    );
    expect(found.varianceExplainedJoint).toEqual({ b: null });
    expect(found.undefinedValues['varianceExplainedJoint.b']).toContain('4 patterns of b');
  });

  it('a single task is unique over the mean alone', () => {
    const fit = [label('easy', 'binary', [0, 1, 0, 1], 1, 'task')];
    const [found] = layerVariances(
      prepareDesigns(fit, fit),
      [layer(4, 1, (i) => [0, 2, 1, 3][i])],
      [layer(4, 1, (i) => [0, 4, 0, 4][i])],
    );
    // Predictions .5 and 2.5: residual 5 of 16; the fit mean 1.5 alone leaves 17 of 16.
    expect(found.varianceExplained.easy).toBeCloseTo(1 - 5 / 16, 12);
    expect(found.varianceExplainedUnique.easy).toBeCloseTo(12 / 16, 12);
  });

  it('constant units are left out of the mean over units, constant layers have no value but a reason', () => {
    const source = stream('units');
    const dead = layer(TEST, 2, () => 0.1);
    const mixed = (count: number): Matrix => layer(count, 3, (_, u) => (u === 1 ? 0.1 : source.normal()));
    const found = layerVariances(prepared, [layer(FIT, 2, () => 0.1), mixed(FIT)], [dead, mixed(TEST)]);
    expect(found[0].constantUnits).toEqual([0, 1]);
    expect(new Set(Object.values(found[0].varianceExplained))).toEqual(new Set([null]));
    expect(found[0].varianceExplainedUnique).toEqual({ easy: null, hard: null });
    expect(found[0].undefinedValues['varianceExplained.easy']).toContain('same value');
    // 6 labels twice, 1 joint pattern, 2 unique shares.
    expect(Object.keys(found[0].undefinedValues)).toHaveLength(15);
    expect(found[1].constantUnits).toEqual([1]);
    expect(found[1].varianceExplainedByUnitMean.easy).toBeLessThan(0.5);
    expect(found[1].undefinedValues).toEqual({});
  });

  it('activations that are not finite have no value, and say so', () => {
    const broken = layer(TEST, 1, (i) => (i === 3 ? NaN : i));
    const [found] = layerVariances(prepared, [layer(FIT, 1, (i) => i)], [broken]);
    expect(found.varianceExplained.easy).toBeNull();
    expect(found.undefinedValues['varianceExplained.easy']).toContain('not finite');
  });
});
