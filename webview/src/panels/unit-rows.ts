import type { LayerDetail } from '../../../src/protocol/detail';
import { extendedNumber } from '../../../src/protocol/extended';
import type { Extended, Value } from '../../../src/protocol/results';

export type Statistic = 'dprime' | 'auroc' | 'correlation' | 'classSelectivity';

/** One row of the heatmap: a binary label, or one value of a categorical one. */
export interface Row {
  name: string;
  label: string;
  /** The names of all labels that have these numbers, where there are several. */
  merged?: string;
  /** Infinite of perfect units. */
  values: Value[];
  p: Value[];
  /** The family-wise threshold of the label; infinite where permutations make units perfect. */
  threshold: Value;
  permutations: number;
}

export function rowsOf(layer: LayerDetail, statistic: Statistic): Row[] {
  return Object.entries(layer.selectivity).flatMap(([label, results]) => {
    const values = matrixOf(results[statistic]);
    const p = matrixOf(results.p[statistic]);
    return values
      .map((row, at) => ({
        name: values.length > 1 ? `${label} = ${results.classes?.[at] ?? at}` : label,
        label,
        values: row,
        p: p[at] ?? [],
        threshold: extendedNumber(results.maximum[statistic].threshold),
        permutations: results.permutations,
      }))
      .filter((row) => row.values.some((value) => value !== null));
  });
}

/** Rows with the same numbers once, under all of their names: a task that is one feature is no second finding. */
export function distinct(rows: readonly Row[]): Row[] {
  const found: Row[] = [];
  for (const row of rows) {
    const at = found.findIndex(({ values }) => values.every((value, unit) => value === row.values[unit]));
    const same = found[at];
    if (same === undefined) found.push(row);
    else {
      const name = bothNames(same.name, row.name);
      found[at] = { ...same, name, merged: name };
    }
  }
  return found;
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
  for (const { values } of rowsOf(layer, 'dprime'))
    values.forEach((value, unit) => {
      if (value === null || Math.abs(value) <= most) return;
      [strongest, most] = [unit, Math.abs(value)];
    });
  return strongest;
}

function isFinite(value: Value): value is number {
  return value !== null && Number.isFinite(value);
}

function matrixOf(values: Extended[] | Extended[][]): Value[][] {
  return (isMatrix(values) ? values : [values]).map((row) => row.map(extendedNumber));
}

function isMatrix(values: Extended[] | Extended[][]): values is Extended[][] {
  return Array.isArray(values[0]);
}
