import { expect, it } from 'vitest';
import { participationRatio } from '../../../src/analysis/participation-ratio';
import { sparsity } from '../../../src/analysis/sparsity';

const matrix = (rows: number, ...data: number[]) => ({
  rows,
  cols: data.length / rows,
  data: Float32Array.from(data),
});

it('is 0 for a unit that answers all stimuli alike and 1 − 1/n for one that answers one of n', () => {
  expect(sparsity(matrix(4, 2, 2, 2, 2))).toBe(0);
  expect(sparsity(matrix(4, 0, 0, -3, 0))).toBe(0.75);
});

it('leaves out units that are never active', () => {
  expect(sparsity(matrix(2, 0, 1, 0, 0))).toBe(0.5);
  expect(sparsity(matrix(2, 0, 0))).toBeNull();
});

it('counts the dimensions that variance fills', () => {
  expect(participationRatio(matrix(4, 1, 1, 1, -1, -1, 1, -1, -1))).toBeCloseTo(2, 12);
  expect(participationRatio(matrix(3, 1, 2, 2, 4, 3, 6))).toBeCloseTo(1, 12);
});

it('has no participation ratio without variance', () => {
  expect(participationRatio(matrix(3, 0.1, 5, 0.1, 5, 0.1, 5))).toBeNull();
});
