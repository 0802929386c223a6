import { compile, type Columns } from '../experiment/evaluate';
import type { Task } from '../experiment/experiment';
import { quote } from '../experiment/names';

/** A function of (columns, row) that gives the label of a stimulus: 0 or 1 for a binary task, else the index of its class. */
export function taskLabel(task: Task): (columns: Columns, row: number) => number {
  const { label } = task;
  if (label.kind === 'binary') {
    const truth = compile(label.expression);
    return (columns, row) => (truth(columns, row) ? 1 : 0);
  }
  return (columns, row) => {
    const column = columns.get(label.feature);
    if (!column) throw new Error(`There is no feature ${quote(label.feature)}.`);
    return column.values[row];
  };
}
