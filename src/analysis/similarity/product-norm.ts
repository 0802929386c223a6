import type { Matrix } from '../../core/matrix';
import { nearNuclearNorm, nuclearNorm } from '../pairs/angular-procrustes';
import { rowProducts } from './row-products';

/** Of fewer stimuli many orders are the same but for rounding, and whether they are counts. */
const MANY = 32;

/**
 * The nuclear norm of the products of all rows with all, units × stimuli each. In one of many orders, as a null takes, it is of fewer digits.
 *
 * @param order stimulus k of a meets stimulus order[k] of b
 */
export function productNorm(a: Matrix<Float64Array>, b: Matrix<Float64Array>, order?: Uint32Array): number {
  const products = rowProducts(a, b, order);
  return order && a.cols > MANY ? nearNuclearNorm(products) : nuclearNorm(products);
}
