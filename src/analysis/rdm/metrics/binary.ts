import type { Matrix } from '../../../core/matrix';
import { gram } from '../../../numerics/products';
import type { Metric } from './metric';

/** Units that are on in both patterns, and in either of them. */
type Overlap = (both: number, own: number, other: number, units: number) => number;

const ofOverlap = (distance: Overlap): Pick<Metric, 'takes' | 'values' | 'rdm'> => ({
  takes: [],
  values: 'binary',
  rdm({ means }) {
    const { rows: size, cols: units } = means;
    const both = gram(means).data;
    const on = onUnits(means);
    const distances = new Float64Array((size * (size - 1)) / 2);
    for (let i = 0, at = 0; i < size; i++)
      for (let j = i + 1; j < size; j++, at++)
        distances[at] = distance(both[i * size + j], on[i], on[j], units);
    return { size, distances, undefinedRows: [] };
  },
});

function onUnits({ rows, cols, data }: Matrix<Float64Array>): number[] {
  return Array.from({ length: rows }, (_, i) =>
    data.subarray(i * cols, (i + 1) * cols).reduce((sum, one) => sum + one, 0),
  );
}

export const hamming: Metric = {
  ...ofOverlap((both, own, other, units) => (own + other - 2 * both) / units),
  name: 'hamming',
  title: 'Hamming distance',
  range: 'share',
  formula: 'The share of units that are on in one of two patterns and off in the other.',
  meaning: 'From 0 (the same units are on) to 1 (each unit differs).',
  misleads:
    'Where few units are on, all patterns are near each other: what is off in both counts as agreement.',
  source: 'as scipy.spatial.distance.pdist',
};

export const jaccard: Metric = {
  ...ofOverlap((both, own, other) =>
    own + other - both === 0 ? 0 : (own + other - 2 * both) / (own + other - both),
  ),
  name: 'jaccard',
  title: 'Jaccard distance',
  range: 'share',
  formula:
    '1 − units that are on in both patterns / units that are on in either; 0 where none is on in either.',
  meaning: 'From 0 (the same units are on) to 1 (no unit is on in both). What is off in both says nothing.',
  misleads: 'With one or two units on, it jumps between few values.',
  source: 'as scipy.spatial.distance.pdist',
};
