import { expect, it } from 'vitest';
import { stream } from '../../../src/core/stream';
import { nthLargest } from '../../../src/numerics/quantile';

it.each([1, 2, 50, 300])(
  'the n-th largest is that of the sorted numbers: %i of 300, some of them equal or infinite',
  (n) => {
    const random = stream('largest');
    const values = Float64Array.from({ length: 300 }, () => Math.round(20 * random.normal()));
    values.fill(Infinity, 7, 10);
    const sorted = values.slice().sort().reverse();
    expect(nthLargest(values, n)).toBe(sorted[n - 1]);
  },
);
