import { describe, expect, it } from 'vitest';
import { dotProduct64, dotProducts64 } from '../../../src/numerics/kernels/linear-algebra';
import { stream } from '../../../src/core/stream';

const random = stream('dot products');
const vector = (length: number): Float64Array => Float64Array.from({ length }, () => random.normal());

describe.each([0, 1, 3, 127, 128, 129, 511, 512, 513, 700, 3000])('dot products of %i terms', (length) => {
  const a = Array.from({ length: 5 }, () => vector(length));
  const b = Array.from({ length: 3 }, () => vector(length));

  it('are those of plain sums', () => {
    const products = dotProducts64(a, b);
    a.forEach((x, i) => {
      b.forEach((y, j) => {
        const plain = x.reduce((sum, value, k) => sum + value * y[k], 0);
        expect(products[i * b.length + j]).toBeCloseTo(plain, 10);
      });
    });
  });

  it('of a list with itself are those of two lists', () => {
    const copies = a.map((x) => x.slice());
    expect(dotProducts64(a, a)).toEqual(dotProducts64(a, copies));
  });

  it('are the same bits one by one, in any order', () => {
    const products = dotProducts64(a, b);
    a.forEach((x, i) => {
      b.forEach((y, j) => {
        expect(dotProduct64(x, y)).toBe(products[i * b.length + j]);
        expect(dotProduct64(y, x)).toBe(products[i * b.length + j]);
      });
    });
  });
});

it('want vectors of one length', () => {
  expect(() => dotProducts64([vector(3)], [vector(4)])).toThrow(RangeError);
  expect(() => dotProduct64(vector(3), vector(4))).toThrow(RangeError);
  expect(dotProducts64([], [vector(4)])).toHaveLength(0);
});
