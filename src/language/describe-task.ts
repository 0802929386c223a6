import type { DescribeContext } from './describe-context';
import { hazardLines, labelChart, provenance, staleness, taskNumbers } from './describe-results';
import { factList, markdownMarks } from './facts';
import { code, strong } from './markdown';
import { taskFacts, taskMeaning } from './task-facts';
import { truthTable } from './truth-table';

/** A task: what the networks made of it, if they have; what its formula computes, how often, and whether linearly. */
export function describeTask(name: string, context: DescribeContext): string[] {
  const { experiment, known } = context;
  const task = experiment?.tasks.find((one) => one.name === name);
  const parts = [task ? `**Task** ${strong(name)}: ${code(task.formula)}` : `**Task** ${strong(name)}`];
  const numbers = known ? taskNumbers(known, name) : null;
  // A hover is low: what was found comes first to the eye.
  if (known && numbers) {
    parts.push(...staleness(known), numbers);
    parts.push(...[labelChart(known, name, context.theme)].filter(isText), provenance(known, context.now));
    parts.push(...[hazardLines(known, { task: name }, context.outline, ['tasks', name])].filter(isText));
  } else if (known) parts.push('*The last run did not have this task.*');
  if (experiment && task) {
    parts.push(taskMeaning(experiment, task, markdownMarks));
    parts.push(factList(taskFacts(experiment, task, markdownMarks)));
    const rows = numbers ? null : truthTable(experiment, task);
    if (rows) parts.push(rows);
  }
  return parts;
}

function isText(part: string | null): part is string {
  return part !== null;
}
