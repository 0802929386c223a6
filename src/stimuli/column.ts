/** One feature's values: rows × width, row-major. */
export interface Column {
  readonly values: Float32Array;
  readonly width: number;
}

/** The features of a block of stimuli, by name. */
export type Columns = ReadonlyMap<string, Column>;
