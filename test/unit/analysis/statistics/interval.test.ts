import { describe, expect, it } from 'vitest';
import {
  atMostAll,
  dimensions,
  interval,
  kindOf,
  positive,
  share,
  similarity,
} from '../../../../src/analysis/statistics/interval';

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

  it('is made on the logarithm for a measure without an upper end', () => {
    const { mean, low, high } = interval([1.1, 1.2, 1.6], 0.95, dimensions);
    // The mean is .3 above 1; t(.975, 2) is 4.302653, s / √3 is √.07 / √3.
    const half = (4.302652729749464 * Math.sqrt(0.07 / 3)) / 0.3;
    expect(mean).toBeCloseTo(1.3, 12);
    expect(low).toBeCloseTo(1 + 0.3 * Math.exp(-half), 10);
    expect(high).toBeCloseTo(1 + 0.3 * Math.exp(half), 10);
    // Two replicates say too little of it, and no confidence makes an end that is no number.
    expect(interval([0.1, 0.3], 0.95, positive).high).toBeLessThan(2);
    expect(interval([0, 0, 1], 0.9999999, positive).high).toBe(Number.MAX_VALUE);
  });

  it('is called approximate where intervals were measured to hold the mean too seldom', () => {
    expect(kindOf(0.5, 4, share)).toBe('approximate');
    expect(kindOf(0.5, 5, share)).toBe('nominal');
    expect(kindOf(0.95, 20, share)).toBe('approximate');
    for (const mean of [0.99, 0.1, -0.1]) expect(kindOf(mean, 20, similarity)).toBe('approximate');
    expect(kindOf(0.5, 5, similarity)).toBe('nominal');
    expect(kindOf(0.01, 20, atMostAll)).toBe('approximate');
    expect(kindOf(3, 49, positive)).toBe('approximate');
    expect(kindOf(3, 50, positive)).toBe('nominal');
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
