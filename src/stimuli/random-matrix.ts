import type { Stream } from '../core/stream';

/**
 * A matrix of independent normal entries of variance 1 / inputs: row i is where input i goes.
 *
 * @returns inputs × outputs, row-major
 */
export function gaussianMatrix(inputs: number, outputs: number, random: Stream): Float64Array {
  const scale = 1 / Math.sqrt(inputs);
  return Float64Array.from({ length: inputs * outputs }, () => scale * random.normal());
}

/**
 * A random matrix that keeps lengths and angles: its rows are orthonormal (Gram–Schmidt, done twice for full
 * precision, on normal rows: uniform over all such matrices).
 *
 * @returns inputs × outputs, row-major
 * @throws RangeError with more inputs than outputs
 */
export function orthogonalMatrix(inputs: number, outputs: number, random: Stream): Float64Array {
  if (inputs > outputs)
    throw new RangeError(`${inputs} orthogonal directions do not fit into ${outputs} units.`);
  const matrix = gaussianMatrix(inputs, outputs, random);
  const rows = Array.from({ length: inputs }, (_, i) => matrix.subarray(i * outputs, (i + 1) * outputs));
  rows.forEach((row, i) => {
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < i; j++) {
        const shared = dot(row, rows[j]);
        for (let k = 0; k < outputs; k++) row[k] -= shared * rows[j][k];
      }
    }
    const length = Math.sqrt(dot(row, row));
    for (let k = 0; k < outputs; k++) row[k] /= length;
  });
  return matrix;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
