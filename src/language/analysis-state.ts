import type { Results } from '../protocol/results';
import type { Ending, FoundBy } from '../protocol/status';

/** What is known of the analysis of one experiment document. */
export interface AnalysisState {
  readonly status: 'running' | Ending;
  /** Results of the newest run with any; they grow while it is running. Null before the first. */
  readonly results: Results | null;
  /** Replicates that are finished, and how many the run has. */
  readonly finished: number;
  readonly planned: number;
  readonly foundBy: FoundBy;
  /** The document's text differs from what `results` were computed from in something that changes numbers. */
  readonly stale: boolean;
  /** When the results were finished, in milliseconds since 1970. */
  readonly finishedAt: number | null;
}

/** Why the results are not what the file and its newest run say, in two words; empty where they are. */
export function mark({ stale, foundBy }: AnalysisState): string {
  if (stale) return 'stale';
  return { newest: '', before: 'run before', older: 'older run' }[foundBy];
}
