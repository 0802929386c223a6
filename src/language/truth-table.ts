import { evaluate } from '../experiment/evaluate';
import type { Experiment, Task } from '../experiment/experiment';
import { escaped, table } from './markdown';
import { combinationsOf, variablesOf, visitCombinations } from '../stimuli/tasks/variables';

const MOST_VARIABLES = 4;
const MOST_ROWS = 24;

/** The truth table of a binary task over its combinations, as Markdown; null where it would be long. */
export function truthTable(experiment: Experiment, task: Task): string | null {
  if (task.label.kind !== 'binary') return null;
  const { expression } = task.label;
  const variables = variablesOf(experiment, [task], 'train');
  const rowCount = combinationsOf(variables);
  // One variable needs no table: the sentence says it.
  if (variables.length < 2 || variables.length > MOST_VARIABLES || rowCount > MOST_ROWS) return null;
  const rows: string[][] = [];
  visitCombinations(variables, (valueOf) => {
    const cells = variables.map(({ feature, index }) => {
      const value = valueOf(feature.name, index);
      return escaped(feature.values[value] ?? String(value));
    });
    rows.push([...cells, evaluate(expression, valueOf) ? '**true**' : 'false']);
  });
  return table([...variables.map(({ name }) => escaped(name)), escaped(task.name)], rows);
}
