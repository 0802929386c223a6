import type { Budget } from '../budget';
import type { Experiment } from '../experiment';
import type { Problems } from '../problems';
import { checkBalance } from './balance';
import { checkConstantTasks } from './constant-tasks';
import { checkDistinctRows } from './distinct-rows';
import { checkFewUnits } from './few-units';
import { checkLabelNames } from './label-names';
import { checkMemory } from './memory';
import { checkOddSettings } from './odd-settings';
import { checkParitySize } from './parity-size';
import { checkUntrainedTasks } from './untrained-tasks';

/**
 * What can only be judged of the experiment as a whole.
 *
 * @param isWhole no feature is left out for problems of its own
 */
export function checkExperiment(
  experiment: Experiment,
  isWhole: boolean,
  budget: Budget,
  problems: Problems,
): void {
  checkLabelNames(experiment, problems);
  const { table, documents } = experiment.stimuli;
  // What tokens say shows when documents are drawn.
  if (!documents) checkConstantTasks(experiment, budget, problems);
  // Whether the rows of a table can be balanced shows when they are divided.
  if (!table && !documents) checkBalance(experiment, budget, problems);
  checkParitySize(experiment, problems);
  if (!documents) checkUntrainedTasks(experiment, problems);
  checkOddSettings(experiment, problems);
  checkFewUnits(experiment, problems);
  if (isWhole && !documents) checkDistinctRows(experiment.stimuli, problems);
  checkMemory(experiment, problems);
}
