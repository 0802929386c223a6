import { expect, it } from 'vitest';
import { participationRatio } from '../../src/analysis/participation-ratio';
import { differenceOfMeans, groupMeans } from '../../src/analysis/rsa/groups';
import { sparsity } from '../../src/analysis/sparsity';
import { interval } from '../../src/analysis/statistics/interval';
import { studentTQuantile } from '../../src/numerics/student-t';
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

it('has intervals between two ends as SciPy has them on the logit scale', () => {
  for (const { ends, values, low, high } of fixture.bounded) {
    const [least, greatest] = ends;
    const found = interval(values, 0.95, { least, greatest, ends: [least, greatest], skewedNear: [] });
    expect(found.low).toBeCloseTo(low, 10);
    expect(found.high).toBeCloseTo(high, 10);
  }
});

it('has intervals of means over pairs as the jackknife has them, every replicate left out by hand', () => {
  const { matrix, networks, groups, difference } = fixture.pairs;
  groupMeans(matrix, networks, 0.95).forEach((group, at) => {
    expect(group).toMatchObject({ a: groups[at].a, b: groups[at].b });
    for (const end of ['mean', 'low', 'high'] as const) expect(group[end]).toBeCloseTo(groups[at][end], 10);
  });
  const found = differenceOfMeans(matrix, [0, 1, 2, 3, 4], [5, 6, 7, 8], 0.95);
  for (const end of ['difference', 'low', 'high'] as const)
    expect(found[end]).toBeCloseTo(difference[end], 10);
});

it.each(fixture.matrices)('has the participation ratio and sparsity of a $rows × $cols matrix', (example) => {
  const matrix = { rows: example.rows, cols: example.cols, data: Float32Array.from(example.data) };
  expect(participationRatio(matrix)).toBeCloseTo(example.participationRatio, 9);
  expect(sparsity(matrix)).toBeCloseTo(example.sparsity, 12);
});
