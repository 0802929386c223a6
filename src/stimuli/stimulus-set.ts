import type { SetName } from '../experiment/experiment';
import type { Label } from '../core/label';
import type { Matrix } from '../core/matrix';

/** The stimuli of one set: what the networks are shown, and what is true of each. */
export interface StimulusSet {
  readonly name: SetName;
  /** Stimuli × input units; of tokens one unit for each that there is. */
  readonly inputs: Matrix<Float32Array>;
  /** One per feature and then one per task, in the file's order; rows as in `inputs`. */
  readonly features: readonly Label[];
  readonly tasks: readonly Label[];
  /** The row of the table that each stimulus is; absent where they are drawn. */
  readonly rows?: Uint32Array;
  /** The token that each stimulus is; absent where they are none. */
  readonly tokens?: TokenPlaces;
}

/** Tokens of documents. */
export interface TokenPlaces {
  /** Of each: 0 in the training documents, n in those of the nth evaluation set, from 1. */
  readonly of: Uint16Array;
  /** Its place among the tokens there. */
  readonly at: Uint32Array;
}

/** A task or feature by its name. @throws RangeError where there is none */
export function labelNamed(
  { tasks, features }: Pick<StimulusSet, 'tasks' | 'features'>,
  name: string,
): Label {
  const label = [...tasks, ...features].find((one) => one.name === name);
  if (!label) throw new RangeError(`There is no label ${name}.`);
  return label;
}

/** Features, then tasks. */
export function allLabels(set: StimulusSet): Label[] {
  return [...set.features, ...set.tasks];
}
