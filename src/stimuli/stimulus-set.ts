import type { SetName } from '../experiment/experiment';
import type { Label } from '../core/label';
import type { Matrix } from '../core/matrix';

/** The stimuli of one set: what the networks are shown, and what is true of each. */
export interface StimulusSet {
  readonly name: SetName;
  /** Stimuli × input units. */
  readonly inputs: Matrix<Float32Array>;
  /** One per feature and then one per task, in the file's order; rows as in `inputs`. */
  readonly features: readonly Label[];
  readonly tasks: readonly Label[];
  /** The row of the table that each stimulus is; absent where they are drawn. */
  readonly rows?: Uint32Array;
}
