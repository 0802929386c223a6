import type { Budget } from '../budget';
import { SET_NAMES } from '../counts';
import type { Experiment, SetName, Task } from '../experiment';
import { quote, quoteAll } from '../names';
import type { Problems } from '../problems';
import { costOf } from './constant-tasks';
import { classOf } from './task-class';
import { ValueSpace } from './value-space';

/** Balanced tasks can only be crossed where each combination of their values can occur. */
export function checkBalance(experiment: Experiment, budget: Budget, problems: Problems): void {
  const reported = new Set<number>();
  for (const set of SET_NAMES) {
    const own = ['stimuli', 'sets', set, 'balance'];
    const path = problems.document.find(own) ? own : ['stimuli', 'balance'];
    const span = problems.document.valueSpan(path);
    const message = balanceProblem(experiment, set, budget);
    // The sets mostly share one list.
    if (message === null || reported.has(span.start)) continue;
    reported.add(span.start);
    problems.error('impossible-balance', message, span);
  }
}

function balanceProblem(experiment: Experiment, set: SetName, budget: Budget): string | null {
  const { balance } = experiment.stimuli.sets[set];
  const tasks = experiment.tasks.filter((task) => balance.includes(task.name));
  if (tasks.length === 0) return null;
  const combinations = tasks.reduce((product, task) => product * task.classes.length, 1);
  const count = experiment.stimuli.counts[set];
  if (combinations > count) {
    return `Balancing ${quoteAll(balance)} needs ${combinations} combinations, but the ${set} set has ${count} stimuli. Balance fewer tasks or raise '${set}'.`;
  }
  const space = new ValueSpace(experiment, tasks, set);
  const cost = tasks.reduce((sum, task) => sum + costOf(task), 0);
  if (!space.isEnumerable) return null;
  const seen = new Set<number>();
  const isWhole = space.visit(set, { budget, cost }, (valueOf) => {
    seen.add(tasks.reduce((index, task) => index * task.classes.length + classOf(task, valueOf), 0));
    return seen.size === combinations;
  });
  if (isWhole === null) budget.untried.add('whether tasks can be balanced');
  if (isWhole !== false) return null;
  let missing = 0;
  while (seen.has(missing)) missing++;
  return `${quoteAll(balance)} cannot be balanced in the ${set} set: ${combinationName(tasks, missing)} never occurs. Balance fewer tasks or change the features.`;
}

function combinationName(tasks: readonly Task[], index: number): string {
  const parts: string[] = [];
  let rest = index;
  for (const task of [...tasks].reverse()) {
    parts.unshift(`${quote(task.name)} = ${quote(task.classes[rest % task.classes.length])}`);
    rest = Math.floor(rest / task.classes.length);
  }
  return parts.join(' with ');
}
