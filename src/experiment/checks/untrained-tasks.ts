import type { Experiment } from '../experiment';
import { quote } from '../names';
import type { Problems } from '../problems';
import { isTrained } from '../training';

/** Warns of tasks that no network is trained on. Where no network is trained at all, being listed is enough. */
export function checkUntrainedTasks(experiment: Experiment, problems: Problems): void {
  const trained = experiment.networks.filter(isTrained);
  const networks = trained.length > 0 ? trained : experiment.networks;
  if (networks.length === 0) return;
  for (const task of experiment.tasks) {
    if (networks.some((network) => network.tasks.includes(task.name))) continue;
    const message = `No network is trained on task ${quote(task.name)}. Add it to the 'tasks' of a network, or remove it.`;
    problems.warning('task-not-trained', message, problems.document.keySpan(['tasks', task.name]));
  }
}
