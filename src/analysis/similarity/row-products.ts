import type { Matrix } from '../../core/matrix';
import { multiply, multiplyTransposed, transpose } from '../../numerics/products';
import { rowsOf } from '../some-rows';

/** Of what was asked for in an order, as a null does many times: its transpose, of which whole rows are moved. */
const transposes = new WeakMap<Matrix<Float64Array>, Matrix<Float64Array>>();

/**
 * Products of all rows of a with all rows of b, of as many stimuli each; the same bits as of a b whose columns stand in that order.
 *
 * @param order stimulus k of a meets stimulus order[k] of b
 */
export function rowProducts(
  a: Matrix<Float64Array>,
  b: Matrix<Float64Array>,
  order?: Uint32Array,
): Matrix<Float64Array> {
  if (!order) return multiplyTransposed(a, b);
  const turned = transposes.get(b) ?? transpose(b);
  transposes.set(b, turned);
  return multiply(a, rowsOf(turned, order));
}
