import type { Matrix } from '../../core/matrix';
import type { Fold } from './metrics/metric';

/** Rows by a name each: the names that occur, in order, and which one each row has. */
export interface Groups {
  readonly names: readonly string[];
  /** One entry a row. */
  readonly of: Uint32Array;
}

/** Names in the order of their numbers where all are numbers, else of their characters. */
export function groupsOf(column: readonly string[]): Groups {
  const all = [...new Set(column)];
  const numeric = all.every((name) => name.trim() !== '' && Number.isFinite(Number(name)));
  const names = all.sort((a, b) => (numeric ? Number(a) - Number(b) : 0) || (a < b ? -1 : a > b ? 1 : 0));
  const place = new Map(names.map((name, at) => [name, at]));
  return { names, of: Uint32Array.from(column, (name) => place.get(name) ?? 0) };
}

/**
 * Means of the rows of each group.
 *
 * @param data rows × units
 * @param counts whether a row counts; all do where absent
 * @returns groups × units; NaN in the row of a group of which no row counts
 */
export function groupMeans(
  data: Matrix<Float64Array>,
  { names, of }: Groups,
  counts: (row: number) => boolean = () => true,
): Matrix<Float64Array> {
  const { cols } = data;
  const sums = new Float64Array(names.length * cols);
  const rows = new Float64Array(names.length);
  for (let row = 0; row < data.rows; row++) {
    if (!counts(row)) continue;
    rows[of[row]]++;
    for (let unit = 0; unit < cols; unit++) sums[of[row] * cols + unit] += data.data[row * cols + unit];
  }
  return { rows: names.length, cols, data: sums.map((sum, at) => sum / rows[Math.floor(at / cols)]) };
}

/** Of each fold the means of the conditions in it, and in all others: every row counts once. */
export function foldMeans(data: Matrix<Float64Array>, conditions: Groups, folds: Groups): Fold[] {
  return folds.names.map((_, fold) => ({
    test: groupMeans(data, conditions, (row) => folds.of[row] === fold),
    train: groupMeans(data, conditions, (row) => folds.of[row] !== fold),
  }));
}
