import type { Matrix } from '../core/matrix';
import type { Value } from '../protocol/results';
import { gram } from '../numerics/products';
import { UnitPanels, withWorkspace } from '../numerics/unit-panels';
import { centre } from './pca';

/**
 * Participation ratio (Σλ)² / Σλ² of the eigenvalues of the units' covariance: about how many dimensions the variance
 * fills. Without eigenvalues: (trace C)² / ‖C‖².
 *
 * @param activations stimuli × units
 * @returns from 1 to the number of units; null without variance
 */
export function participationRatio(activations: Matrix): Value {
  const { rows, cols } = activations;
  if (rows === 0 || cols === 0) return null;
  // The Gram matrix of the stimuli has the same nonzero eigenvalues as the covariance of the units; take the smaller.
  const { rows: size, data: products } =
    cols <= rows
      ? withWorkspace((workspace) => new UnitPanels(workspace, activations).upperGram())
      : gram(centre(activations).centred);
  let trace = 0;
  let squares = 0;
  for (let a = 0; a < size; a++) {
    const own = products[a * size + a];
    let above = 0;
    for (let b = a + 1; b < size; b++) above += products[a * size + b] ** 2;
    trace += own;
    squares += own ** 2 + 2 * above;
  }
  return squares > 0 ? (trace * trace) / squares : null;
}
