import type { Matrix } from '../core/matrix';
import { Workspace } from '../numerics/kernels/workspace';
import { dotProduct, gramOfColumns } from '../numerics/products';
import { fillSquare } from './rdm/triangle';

/** A symmetric matrix of stimuli × stimuli. */
export interface Symmetric {
  readonly size: number;
  /** What is above the diagonal, row by row. */
  readonly above: Float64Array;
  readonly diagonal: Float64Array;
}

/** Σ aᵢⱼ bᵢⱼ above the diagonal, and on it. */
export interface Products {
  readonly above: number;
  readonly diagonal: number;
}

/** Orders whose products are summed at once: the rows of the square are read once for all of them. */
const AT_ONCE = 64;

/** @param square size × size, of which the upper triangle is read */
export function symmetricOf(square: Float64Array, size: number): Symmetric {
  const above = new Float64Array((size * (size - 1)) / 2);
  const diagonal = new Float64Array(size);
  for (let i = 0, at = 0; i < size; at += size - ++i) {
    diagonal[i] = square[i * size + i];
    above.set(square.subarray(i * size + i + 1, (i + 1) * size), at);
  }
  return { size, above, diagonal };
}

/** The products of all columns with all: of units × stimuli the Gram matrix of the stimuli. */
export function columnProducts(matrix: Matrix<Float64Array>): Symmetric {
  return symmetricOf(gramOfColumns(matrix).data, matrix.cols);
}

/** Size × size, in an array of the caller's. */
export function fillWhole(square: Float64Array, { size, above, diagonal }: Symmetric): Float64Array {
  fillSquare(square, above, size);
  for (let i = 0; i < size; i++) square[i * size + i] = diagonal[i];
  return square;
}

/** C·A·C with C = I − 1/n: rows and columns sum to 0. */
export function doublyCentred({ size, above, diagonal }: Symmetric): Symmetric {
  const means = new Float64Array(size);
  for (let i = 0, at = 0; i < size; i++) {
    means[i] += diagonal[i] / size;
    for (let j = i + 1; j < size; j++, at++) {
      means[i] += above[at] / size;
      means[j] += above[at] / size;
    }
  }
  const all = means.reduce((sum, mean) => sum + mean, 0) / size;
  const centred = new Float64Array(above.length);
  for (let i = 0, at = 0; i < size; i++)
    for (let j = i + 1; j < size; j++, at++) centred[at] = above[at] - means[i] - means[j] + all;
  return {
    size,
    above: centred,
    diagonal: diagonal.map((value, i) => value - means[i] - means[i] + all),
  };
}

/** Of two matrices as they stand. */
export function productsOf(a: Symmetric, b: Symmetric): Products {
  return { above: dotProduct(a.above, b.above), diagonal: dotProduct(a.diagonal, b.diagonal) };
}

/** The same with b's rows and columns in each of many orders: stimulus k of a meets stimulus order[k] of b. */
export function permutedProducts(a: Symmetric, b: Symmetric, orders: readonly Uint32Array[]): Products[] {
  const { size } = a;
  const batch = Math.min(AT_ONCE, orders.length);
  const workspace = Workspace.take();
  const above = workspace.reserve(a.above.length * 8);
  const square = workspace.reserve(size * size * 8);
  const [ordersAt, placesAt] = [0, 1].map(() => workspace.reserve(batch * size * 4));
  const sums = workspace.reserve(batch * 8);
  try {
    workspace.commit(false);
    const { kernels, doubles, integers } = workspace;
    doubles.set(a.above, above / 8);
    fillWhole(doubles.subarray(square / 8, square / 8 + size * size), b);
    const found: Products[] = [];
    for (let first = 0; first < orders.length; first += batch) {
      const some = orders.slice(first, first + batch);
      some.forEach((order, k) => {
        integers.set(order, ordersAt / 4 + k * size);
        const places = placesAt / 4 + k * size;
        for (let i = 0; i < size; i++) integers[places + order[i]] = i;
      });
      kernels.permutedProducts(above, square, ordersAt, placesAt, size, some.length, sums);
      some.forEach((order, k) =>
        found.push({ above: doubles[sums / 8 + k], diagonal: diagonalProduct(a, b, order) }),
      );
    }
    return found;
  } finally {
    workspace.release();
  }
}

function diagonalProduct(a: Symmetric, b: Symmetric, order: Uint32Array): number {
  let sum = 0;
  for (let i = 0; i < order.length; i++) sum += a.diagonal[i] * b.diagonal[order[i]];
  return sum;
}
