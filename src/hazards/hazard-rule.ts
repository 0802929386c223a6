import type { Hazard, Results } from '../protocol/results';

/** The parts of the results that rules look at. */
export type HazardInput = Pick<
  Results,
  'networks' | 'measures' | 'values' | 'rsa' | 'pairs' | 'tasks' | 'stimuli' | 'labels' | 'confidence'
> &
  Partial<Pick<Results, 'modelTests' | 'asked'>>;

/**
 * One way in which a picture or a score misleads. Pure: the same results give the same hazards, in the same order. Of a sweep it sees one point at a time.
 * Untrained networks are exempt from every rule.
 */
export interface HazardRule {
  readonly name: string;
  /** What it looks for and when it speaks, in a sentence or two, for `definitions` and documentation. */
  readonly describe: string;
  /** Where more is said of it: the work that shows it, or a page that explains it. */
  readonly link: string;
  evaluate(results: HazardInput): Hazard[];
}
