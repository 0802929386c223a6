import { describe, expect, it } from 'vitest';
import { atMostAll, interval, positive, share } from '../../../../src/analysis/statistics/interval';

const none = { low: null, high: null };

describe('a mean over replicates', () => {
  it('has no interval for one replicate', () => {
    expect(interval([0.4], 0.95)).toEqual({ mean: 0.4, ...none, kind: 'none', n: 1, values: [0.4] });
  });

  it('has no interval for equal replicates: they say nothing of how far others would be', () => {
    const values = [0.1, 0.1, 0.1];
    expect(interval(values, 0.95)).toEqual({ mean: 0.1, ...none, kind: 'equal', n: 3, values });
    // By rounding only.
    expect(interval([0.3, 0.1 + 0.2], 0.95).kind).toBe('equal');
    expect(interval([1 + 1e-15, 1], 0.95, share).kind).toBe('equal');
  });

  it('leaves undefined values out, and shows them', () => {
    const found = interval([1, null, 3, NaN], 0.5);
    // t(.75, 1) is 1, s / √n is 1.
    expect(found).toEqual({
      mean: 2,
      low: expect.closeTo(1, 12) as number,
      high: expect.closeTo(3, 12) as number,
      kind: 'approximate',
      n: 2,
      values: [1, null, 3, null],
    });
    expect(interval([1, 2, 3, 4, 5], 0.95).kind).toBe('nominal');
  });

  it('ends before the measure does, longer towards the middle', () => {
    const values = [1, 0.998, 1];
    expect(interval(values, 0.95).high).toBeGreaterThan(1);
    const { mean, low, high } = interval(values, 0.95, share);
    expect(high).toBeLessThan(1);
    expect((mean ?? NaN) - (low ?? NaN)).toBeGreaterThan((high ?? NaN) - (mean ?? NaN));
    // Mirrored, the same.
    const mirrored = interval([0, 0.002, 0], 0.95, share);
    expect(mirrored.high).toBeCloseTo(1 - (low ?? NaN), 12);
    expect(interval([0, 0.01], 0.95, positive).low).toBe(0);
  });

  it('takes values beyond the scale as they are', () => {
    const found = interval([-3, 0.5, 0.9], 0.95, atMostAll);
    expect(found.low).toBeLessThan(-3);
    expect(found.high).toBe(1);
  });

  it('is undefined without values', () => {
    expect(interval([null], 0.95)).toEqual({ mean: null, ...none, kind: 'none', n: 0, values: [null] });
    expect(interval([], 0.95)).toEqual({ mean: null, ...none, kind: 'none', n: 0, values: [] });
  });
});
