import { expect } from 'vitest';
import type { Matrix } from '../../../src/core/matrix';

interface Listed {
  rows: number;
  cols: number;
  data: number[];
}

/** Activations, as the engine gives them. */
export function matrix32({ rows, cols, data }: Listed): Matrix<Float32Array> {
  return { rows, cols, data: Float32Array.from(data) };
}

export function matrix64({ rows, cols, data }: Listed): Matrix<Float64Array> {
  return { rows, cols, data: Float64Array.from(data) };
}

/** Agreement to 1e-10 of each number (and of 1, below it); null in a fixture stands for undefined: null or NaN. */
export function expectClose(found: ArrayLike<number | null>, expected: ArrayLike<number | null>): void {
  expect(found.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const value = found[i];
    const wanted = expected[i];
    if (wanted === null) {
      expect(value === null || Number.isNaN(value), `number ${i} is ${value}, not undefined`).toBe(true);
      continue;
    }
    const error = value === null ? NaN : Math.abs(value - wanted) / Math.max(1, Math.abs(wanted));
    expect(error, `number ${i}: ${value} in place of ${wanted}`).toBeLessThan(1e-10);
  }
}
