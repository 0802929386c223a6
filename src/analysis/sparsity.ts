import type { Matrix } from '../protocol/matrix';
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
  let sum = 0;
  let active = 0;
  for (let u = 0; u < cols; u++) {
    let absolute = 0;
    let squares = 0;
    for (let i = 0; i < rows; i++) {
      const value = Math.abs(data[i * cols + u]);
      absolute += value;
      squares += value * value;
    }
    if (squares === 0) continue;
    sum += 1 - (absolute * absolute) / rows / squares;
    active++;
  }
  return active > 0 ? sum / active : null;
}
