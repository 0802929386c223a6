import type { Experiment } from '../experiment/experiment';
import type { ThemeKind } from './chart-colours';
import type { Known } from './describe-results';
import type { Outline } from './outline';

/** What there is to describe something from. */
export interface DescribeContext {
  /** Null while the file has errors. */
  readonly experiment: Experiment | null;
  readonly outline: Outline;
  /** Null before any result. */
  readonly known: Known | null;
  readonly theme: ThemeKind;
  /** Milliseconds since 1970. */
  readonly now: number;
}
