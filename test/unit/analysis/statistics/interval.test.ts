import { describe, expect, it } from 'vitest';
import { interval } from '../../../../src/analysis/statistics/interval';

describe('a mean over replicates', () => {
  it('has no interval for one replicate', () => {
    expect(interval([0.4], 0.95)).toEqual({ mean: 0.4, low: null, high: null, n: 1, values: [0.4] });
  });

  it('has an interval without width for equal replicates', () => {
    expect(interval([0.1, 0.1, 0.1], 0.95)).toEqual({
      mean: 0.1,
      low: 0.1,
      high: 0.1,
      n: 3,
      values: [0.1, 0.1, 0.1],
    });
  });

  it('leaves undefined values out, and shows them', () => {
    const found = interval([1, null, 3, NaN], 0.5);
    // t(.75, 1) is 1, s / √n is 1.
    expect(found).toEqual({
      mean: 2,
      low: expect.closeTo(1, 12) as number,
      high: expect.closeTo(3, 12) as number,
      n: 2,
      values: [1, null, 3, null],
    });
  });

  it('ends where the measure does', () => {
    const found = interval([1, 0.998, 1], 0.95, [0, 1]);
    const whole = interval([1, 0.998, 1], 0.95);
    expect(whole.high).toBeGreaterThan(1);
    expect(found).toEqual({ ...whole, high: 1 });
    expect(interval([0, 0.01], 0.95, [0, 1]).low).toBe(0);
    // A value that rounding took past the end stays within its interval.
    expect(interval([1 + 1e-9, 1 + 1e-9], 0.95, [0, 1]).high).toBe(1 + 1e-9);
  });

  it('is undefined without values', () => {
    expect(interval([null], 0.95)).toEqual({ mean: null, low: null, high: null, n: 0, values: [null] });
    expect(interval([], 0.95)).toEqual({ mean: null, low: null, high: null, n: 0, values: [] });
  });
});
