/** One feature's values: rows × width, row-major. */
export interface Column {
  readonly values: Float32Array;
  readonly width: number;
}
