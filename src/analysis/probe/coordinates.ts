import type { Matrix } from '../../core/matrix';
import { pca, project } from '../pca';

/** Activations as probes are fitted on them. */
interface Coordinates {
  /** Rows × coordinates: uncorrelated, with mean 0 and a total variance (divided by rows) of 1. */
  readonly rows: Matrix<Float64Array>;
  /** Other activations of the same units in the same coordinates. */
  readonly of: (activations: Matrix<Float64Array>) => Matrix<Float64Array>;
}

/**
 * The principal components of the rows that a probe is fitted on, all of them, on one common scale. They lose nothing: a probe that knows only
 * lengths and angles decides as it would on the units. So no probe depends on rotation, offset or scale of the activations, and a penalty is
 * a share of their variance.
 *
 * @throws NumericalError where components cannot be found
 */
export function coordinatesOf(activations: Matrix<Float64Array>): Coordinates {
  const { rows: n, cols: p } = activations;
  const found = pca(activations, Math.min(n, p));
  const { rank, means, explainedVariance, loadings } = found;
  const used = { means, loadings: { rows: rank, cols: p, data: loadings.data.subarray(0, rank * p) } };
  const total = explainedVariance.reduce((sum, one) => sum + one, 0) * ((n - 1) / n);
  const scale = total > 0 ? 1 / Math.sqrt(total) : 1;
  const of = (others: Matrix<Float64Array>): Matrix<Float64Array> => {
    const { rows, cols, data } = project(used, others);
    for (let at = 0; at < data.length; at++) data[at] *= scale;
    return { rows, cols, data };
  };
  return { rows: of(activations), of };
}
