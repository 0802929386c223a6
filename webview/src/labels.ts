import { decimals } from '../../src/formats/fixed';
import type { StimuliDetail } from '../../src/protocol/detail';

/** One value per stimulus, to colour or order by: a label, or one bit or dimension of it. */
export interface LabelColumn {
  /** As shown and as persisted, for example `h[2]`. */
  name: string;
  source: 'feature' | 'task' | 'unit';
  /** Names of the values 0, 1, …; null for real numbers. */
  classes: string[] | null;
  values: Float32Array;
}

const columnsOfStimuli = new WeakMap<StimuliDetail, LabelColumn[]>();

/** All columns: tasks first, since they are what one looks for. Made once of the same stimuli. */
export function labelColumns(stimuli: StimuliDetail): LabelColumn[] {
  const known = columnsOfStimuli.get(stimuli) ?? allColumns(stimuli);
  columnsOfStimuli.set(stimuli, known);
  return known;
}

function allColumns(stimuli: StimuliDetail): LabelColumn[] {
  const columns = stimuli.labels.flatMap(columnsOf(stimuli.count));
  return [
    ...columns.filter(({ source }) => source === 'task'),
    ...columns.filter(({ source }) => source === 'feature'),
  ];
}

function columnsOf(count: number): (label: StimuliDetail['labels'][number]) => LabelColumn[] {
  return ({ name, source, kind, classes, width, values }) =>
    Array.from({ length: width }, (_, at) => ({
      name: width === 1 && kind !== 'bits' ? name : `${name}[${at}]`,
      source,
      classes: kind === 'real' ? null : kind === 'bits' || classes.length === 0 ? ['0', '1'] : classes,
      values: Float32Array.from({ length: count }, (_unused, i) => values[i * width + at] ?? NaN),
    }));
}

/** Names of labels with the tasks first, as everywhere. */
export function tasksFirst(
  names: readonly string[],
  labels: readonly { name: string; source: 'feature' | 'task' }[],
): string[] {
  const tasks = new Set(labels.filter(({ source }) => source === 'task').map(({ name }) => name));
  return [...names.filter((name) => tasks.has(name)), ...names.filter((name) => !tasks.has(name))];
}

/** Labels that are named of a stimulus where there are no tasks: more would not be read. */
const MOST_NAMED = 4;

/** The labels that stimuli are told by: tasks; without tasks the first features. */
export function toldOf(columns: readonly LabelColumn[]): readonly LabelColumn[] {
  const tasks = columns.filter(({ source }) => source === 'task');
  return tasks.length > 0 ? tasks : columns.slice(0, MOST_NAMED);
}

/** A stimulus in words: what its table calls it, or its number, and its tasks' values (without tasks, its features'). */
export function stimulusName(stimuli: StimuliDetail, index: number): string {
  const id = stimuli.table?.ids[index] ?? String(index);
  const name = /^\d+$/.test(id) ? `stimulus ${id}` : id;
  return [
    name + placeText(stimuli, index),
    ...toldOf(labelColumns(stimuli)).map((column) => `${column.name}: ${valueName(column, index)}`),
  ].join(', ');
}

/** Where a token stands: of which documents, the place of its document among these, and its position in that; null where stimuli are no tokens. */
export function placeOf(
  { tokens }: Pick<StimuliDetail, 'tokens'>,
  index: number,
): [string, number, number] | null {
  if (tokens === undefined) return null;
  const set = tokens.sets[tokens.of[index] ?? 0] ?? '';
  return [set, tokens.documents[index] ?? NaN, tokens.positions[index] ?? NaN];
}

function placeText(stimuli: StimuliDetail, index: number): string {
  const place = placeOf(stimuli, index);
  return place === null ? '' : ` (document ${place[1]} of “${place[0]}”, position ${place[2]})`;
}

/** What a stimulus is called in a table: its name, or its number. */
export function stimulusKey({ table }: Pick<StimuliDetail, 'table'>, index: number): string | number {
  return table?.ids[index] ?? index;
}

export function valueName(column: LabelColumn, index: number): string {
  const value = column.values[index] ?? NaN;
  return column.classes === null ? decimals(value) : (column.classes[value] ?? String(value));
}

/** Those of the selected stimuli that there are. */
export function selectedOf(selected: readonly number[], count: number): number[] {
  return [...new Set(selected)].filter((at) => at >= 0 && at < count).sort((a, b) => a - b);
}
