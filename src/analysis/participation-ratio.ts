import type { Matrix } from '../protocol/matrix';
import type { Value } from '../protocol/results';

/**
 * Participation ratio (Σλ)² / Σλ² of the eigenvalues of the units' covariance: about how many dimensions the variance
 * fills. Without eigenvalues: (trace C)² / ‖C‖².
 *
 * @param activations stimuli × units
 * @returns from 1 to the number of units; null without variance
 */
export function participationRatio({ rows, cols, data }: Matrix): Value {
  const centred = new Float64Array(rows * cols);
  for (let u = 0; u < cols; u++) {
    const first = data[u];
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += data[i * cols + u] - first;
    // Constant units become exactly 0.
    const mean = first + sum / rows;
    for (let i = 0; i < rows; i++) centred[i * cols + u] = data[i * cols + u] - mean;
  }
  // The Gram matrix of the stimuli has the same nonzero eigenvalues as the covariance of the units; take the smaller.
  const byUnits = cols <= rows;
  const size = byUnits ? cols : rows;
  const product = new Float64Array(size);
  let trace = 0;
  let squares = 0;
  for (let a = 0; a < size; a++) {
    if (byUnits) {
      product.fill(0, a);
      for (let i = 0; i < rows; i++) {
        const scale = centred[i * cols + a];
        if (scale === 0) continue;
        for (let b = a; b < cols; b++) product[b] += scale * centred[i * cols + b];
      }
    } else {
      for (let b = a; b < rows; b++) {
        let dot = 0;
        for (let u = 0; u < cols; u++) dot += centred[a * cols + u] * centred[b * cols + u];
        product[b] = dot;
      }
    }
    trace += product[a];
    squares += product[a] * product[a];
    for (let b = a + 1; b < size; b++) squares += 2 * product[b] * product[b];
  }
  return squares > 0 ? (trace * trace) / squares : null;
}
