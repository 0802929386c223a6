import type { Budget } from '../budget';
import type { Experiment, Task } from '../experiment';
import { quote } from '../names';
import type { Problems } from '../problems';
import { classOf, sizeOf } from './task-class';
import { tableLookups, ValueSpace } from './value-space';

/** A task that has one answer for all training stimuli teaches nothing. */
export function checkConstantTasks(experiment: Experiment, budget: Budget, problems: Problems): void {
  if (experiment.stimuli.table) return checkInTable(experiment, problems);
  for (const task of experiment.tasks) {
    const space = new ValueSpace(experiment, [task], 'train');
    let first: number | null = null;
    const varies = space.visit(task.name, { budget, cost: costOf(task) }, (valueOf) => {
      const answer = classOf(task, valueOf);
      first ??= answer;
      return answer !== first;
    });
    if (varies === null) budget.untried.add('whether every task varies');
    if (varies !== false || first === null) continue;
    const span = problems.document.valueSpan(['tasks', task.name]);
    const answer = task.classes[first];
    if (space.isEnumerable) {
      const message = `Task ${quote(task.name)} is constant: its label is ${quote(answer)} for every combination of features that can occur. Change its formula or the prevalences.`;
      problems.error('constant-task', message, span);
    } else {
      const message = `Task ${quote(task.name)} may be constant: its label was ${quote(answer)} for each of a few thousand sampled stimuli. Check its formula and the prevalences.`;
      problems.warning('constant-task', message, span);
    }
  }
}

/** Of a table is known what each stimulus is. */
function checkInTable({ stimuli, tasks }: Experiment, problems: Problems): void {
  for (const task of tasks) {
    const answers = new Set<number>();
    for (const valueOf of tableLookups(stimuli)) {
      answers.add(classOf(task, valueOf));
      if (answers.size > 1) break;
    }
    const [first] = answers;
    if (answers.size !== 1) continue;
    const message = `Task ${quote(task.name)} is constant: its label is ${quote(task.classes[first])} for every stimulus of the table. Change its formula.`;
    problems.error('constant-task', message, problems.document.valueSpan(['tasks', task.name]));
  }
}

export function costOf(task: Task): number {
  return task.label.kind === 'binary' ? sizeOf(task.label.expression) : 1;
}
