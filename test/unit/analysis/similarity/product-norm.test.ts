import { expect, it } from 'vitest';
import type { Matrix } from '../../../../src/core/matrix';
import { stream } from '../../../../src/core/stream';
import { nuclearNorm } from '../../../../src/analysis/pairs/angular-procrustes';
import { productNorm } from '../../../../src/analysis/similarity/product-norm';
import { multiplyTransposed } from '../../../../src/numerics/products';

const n = 40;
const random = stream('product norm');

/** Units × stimuli; each unit twice. */
function layer(units: number): Matrix<Float64Array> {
  const one = Float64Array.from({ length: units * n }, () => random.normal() / Math.sqrt(units * n));
  return { rows: 2 * units, cols: n, data: Float64Array.from([...one, ...one]) };
}

it.each([
  [8, 8],
  [12, 5],
  [5, 12],
])('is the nuclear norm in any order, of layers of less than full rank, %d and %d units', (p, q) => {
  const [a, b] = [layer(p), layer(q)];
  const order = random.permutation(n);
  const reordered = { ...b, data: b.data.map((_, at) => b.data[at - (at % n) + order[at % n]]) };
  const exact = nuclearNorm(multiplyTransposed(a, reordered));
  expect(productNorm(a, reordered)).toBe(exact);
  expect(Math.abs(productNorm(a, b, order) - exact)).toBeLessThan(1e-7);
});
