import type { Matrix } from '../../core/matrix';
import { NumericalError } from '../../numerics/numerical-error';
import { UnitPanels, withWorkspace } from '../../numerics/unit-panels';

/**
 * The units of a layer that vary, centred over stimuli and divided by their common root sum of squares (the Frobenius norm).
 *
 * @param activations stimuli × units
 * @returns units × stimuli
 * @throws NumericalError where none varies
 */
export function centredUnits(activations: Matrix): Matrix<Float64Array> {
  const none = 'No unit varies over the test stimuli.';
  if (activations.data.length === 0) throw new NumericalError(none);
  return withWorkspace((workspace) => {
    const units = new UnitPanels(workspace, activations);
    const squares = units.ownProducts();
    const varying = Array.from(squares.keys()).filter((unit) => squares[unit] > 0);
    if (varying.length === 0) throw new NumericalError(none);
    return units.lines(varying, 1 / Math.sqrt(squares.reduce((sum, square) => sum + square, 0)));
  });
}
