import type { PairPlane, Value } from '../protocol/results';
import { NumericalError } from '../numerics/numerical-error';
import { symmetricEigen } from '../numerics/symmetric-eigen';
import { doublyCentred, fillWhole, symmetricOf } from './symmetric';

/**
 * Classical (Torgerson) scaling of a matrix of similarities or distances to the plane. Distances of similarities are √(2 (1 − s)), which for
 * correlations is the Euclidean distance of the standardised vectors. Items with an undefined value with another are left out, fewest first lost;
 * the coordinate of largest size is positive on each axis.
 *
 * @param matrix symmetric; its diagonal is not read
 * @param more what larger numbers mean: similarities, or distances
 * @returns coordinates by item (null where left out), Kruskal's stress 1 of the plane, and the shares of the positive eigenvalues that
 * the two axes have
 * @throws NumericalError for fewer than three items
 */
export function classicalMds(
  matrix: readonly (readonly Value[])[],
  more: 'alike' | 'unlike' = 'alike',
): PairPlane {
  const kept = definedItems(matrix);
  const square = (value: number): number => (more === 'unlike' ? value ** 2 : Math.max(0, 2 * (1 - value)));
  const n = kept.length;
  if (n < 3)
    throw new NumericalError(`A plane needs three replicates with similarities to each other, and has ${n}.`);
  const squared = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) squared[i * n + j] = i === j ? 0 : square(matrix[kept[i]][kept[j]] ?? 0);
  const centred = fillWhole(new Float64Array(n * n), doublyCentred(symmetricOf(squared, n)));
  const { values, vectors } = symmetricEigen(
    { rows: n, cols: n, data: centred.map((value) => -0.5 * value) },
    2,
  );
  const floor = Math.max(0, values[0]) * n * Number.EPSILON;
  const axes = [0, 1].map((axis) => {
    const scale = values[axis] > floor ? Math.sqrt(values[axis]) : 0;
    return oriented(vectors.data.subarray(axis * n, (axis + 1) * n)).map((entry) => entry * scale);
  });
  let misfit = 0;
  let total = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      const wanted = Math.sqrt(squared[i * n + j]);
      misfit += (wanted - Math.sqrt((axes[0][i] - axes[0][j]) ** 2 + (axes[1][i] - axes[1][j]) ** 2)) ** 2;
      total += wanted ** 2;
    }
  const positive = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  const place = new Map(kept.map((item, at) => [item, at]));
  const spread = (axis: number): Value[] =>
    matrix.map((_, item) => {
      const at = place.get(item);
      return at === undefined ? null : axes[axis][at];
    });
  return {
    x: spread(0),
    y: spread(1),
    stress: total > 0 ? Math.sqrt(misfit / total) : 0,
    share: [0, 1].map((axis) => (positive > 0 ? Math.max(0, values[axis]) / positive : 0)),
  };
}

/** Drops the item with most undefined values until none is left. */
function definedItems(matrix: readonly (readonly Value[])[]): number[] {
  let kept = matrix.map((_, at) => at);
  for (;;) {
    const missing = kept.map((i) => kept.filter((j) => i !== j && matrix[i][j] === null).length);
    const worst = Math.max(0, ...missing);
    if (worst === 0) return kept;
    const drop = missing.indexOf(worst);
    kept = kept.filter((_, at) => at !== drop);
  }
}

function oriented(vector: Float64Array): Float64Array {
  let largest = 0;
  for (let i = 1; i < vector.length; i++)
    if (Math.abs(vector[i]) > Math.abs(vector[largest]) * (1 + 1e-9)) largest = i;
  return vector[largest] < 0 ? vector.map((entry) => -entry) : vector;
}
