import { expect, it } from 'vitest';
import { stream } from '../../../src/core/stream';
import { choleskyRoot } from '../../../src/numerics/cholesky-root';
import { gram, transpose } from '../../../src/numerics/products';

it.each([
  ['of full rank', 7, 7],
  ['of less', 20, 4],
])('a root of a matrix %s gives it back, with as many rows as its rank', (_, size, rank) => {
  const random = stream('cholesky root', size);
  const half = {
    rows: size,
    cols: rank,
    data: Float64Array.from({ length: size * rank }, () => random.normal()),
  };
  const whole = gram(half);
  const root = choleskyRoot(whole, size);
  expect(root.rows).toBe(rank);
  const again = gram(transpose(root));
  again.data.forEach((value, at) => expect(value).toBeCloseTo(whole.data[at], 12));
});

it('a matrix of zeros has none', () => {
  expect(choleskyRoot({ rows: 3, cols: 3, data: new Float64Array(9) }, 3).rows).toBe(0);
});
