import type { Matrix } from '../../core/matrix';
import { NumericalError } from '../../numerics/numerical-error';
import { gram, multiplyTransposed, transpose } from '../../numerics/products';
import { symmetricEigen } from '../../numerics/symmetric-eigen';
import { centre } from '../pca';

/** The singular vectors and values of a recording whose units are centred. */
export interface Directions {
  /** Rank × stimuli: orthonormal directions over stimuli, those of most variance first. */
  readonly basis: Matrix<Float64Array>;
  /** By direction: the singular value, the root of its sum of squares. */
  readonly sizes: Float64Array;
  /** Units × stimuli, centred. */
  readonly units: Matrix<Float64Array>;
}

/** Directions whose variance is less than this share of the first one's are rounding. */
const TOLERANCE = 1e-10;

/**
 * @param activations stimuli × units
 * @param share of the variance that is kept, by the directions of most of it
 * @throws NumericalError where no unit varies
 */
export function directionsOf(activations: Matrix<Float64Array>, share = 1): Directions {
  const { centred } = centre(activations);
  const units = transpose(centred);
  const { rows: n, cols: p } = centred;
  // The smaller of the two Gram matrices: of units, or of stimuli.
  const ofUnits = p <= n;
  const { values, vectors } = symmetricEigen(gram(ofUnits ? units : centred));
  const all = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  if (!(all > 0)) throw new NumericalError('No unit varies over the stimuli.');
  let [rank, kept] = [0, 0];
  while (rank < values.length && values[rank] > TOLERANCE * values[0] && kept < share * all * (1 - 1e-12))
    kept += values[rank++];
  const first: Matrix<Float64Array> = {
    rows: rank,
    cols: vectors.cols,
    data: vectors.data.slice(0, rank * vectors.cols),
  };
  const sizes = values.slice(0, rank).map(Math.sqrt);
  const basis = ofUnits ? multiplyTransposed(first, centred) : first;
  if (ofUnits) for (let k = 0; k < rank; k++) for (let i = 0; i < n; i++) basis.data[k * n + i] /= sizes[k];
  return { basis, sizes, units };
}
