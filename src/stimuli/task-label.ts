import { columnOf, truths, type Columns } from '../experiment/evaluate';
import type { Label } from '../core/label';
import type { Task } from '../experiment/experiment';

/** The labels of the stimuli in the first rows of some columns: 0 or 1 of a binary task, else the index of the class. */
export function taskLabels({ label }: Task, columns: Columns, rows: number): Uint8Array | Float32Array {
  return label.kind === 'binary'
    ? truths(label.expression, columns, rows)
    : columnOf(columns, label.feature).values.subarray(0, rows);
}

/** The labels of several tasks together, as one number a stimulus: the last task's changes fastest. */
export function combinedLabels(tasks: readonly Task[], columns: Columns, rows: number): Uint32Array {
  const combined = new Uint32Array(rows);
  for (const task of tasks) {
    const labels = taskLabels(task, columns, rows);
    const { length } = task.classes;
    for (let row = 0; row < rows; row++) combined[row] = combined[row] * length + labels[row];
  }
  return combined;
}

/** The features of a set as formulas read them. */
export function columnsOf(features: readonly Label[]): Columns {
  return new Map(features.map(({ name, values, width }) => [name, { values, width }]));
}
