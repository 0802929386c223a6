import { describe, expect, it } from 'vitest';
import { randomHalves, splitHalfReliability } from '../../../src/analysis/rsa/reliability';
import type { Matrix } from '../../../src/core/matrix';
import { stream } from '../../../src/core/stream';

/** Stimuli × units, each unit by its own rule. */
function patterns(
  rows: number,
  cols: number,
  value: (row: number, unit: number) => number,
): Matrix<Float64Array> {
  const data = Float64Array.from({ length: rows * cols }, (_, at) => value(Math.floor(at / cols), at % cols));
  return { rows, cols, data };
}

describe('the reliability of an RDM over units', () => {
  it('is 1 of units that are all alike, even where their number is odd', () => {
    const alike = patterns(20, 7, (row) => row ** 2);
    const halves = randomHalves(7, 10);
    expect(splitHalfReliability(alike, halves, 'euclidean', 'pearson').value).toBeCloseTo(1, 12);
    expect(splitHalfReliability(alike, halves, 'squaredEuclidean', 'spearman').value).toBeCloseTo(1, 12);
  });

  it('is near 0 of independent noise', () => {
    const draw = stream('test', 'noise');
    const noise = patterns(80, 64, () => draw.normal());
    for (const metric of ['correlation', 'euclidean'] as const)
      expect(
        Math.abs(splitHalfReliability(noise, randomHalves(64, 10), metric, 'pearson').value ?? NaN),
      ).toBeLessThan(0.1);
  });

  it('rises as Spearman and Brown say with the number of units', () => {
    const draw = stream('test', 'signal');
    const signal = Array.from({ length: 60 }, () => draw.normal());
    const noisy = patterns(60, 64, (row) => signal[row] + draw.normal());
    const of = (units: number): number => {
      const some = patterns(60, units, (row, unit) => noisy.data[row * 64 + unit]);
      return splitHalfReliability(some, randomHalves(units, 20), 'squaredEuclidean', 'pearson').value ?? NaN;
    };
    const [few, many] = [of(32), of(64)];
    expect(many).toBeCloseTo((2 * few) / (1 + few), 1);
  });

  it('is none, with its reason, where a half has no RDM', () => {
    const silent = patterns(12, 4, (row, unit) => (unit === 0 ? row : 0));
    const { value, reason } = splitHalfReliability(silent, randomHalves(4, 10), 'euclidean', 'pearson');
    expect(value).toBeNull();
    expect(reason).toBe('Of two halves of the units: All distances of one of the RDMs are equal.');
  });

  it('draws halves of one size without a common unit, the same each time', () => {
    for (const [a, b] of randomHalves(9, 5)) {
      expect([a.length, b.length]).toEqual([4, 4]);
      expect(new Set([...Array.from(a), ...Array.from(b)]).size).toBe(8);
    }
    expect(randomHalves(9, 2)).toEqual(randomHalves(9, 5).slice(0, 2));
  });
});
