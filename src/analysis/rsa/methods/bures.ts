import type { Matrix } from '../../../core/matrix';
import { multiply, multiplyTransposed, transpose } from '../../../numerics/products';
import { symmetricEigen } from '../../../numerics/symmetric-eigen';
import { doublyCentred, fillWhole } from '../../symmetric';
import type { Method } from './method';

export const bures: Method = {
  name: 'bures',
  title: 'Bures similarity',
  range: 'share',
  formula:
    'tr √(√G H √G) / √(tr G · tr H) of the doubly centred Gram matrices G, H = −½ C D C of two RDMs D of squared distances; eigenvalues below 0 count as 0 under roots.',
  meaning:
    'The cosine of the Procrustes angle between two sets of patterns that have these distances: 1 where they are the same up to rotation.',
  misleads:
    'Directions of little variance count more than in CKA, noise with them. It is meant for RDMs of squared distances.',
  source: 'Harvey and others 2024, arXiv 2311.11436',
  needsWhole: true,
  compare({ size, a, b }) {
    const [g, h] = [gramOf(size, a), gramOf(size, b)];
    const scale = Math.sqrt(trace(g)) * Math.sqrt(trace(h));
    if (!(scale > 0)) return null;
    const root = rootOf(g);
    const { values } = symmetricEigen(multiply(multiply(root, h), root), 0);
    return rootsOf(values).reduce((sum, root) => sum + root, 0) / scale;
  },
};

/** −½ C D C, size × size. */
function gramOf(size: number, distances: Float64Array): Matrix<Float64Array> {
  const centred = doublyCentred({ size, above: distances, diagonal: new Float64Array(size) });
  const data = fillWhole(new Float64Array(size * size), centred).map((value) => -value / 2);
  return { rows: size, cols: size, data };
}

function trace({ rows, data }: Matrix<Float64Array>): number {
  let sum = 0;
  for (let i = 0; i < rows; i++) sum += data[i * rows + i];
  return sum;
}

/** Roots of eigenvalues, largest first; those that are 0 but for rounding, and those below, count as 0. */
function rootsOf(values: Float64Array): Float64Array {
  const least = values.length * Number.EPSILON * Math.max(0, values[0]);
  return values.map((value) => (value > least ? Math.sqrt(value) : 0));
}

/** The symmetric root. */
function rootOf(matrix: Matrix<Float64Array>): Matrix<Float64Array> {
  const { values, vectors } = symmetricEigen(matrix);
  const { rows, cols } = vectors;
  // √λ between v and vᵀ is λ^¼ on both of them.
  const scales = rootsOf(values).map(Math.sqrt);
  const data = vectors.data.map((value, at) => value * scales[Math.floor(at / cols)]);
  const columns = transpose({ rows, cols, data });
  return multiplyTransposed(columns, columns);
}
