import type { Matrix } from '../protocol/matrix';
import type { Value } from '../protocol/results';
import { columnGram, gram } from './linalg/products';

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
  const matrix = { rows, cols, data: centred };
  const { rows: size, data: products } = cols <= rows ? columnGram(matrix) : gram(matrix);
  let trace = 0;
  let squares = 0;
  for (let a = 0; a < size; a++) {
    trace += products[a * size + a];
    for (let b = 0; b < size; b++) squares += products[a * size + b] ** 2;
  }
  return squares > 0 ? (trace * trace) / squares : null;
}
