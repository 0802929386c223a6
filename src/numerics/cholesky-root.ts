import type { Matrix } from '../core/matrix';

/**
 * The R with RᵀR = G of a positive semidefinite matrix: Cholesky's factorisation with the largest of what is left of the diagonal first (Higham 2002, Accuracy and Stability of Numerical
 * Algorithms, §10.3), which ends where the rest is rounding.
 *
 * @param gram size × size
 * @param most rows of R: no less than the rank
 * @returns rank × size
 */
export function choleskyRoot(
  { rows: size, data: gram }: Matrix<Float64Array>,
  most: number,
): Matrix<Float64Array> {
  const left = Float64Array.from({ length: size }, (_, i) => gram[i * size + i]);
  const rounding = left.reduce((largest, one) => Math.max(largest, one), 0) * size * Number.EPSILON;
  const data = new Float64Array(most * size);
  let rank = 0;
  for (; rank < most; rank++) {
    let pivot = 0;
    for (let i = 1; i < size; i++) if (left[i] > left[pivot]) pivot = i;
    if (!(left[pivot] > rounding)) break;
    const row = data.subarray(rank * size, (rank + 1) * size);
    row.set(gram.subarray(pivot * size, (pivot + 1) * size));
    for (let before = 0; before < rank; before++) {
      const start = before * size;
      const factor = data[start + pivot];
      for (let i = 0; i < size; i++) row[i] -= factor * data[start + i];
    }
    const root = Math.sqrt(left[pivot]);
    for (let i = 0; i < size; i++) {
      row[i] /= root;
      left[i] -= row[i] * row[i];
    }
  }
  return { rows: rank, cols: size, data: data.slice(0, rank * size) };
}
