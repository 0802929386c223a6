import { marks } from '../../../src/formats/marks';
import type { LabelColumn } from '../labels';
import type { Option } from '../panel';

/** No label: of what points are coloured or shaped by. */
export const NONE = '(none)';

/** The labels that are shown where none is chosen: tasks, or features where there are none. */
export function taskColumns(columns: readonly LabelColumn[]): LabelColumn[] {
  const tasks = columns.filter(({ source }) => source === 'task');
  return tasks.length > 0 ? tasks : columns.filter(({ source }) => source === 'feature');
}

export function labelOptions(columns: readonly LabelColumn[], byDefault: LabelColumn | undefined): Option[] {
  return columns.map((column) => ({
    value: column.name,
    label: column.name,
    byDefault: column === byDefault,
  }));
}

/** Whether there is a shape for each of its values. */
export function isDiscrete({ classes }: LabelColumn): boolean {
  return classes !== null && classes.length <= marks.length;
}
