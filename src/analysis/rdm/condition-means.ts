import type { Matrix } from '../../core/matrix';

/**
 * Mean activations of each condition.
 *
 * @param activations stimuli × units
 * @param conditionOf condition of each stimulus
 * @param count number of conditions; one that no stimulus has gets NaN
 * @param takes whether a stimulus counts; all do where absent
 * @returns conditions × units
 */
export function conditionMeans(
  activations: Matrix,
  conditionOf: ArrayLike<number>,
  count: number,
  takes?: (stimulus: number) => boolean,
): Matrix<Float64Array> {
  const { rows, cols, data } = activations;
  const means = new Float64Array(count * cols);
  const counts = new Uint32Array(count);
  for (let i = 0; i < rows; i++) {
    if (takes?.(i) === false) continue;
    const at = conditionOf[i] * cols;
    counts[conditionOf[i]]++;
    for (let j = 0; j < cols; j++) means[at + j] += data[i * cols + j];
  }
  for (let c = 0; c < count; c++) {
    for (let j = 0; j < cols; j++) means[c * cols + j] /= counts[c];
  }
  return { rows: count, cols, data: means };
}
