import { describe, expect, it } from 'vitest';
import {
  doublyCentred,
  fillWhole,
  permutedProducts,
  productsOf,
  type Symmetric,
  symmetricOf,
} from '../../../src/analysis/symmetric';
import { stream } from '../../../src/core/stream';

const random = stream('symmetric', 0);
const drawn = (size: number): Symmetric =>
  symmetricOf(
    Float64Array.from({ length: size * size }, () => random.normal()),
    size,
  );
const whole = (matrix: Symmetric): Float64Array => fillWhole(new Float64Array(matrix.size ** 2), matrix);

describe('symmetric matrices', () => {
  it.each([2, 3, 8, 9, 17, 30])('have the products of permuted ones, of size %s', (size) => {
    const [a, b] = [drawn(size), drawn(size)];
    // More than are taken at once.
    const orders = Array.from({ length: 70 }, () => random.permutation(size));
    const [left, right] = [whole(a), whole(b)];
    permutedProducts(a, b, orders).forEach(({ above, diagonal }, k) => {
      const at = (i: number, j: number): number => right[orders[k][i] * size + orders[k][j]];
      let [over, along] = [0, 0];
      for (let i = 0; i < size; i++) {
        along += left[i * size + i] * at(i, i);
        for (let j = i + 1; j < size; j++) over += left[i * size + j] * at(i, j);
      }
      expect(above).toBeCloseTo(over, 11);
      expect(diagonal).toBeCloseTo(along, 11);
    });
    const same = permutedProducts(a, b, [Uint32Array.from({ length: size }, (_, at) => at)]);
    expect(same[0].above).toBeCloseTo(productsOf(a, b).above, 11);
  });

  it('have rows that sum to 0 once they are doubly centred', () => {
    const square = whole(doublyCentred(drawn(7)));
    for (let i = 0; i < 7; i++)
      expect(square.subarray(i * 7, (i + 1) * 7).reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 13);
  });
});
