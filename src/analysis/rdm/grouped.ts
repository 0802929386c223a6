import type { Matrix } from '../../core/matrix';
import { conditionMeans } from './condition-means';
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

/** Of each fold the means of the conditions in it, and in all others: every row counts once. */
export function foldMeans(data: Matrix<Float64Array>, conditions: Groups, folds: Groups): Fold[] {
  const { names, of } = conditions;
  return folds.names.map((_, fold) => ({
    test: conditionMeans(data, of, names.length, (row) => folds.of[row] === fold),
    train: conditionMeans(data, of, names.length, (row) => folds.of[row] !== fold),
  }));
}
