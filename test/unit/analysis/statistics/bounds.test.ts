import { expect, it } from 'vitest';
import { atLeast, atMost } from '../../../../src/analysis/statistics/bounds';

it('counts a tie as one, whatever floating point makes of it', () => {
  const mean = (0.75 + 4) / 5;
  expect(Math.abs(1 - mean) <= 0.05).toBe(false);
  expect(atMost(Math.abs(1 - mean), 0.05)).toBe(true);
  expect(atLeast(0.9 - 0.5, 0.8 * (1 - 0.5))).toBe(true);
});

it('tells one stimulus in a million apart', () => {
  expect(atMost(0.050001, 0.05)).toBe(false);
  expect(atLeast(0.049999, 0.05)).toBe(false);
});
