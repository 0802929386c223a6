/**
 * A named property of each stimulus of one set: a feature's value or a task's label.
 * `values` is count × width, row-major:
 * - `binary`: width 1, 0 or 1 (1 is `classes[1]`);
 * - `categorical`: width 1, the index into `classes`;
 * - `bits`: width = number of bits, each 0 or 1;
 * - `real`: width = number of Gaussian dimensions, any finite number.
 */
export interface Label {
  readonly name: string;
  readonly source: 'feature' | 'task';
  readonly kind: 'binary' | 'categorical' | 'bits' | 'real';
  /** Names of the values, in order; empty for `bits` and `real`. */
  readonly classes: readonly string[];
  readonly width: number;
  readonly values: Float32Array;
}
