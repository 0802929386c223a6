import type { Experiment } from '../experiment';
import type { Problems } from '../problems';

/** What can only be judged of the experiment as a whole. `broken`: features that have problems of their own. */
export function checkExperiment(
  experiment: Experiment,
  broken: ReadonlySet<string>,
  problems: Problems,
): void {
  void experiment;
  void broken;
  void problems;
}
