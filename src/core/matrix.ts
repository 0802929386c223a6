/**
 * A dense matrix, row-major: element (i, j) is `data[i * cols + j]`.
 * Activations are stimuli × units; inputs are stimuli × input units.
 */
export interface Matrix<T extends Float32Array | Float64Array = Float32Array | Float64Array> {
  readonly rows: number;
  readonly cols: number;
  readonly data: T;
}
