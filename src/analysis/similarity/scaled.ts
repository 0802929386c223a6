import type { Matrix } from '../../core/matrix';
import { NumericalError } from '../../numerics/numerical-error';
import { multiply, multiplyTransposed, transpose } from '../../numerics/products';
import type { UnitScaling } from '../../protocol/similarity-names';
import { centredUnits } from '../pairs/centred-units';
import { directionsOf } from './directions';
import type { Similarity } from './similarity';

interface Scaling {
  readonly says: string;
  readonly invariances: string;
  /** @param activations stimuli × units @throws NumericalError where no unit varies */
  readonly scale: (activations: Matrix<Float64Array>) => Matrix<Float64Array>;
}

const scalings: Readonly<Record<Exclude<UnitScaling, 'raw'>, Scaling>> = {
  'z-scored': {
    says: 'each unit that varies first centred over the stimuli and divided by its standard deviation there',
    invariances: 'Permutation of units, any shift and any positive scale of each unit.',
    scale: zScored,
  },
  whitened: {
    says: 'X in place of UΣVᵀ, its singular value decomposition with units centred, first UVᵀ (without directions of less than 10⁻¹⁰ of the variance of the first), and so Y',
    invariances:
      'Permutation of units, one scale for all units, any shift of a unit; of a measure that rotations leave as it is any invertible linear change.',
    scale: whitened,
  },
};

/** A measure of recordings whose units are scaled before it is taken: it is another measure, by the name of the same. */
export function scaled<P>(measure: Similarity<P>, scaling: UnitScaling): Similarity<P> {
  if (scaling === 'raw') return measure;
  const { says, invariances, scale } = scalings[scaling];
  return {
    ...measure,
    title: `${measure.title}, ${scaling}`,
    invariances,
    formula: `${measure.formula.replace(/\.$/, '')}; ${says}.`,
    prepare: (activations) => measure.prepare(scale(activations)),
  };
}

function zScored(activations: Matrix<Float64Array>): Matrix<Float64Array> {
  const units = centredUnits(activations);
  const { rows, cols, data } = units;
  for (let unit = 0; unit < rows; unit++) {
    const row = data.subarray(unit * cols, (unit + 1) * cols);
    const deviation = Math.sqrt(row.reduce((sum, one) => sum + one * one, 0) / cols);
    // Centred units have a common scale: what is left of the digits of one that hardly varies is not asked for here.
    if (!(deviation > 0)) throw new NumericalError('A unit varies too little to be scaled.');
    for (let k = 0; k < cols; k++) row[k] /= deviation;
  }
  return transpose(units);
}

/** The nearest to the recording of all whose directions have one variance: no direction's sign is chosen. */
function whitened(activations: Matrix<Float64Array>): Matrix<Float64Array> {
  const { basis, sizes, units } = directionsOf(activations);
  // Units × directions.
  const loadings = multiplyTransposed(units, basis);
  for (let at = 0; at < loadings.data.length; at++) loadings.data[at] /= sizes[at % loadings.cols];
  return transpose(multiply(loadings, basis));
}
