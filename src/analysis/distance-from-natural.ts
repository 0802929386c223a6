import type { Matrix } from '../core/matrix';
import { multiplyTransposed } from '../numerics/products';

/**
 * How far states are from natural ones: their mean distance to the nearest of some natural states, divided by that of other natural states.
 *
 * @param states stimuli × units
 * @param fresh natural states of the same stimuli
 * @param natural those that distances are to
 * @returns null where every fresh state is one of them
 */
export function distanceFromNatural(states: Matrix, fresh: Matrix, natural: Matrix): number | null {
  const own = meanNearest(fresh, natural);
  return own === 0 ? null : meanNearest(states, natural) / own;
}

/** Mean over states of the Euclidean distance to the nearest of others. */
function meanNearest(states: Matrix, others: Matrix): number {
  const [a, b] = [states, others].map(({ rows, cols, data }): Matrix<Float64Array> => ({
    rows,
    cols,
    data: Float64Array.from(data),
  }));
  const products = multiplyTransposed(a, b);
  const [lengths, others2] = [squares(a), squares(b)];
  let sum = 0;
  for (let row = 0; row < a.rows; row++) {
    let [least, at] = [Infinity, 0];
    for (let other = 0; other < b.rows; other++) {
      const distance = lengths[row] + others2[other] - 2 * products.data[row * b.rows + other];
      if (distance < least) [least, at] = [distance, other];
    }
    // What is nearly 0 is the rounding of the products: the nearest is looked at by itself.
    sum += exactly(a, row, b, at);
  }
  return sum / a.rows;
}

function squares({ rows, cols, data }: Matrix<Float64Array>): Float64Array {
  const sums = new Float64Array(rows);
  for (let row = 0; row < rows; row++)
    for (let at = row * cols; at < (row + 1) * cols; at++) sums[row] += data[at] * data[at];
  return sums;
}

function exactly(a: Matrix<Float64Array>, row: number, b: Matrix<Float64Array>, other: number): number {
  let sum = 0;
  for (let unit = 0; unit < a.cols; unit++)
    sum += (a.data[row * a.cols + unit] - b.data[other * b.cols + unit]) ** 2;
  return Math.sqrt(sum);
}
