import type { MeasureInfo } from '../../../protocol/results';

/** Two RDMs of the same stimuli, at the pairs of stimuli for which both have a distance. */
export interface TwoRdms {
  /** Stimuli (or conditions). */
  readonly size: number;
  /** Which two stimuli each distance is of. */
  readonly rows: Uint32Array;
  readonly columns: Uint32Array;
  readonly a: Float64Array;
  readonly b: Float64Array;
  /** Whether all pairs of stimuli are there. */
  readonly whole: boolean;
}

/** A way to say how alike two RDMs are, which says what it is. */
export interface Method extends Pick<
  MeasureInfo,
  'title' | 'range' | 'formula' | 'meaning' | 'misleads' | 'source'
> {
  /** As the command line has it. */
  readonly name: string;
  /** It is of whole RDMs only. */
  readonly needsWhole?: true;
  /** @returns null where one of both has nothing to compare, as with equal distances */
  compare(both: TwoRdms): number | null;
}
