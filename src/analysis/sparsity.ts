import type { Matrix } from '../core/matrix';
import type { Value } from '../protocol/results';

/**
 * Treves–Rolls lifetime sparsity: 1 − (mean |a|)² / mean a² over stimuli, mean over units. 0: a unit answers all stimuli
 * alike; near 1: it answers few. Units that are 0 for every stimulus are left out.
 *
 * @param activations stimuli × units
 * @returns null if no unit is ever active
 * @see Rolls & Tovee 1995 (sparseness a); Vinje & Gallant 2000 rescale 1 − a by 1 − 1/n, which this does not
 */
export function sparsity({ rows, cols, data }: Matrix): Value {
  const absolute = new Float64Array(cols);
  const squares = new Float64Array(cols);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let u = 0; u < cols; u++, at++) {
      const value = Math.abs(data[at]);
      absolute[u] += value;
      squares[u] += value * value;
    }
  }
  let sum = 0;
  let active = 0;
  for (let u = 0; u < cols; u++) {
    if (squares[u] === 0) continue;
    sum += 1 - (absolute[u] * absolute[u]) / rows / squares[u];
    active++;
  }
  return active > 0 ? sum / active : null;
}
