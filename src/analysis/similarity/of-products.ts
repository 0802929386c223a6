import { permutedProducts, type Products, productsOf, type Symmetric } from '../symmetric';
import type { Similarity } from './similarity';

interface Side {
  /** Of stimuli × stimuli. */
  readonly matrix: Symmetric;
}

/** How a measure compares that follows from the products of two matrices of stimuli × stimuli. */
export function ofProducts<P extends Side>(
  value: (a: P, b: P, products: Products) => number,
): Pick<Similarity<P>, 'compare' | 'compareAll'> {
  const compareAll = (a: P, b: P, orders: readonly Uint32Array[]): Float64Array =>
    Float64Array.from(permutedProducts(a.matrix, b.matrix, orders), (products) => value(a, b, products));
  return {
    compareAll,
    compare: (a, b, order) =>
      order ? compareAll(a, b, [order])[0] : value(a, b, productsOf(a.matrix, b.matrix)),
  };
}

/** Σ aᵢⱼ bᵢⱼ over the whole. */
export function whole({ above, diagonal }: Products): number {
  return 2 * above + diagonal;
}
