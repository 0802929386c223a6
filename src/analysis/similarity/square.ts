import type { Matrix } from '../../core/matrix';

/** A symmetric matrix of stimuli × stimuli whose products with others are wanted, over and over. */
export interface Square {
  readonly size: number;
  readonly data: Float64Array;
}

/**
 * Σ a_ij b_o(i)o(j) over all i < j, with b's rows and columns in an order; as they stand where there is none.
 */
export function productAbove({ size, data: a }: Square, { data: b }: Square, order?: Uint32Array): number {
  let sum = 0;
  for (let i = 0; i < size; i++) {
    const own = i * size;
    const other = (order ? order[i] : i) * size;
    let line = 0;
    if (order) for (let j = i + 1; j < size; j++) line += a[own + j] * b[other + order[j]];
    else for (let j = i + 1; j < size; j++) line += a[own + j] * b[other + j];
    sum += line;
  }
  return sum;
}

/** Σ a_ii b_o(i)o(i). */
export function productOfDiagonals(
  { size, data: a }: Square,
  { data: b }: Square,
  order?: Uint32Array,
): number {
  let sum = 0;
  for (let i = 0; i < size; i++) {
    const other = order ? order[i] : i;
    sum += a[i * size + i] * b[other * size + other];
  }
  return sum;
}

/** C·A·C with C = I − 1/n: rows and columns sum to 0. */
export function doublyCentred({ rows: size, data }: Matrix<Float64Array>): Square {
  const means = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += data[i * size + j];
    means[i] = sum / size;
  }
  const all = means.reduce((sum, mean) => sum + mean, 0) / size;
  const centred = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) centred[i * size + j] = data[i * size + j] - means[i] - means[j] + all;
  return { size, data: centred };
}
