import { expect, it } from 'vitest';
import { participationRatio } from '../../src/analysis/participation-ratio';
import { sparsity } from '../../src/analysis/sparsity';
import { interval } from '../../src/analysis/statistics/interval';
import { percentile } from '../../src/analysis/statistics/percentile';
import { studentTQuantile } from '../../src/analysis/statistics/student-t';
import fixture from './fixtures/statistics.json';

it('has the quantiles of Student’s t to ten digits', () => {
  for (const [p, degrees, expected] of fixture.quantiles) {
    expect(Math.abs(studentTQuantile(p, degrees) / expected - 1), `t(${p}, ${degrees})`).toBeLessThan(1e-10);
    expect(studentTQuantile(1 - p, degrees)).toBeCloseTo(-expected, 8);
  }
});

it('has the t-intervals of SciPy', () => {
  for (const { values, confidence, mean, low, high } of fixture.intervals) {
    const found = interval(values, confidence);
    expect(found.mean).toBeCloseTo(mean, 12);
    expect(found.low).toBeCloseTo(low, 9);
    expect(found.high).toBeCloseTo(high, 9);
    expect(found.n).toBe(values.length);
  }
});

it('has the percentiles of NumPy', () => {
  for (const [share, expected] of fixture.percentiles.expected) {
    expect(percentile(fixture.percentiles.values, share)).toBeCloseTo(expected, 12);
  }
});

it.each(fixture.matrices)('has the participation ratio and sparsity of a $rows × $cols matrix', (example) => {
  const matrix = { rows: example.rows, cols: example.cols, data: Float32Array.from(example.data) };
  expect(participationRatio(matrix)).toBeCloseTo(example.participationRatio, 9);
  expect(sparsity(matrix)).toBeCloseTo(example.sparsity, 12);
});
