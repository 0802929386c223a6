import type { Matrix } from '../../../core/matrix';
import type { MeasureInfo } from '../../../protocol/results';
import type { Rdm } from '../rdm';

/** What distances are between: rows of stimuli, or the means of conditions. */
export interface Patterns {
  /** Conditions × units. */
  readonly means: Matrix<Float64Array>;
  /** Where the data has folds: of each the means of the conditions in it, and in all others; NaN in the row of a condition that is not there. */
  readonly folds?: readonly Fold[];
  /** Covariance of the noise, units × units; the identity where absent. */
  readonly noise?: Matrix<Float64Array>;
}

export interface Fold {
  readonly test: Matrix<Float64Array>;
  readonly train: Matrix<Float64Array>;
}

type Found = Pick<Rdm, 'size' | 'distances' | 'undefinedRows'>;

/** A distance between patterns, which says what it is. */
export interface Metric extends Pick<
  MeasureInfo,
  'title' | 'range' | 'formula' | 'meaning' | 'misleads' | 'source'
> {
  /** As the command line has it. */
  readonly name: string;
  /** What it takes beside the patterns; what it `needs` has to be there. */
  readonly takes: readonly ('noise' | 'folds')[];
  readonly needs?: 'folds';
  /** What every number of the patterns has to be: 0 or more; 0 or 1. */
  readonly values?: 'counts' | 'binary';
  /** @throws NumericalError where there are no distances at all */
  rdm(patterns: Patterns): Found;
}
