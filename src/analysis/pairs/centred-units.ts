import type { Matrix } from '../../core/matrix';
import { NumericalError } from '../../numerics/numerical-error';
import { dotProduct, transpose } from '../../numerics/products';
import { centre } from '../pca';

/**
 * The units of a layer that vary, centred over stimuli and divided by their common root sum of squares (the Frobenius norm).
 *
 * @param activations stimuli × units
 * @returns units × stimuli
 * @throws NumericalError where none varies
 */
export function centredUnits(activations: Matrix): Matrix<Float64Array> {
  const { cols: stimuli, rows, data } = transpose(centre(activations).centred);
  const unit = (at: number): Float64Array => data.subarray(at * stimuli, (at + 1) * stimuli);
  const squares = Array.from({ length: rows }, (_, at) => dotProduct(unit(at), unit(at)));
  const varying = squares.flatMap((square, at) => (square > 0 ? [at] : []));
  if (varying.length === 0) throw new NumericalError('No unit varies over the test stimuli.');
  const scale = 1 / Math.sqrt(squares.reduce((sum, square) => sum + square, 0));
  const kept = new Float64Array(varying.length * stimuli);
  varying.forEach((at, place) => kept.set(unit(at), place * stimuli));
  for (let k = 0; k < kept.length; k++) kept[k] *= scale;
  return { rows: varying.length, cols: stimuli, data: kept };
}
