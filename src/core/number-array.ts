/** Numbers in any number of dimensions, the last of which runs fastest: as array files hold them. */
export interface NumberArray {
  /** `[]` is a single number. */
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array;
}
