import type { MeasureInfo } from '../../../protocol/results';

/** What becomes of the distances of an RDM, which says what it is. */
export interface Transform extends Pick<
  MeasureInfo,
  'title' | 'range' | 'formula' | 'meaning' | 'misleads' | 'source'
> {
  /** As the command line has it. */
  readonly name: string;
  /** It makes use of bounds. */
  readonly takes?: 'bounds';
  /** RDMs of more stimuli take too long. */
  readonly mostStimuli?: number;
  /**
   * @param distances upper triangle, row by row; NaN where undefined
   * @returns others in their places; NaN where undefined
   */
  apply(distances: Float64Array, bounds: Bounds, size: number): Float64Array;
}

/** Quantiles of the distances, 0 ≤ low ≤ high ≤ 1. */
interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** What is made of the defined distances, each in its place. */
export function ofDefined(
  distances: Float64Array,
  make: (defined: Float64Array) => Float64Array,
): Float64Array {
  const made = make(distances.filter((one) => !Number.isNaN(one)));
  let at = 0;
  return distances.map((one) => (Number.isNaN(one) ? NaN : made[at++]));
}
