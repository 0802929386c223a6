import { arccos } from '../../core/elementary';
import type { Matrix } from '../../core/matrix';

import { directionsOf } from './directions';
import { productNorm } from './product-norm';
import type { Similarity } from './similarity';

/**
 * The angle between partly whitened recordings.
 *
 * @param alpha 0: whitened, so that any invertible linear change of units is allowed; 1: as they are, only rotations are
 */
export function shapeBy(alpha: number): Similarity<Matrix<Float64Array>> {
  return {
    name: 'shape',
    title: 'Shape distance, partly whitened',
    range: 'angle',
    more: 'unlike',
    best: 0,
    invariances:
      'Rotation, reflection and permutation of units, any shift of a unit; with α = 1 one scale for all units, with α = 0 any invertible linear change.',
    formula: `arccos of the nuclear norm of XᵀY / (‖X‖ ‖Y‖), X and Y with centred units and each singular value s in place of it α s + 1 − α; α = ${alpha} where none is given (\`--alpha\`); radians, 0 to π/2.`,
    meaning:
      'The angle between two recordings once one is mapped onto the other as well as can be: between that of Procrustes (α = 1) and that of canonical correlations (α = 0).',
    misleads:
      'Singular values are of the sums over stimuli as they are: between 0 and 1 the same α whitens small numbers more than large ones. It is large between recordings of few stimuli and many units: look at its null.',
    source: 'Williams and others 2021, arXiv 2110.14739; LinearMetric of netrep',
    prepare(activations) {
      const { basis, sizes } = directionsOf(activations);
      const weights = sizes.map((size) => alpha * size + 1 - alpha);
      const length = Math.sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0));
      const { rows, cols } = basis;
      const data = basis.data.map((value, at) => (value * weights[Math.floor(at / cols)]) / length);
      return { rows, cols, data };
    },
    compare(a, b, order) {
      const norm = productNorm(a, b, order);
      return norm >= 1 - 8 * (a.rows + b.rows) * Number.EPSILON ? 0 : arccos(norm);
    },
  };
}
