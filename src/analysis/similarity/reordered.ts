import type { Matrix } from '../../core/matrix';

/** Column k becomes what column order[k] was. */
export function reordered(
  { rows, cols, data }: Matrix<Float64Array>,
  order: Uint32Array,
): Matrix<Float64Array> {
  const out = new Float64Array(data.length);
  for (let row = 0; row < rows; row++)
    for (let k = 0; k < cols; k++) out[row * cols + k] = data[row * cols + order[k]];
  return { rows, cols, data: out };
}
