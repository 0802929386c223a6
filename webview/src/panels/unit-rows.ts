import type { LayerDetail } from '../../../src/protocol/detail';
import { direction, isPlain } from '../../../src/formats/label-names';
import { type Extended, extendedNumber, statisticRows } from '../../../src/core/extended';
import type { Value } from '../../../src/protocol/results';
import type { LabelColumn } from '../labels';

type Statistic = 'dprime' | 'auroc' | 'correlation' | 'classSelectivity';

/** One row of the heatmap: a binary label, or one value of a categorical one. */
export interface Row {
  name: string;
  label: string;
  /** The names of all labels that have these numbers, where there are several. */
  merged?: string;
  /** What a positive number means: `square − circle`, `red − rest`. */
  direction: string;
  /** The label of each stimulus, and the class that is compared with the rest. */
  column: LabelColumn | undefined;
  at: number;
  /** Infinite of perfect units. */
  values: Value[];
  p: Value[];
  /** The family-wise threshold of the label; infinite where permutations make units perfect. */
  threshold: Value;
  permutations: number;
}

/** @param columns the labels of the stimuli */
export function rowsOf(layer: LayerDetail, statistic: Statistic, columns: readonly LabelColumn[]): Row[] {
  return Object.entries(layer.selectivity).flatMap(([label, results]) => {
    const values = numbersOf(results[statistic]);
    const p = numbersOf(results.p[statistic]);
    const column = columns.find(({ name }) => name === label);
    const { classes } = results;
    return values
      .map((row, at) => ({
        name: values.length > 1 ? `${label} = ${classes?.[at] ?? at}` : label,
        label,
        direction: classes === undefined ? direction(column?.classes ?? []) : `${classes[at] ?? at} − rest`,
        column,
        at: classes === undefined ? 1 : at,
        values: row,
        p: p[at] ?? [],
        threshold: extendedNumber(results.maximum[statistic].threshold),
        permutations: results.permutations,
      }))
      .filter((row) => row.values.some((value) => value !== null));
  });
}

/**
 * Rows that compare the same stimuli once, under all of their names: a task that is one feature is no second finding. Of those that compare
 * them the other way round the first has its sign.
 */
export function distinct(rows: readonly Row[]): Row[] {
  const found: Row[] = [];
  for (const row of rows) {
    const at = found.findIndex((other) => compares(other, row, false) || compares(other, row, true));
    const same = found[at];
    if (same === undefined) found.push(row);
    else {
      const name = same.label === row.label ? same.name : bothNames(same.name, row.name);
      found[at] = { ...same, name, merged: name, direction: clearer(same, row) };
    }
  }
  return found;
}

/** A row's name with the direction of its numbers, where that does not go without saying. */
export function directedName({ name, direction: text }: Row): string {
  return isPlain(text) || text.endsWith('− rest') ? name : `${name} (${text})`;
}

function compares(a: Row, b: Row, reversed: boolean): boolean {
  const [first, second] = [a.column, b.column];
  if (first === undefined || second === undefined) return false;
  if (reversed && first.classes?.length !== 2) return false;
  return first.values.every((value, i) => ((value === a.at) !== (second.values[i] === b.at)) === reversed);
}

/** The names of a feature's values say more than true and false. */
function clearer(first: Row, other: Row): string {
  if (!isPlain(first.direction) || isPlain(other.direction) || other.column?.classes?.length !== 2)
    return first.direction;
  return direction(other.column.classes, compares(first, other, true));
}

function bothNames(a: string, b: string): string {
  // Of a value that is named by its label: `colour = red`.
  return a.includes(' = ') || b.includes(' = ') ? `${a}, ${b}` : `${a} = ${b}`;
}

/**
 * How far from zero the colours reach: to where all but a twentieth of the values lie, so that one extreme unit does not make all
 * others pale; at least to the permutation threshold, and no further than the values do.
 */
export function colourReach(rows: readonly Row[]): number {
  const sizes = rows
    .flatMap(({ values }) => values.flatMap((value) => (isFinite(value) ? [Math.abs(value)] : [])))
    .sort((a, b) => a - b);
  const most = sizes.at(-1) ?? 0;
  const usual = sizes[Math.floor(0.95 * (sizes.length - 1))] ?? 0;
  const threshold = Math.max(0, ...rows.map((row) => row.threshold).filter(isFinite));
  const reach = Number(Math.max(usual, threshold).toPrecision(2));
  // A little more, and nothing need be cut off.
  return reach > 0 && most > 1.2 * reach ? reach : most || 1;
}

/** The unit that prefers one value of a label the most; the first where none prefers any. */
export function strongestUnit(layer: LayerDetail): number {
  let [strongest, most] = [0, 0];
  for (const { values } of rowsOf(layer, 'dprime', []))
    values.forEach((value, unit) => {
      if (value === null || Math.abs(value) <= most) return;
      [strongest, most] = [unit, Math.abs(value)];
    });
  return strongest;
}

function isFinite(value: Value): value is number {
  return value !== null && Number.isFinite(value);
}

function numbersOf(values: Extended[] | Extended[][]): Value[][] {
  return statisticRows(values).map((row) => row.map(extendedNumber));
}
