import { averageLinkageOf, rowDistances } from '../numerics/average-linkage';
import { optimalLeafOrder } from '../numerics/leaf-order';
import { extendedNumber, statisticRows } from '../core/extended';
import { NumericalError } from '../numerics/numerical-error';
import type { LayerDetail, UnitTree } from '../protocol/detail';
import type { SelectivityResults, Value } from '../protocol/results';

/** Wider layers are not clustered: distances between all units would not be quick, and no tree of so many can be read. */
const mostUnits = 1024;

const mostConditions = 64;

/** Of an RDM that is drawn. */
const mostPatterns = 512;

/** Value of a unit without any preference, which stands for undefined ones. */
const statistics = { dprime: 0, auroc: 0.5, correlation: 0, classSelectivity: 0 } as const;

/**
 * Trees of the varying units of a layer, by each statistic of selectivity and by condition means.
 *
 * @param conditionMeans conditions × units
 * @throws NumericalError for fewer than two such units, or too many
 */
export function clusterUnits({
  units,
  constantUnits,
  selectivity,
  conditionMeans,
}: Omit<LayerDetail, 'pca' | 'rdm' | 'missing'>): NonNullable<LayerDetail['clusters']> {
  const varying = Array.from({ length: units }, (_, unit) => unit).filter(
    (unit) => !constantUnits.includes(unit),
  );
  if (varying.length < 2)
    throw new NumericalError(
      `A tree needs two units that vary; there ${varying.length === 1 ? 'is 1' : 'are 0'}.`,
    );
  if (varying.length > mostUnits)
    throw new NumericalError(`${varying.length} units vary: a tree is made of at most ${mostUnits}.`);
  const trees: Record<string, UnitTree> = {};
  for (const statistic of Object.keys(statistics) as (keyof typeof statistics)[]) {
    const rows = different(
      finite(Object.values(selectivity).flatMap((label) => numbersOf(label, statistic))),
      statistics[statistic],
    );
    if (rows.some((row) => row.some((value) => value !== null)))
      trees[statistic] = tree(varying, (unit) => rows.map((row) => row[unit] ?? statistics[statistic]));
  }
  const conditions = conditionMeans.length / units;
  trees.conditionMeans = tree(varying, (unit) =>
    Array.from({ length: conditions }, (_, condition) => conditionMeans[condition * units + unit]),
  );
  return trees;
}

/**
 * Rows without those that say the same as an earlier one, or its opposite: a label under two names (a task that is one feature) would
 * count twice in the distances of units.
 *
 * @param centre value of a unit without preference
 */
export function different(rows: readonly Value[][], centre: number): Value[][] {
  const same = (a: readonly Value[], b: readonly Value[], sign: number): boolean =>
    a.every((value, unit) => {
      const other = b[unit];
      if (value === null || other === null) return value === other;
      return Math.abs(value - centre - sign * (other - centre)) < 1e-9;
    });
  const found: Value[][] = [];
  for (const row of rows)
    if (!found.some((earlier) => same(row, earlier, 1) || same(row, earlier, -1))) found.push(row);
  return found;
}

/**
 * Tree of the conditions by their mean activations.
 *
 * @param conditionMeans conditions × units
 * @throws NumericalError for a single condition, and for more than a picture has room for
 */
export function clusterConditions(conditionMeans: Float32Array, units: number): UnitTree {
  const conditions = Array.from({ length: conditionMeans.length / units }, (_, condition) => condition);
  if (conditions.length < 2 || conditions.length > mostConditions)
    throw new NumericalError(
      `A tree is made of 2 to ${mostConditions} conditions; the test stimuli show ${conditions.length}.`,
    );
  return tree(conditions, (condition) =>
    Array.from(conditionMeans.subarray(condition * units, (condition + 1) * units)),
  );
}

function numbersOf(results: SelectivityResults, statistic: keyof typeof statistics): Value[][] {
  return statisticRows(results[statistic]).map((row) => row.map(extendedNumber));
}

/** Perfect units stand at the largest finite size: distances need numbers. */
function finite(rows: readonly Value[][]): Value[][] {
  const sizes = rows.flat().map((value) => Math.abs(value ?? 0));
  const most = sizes.reduce((size, next) => (Number.isFinite(next) ? Math.max(size, next) : size), 0) || 1;
  return rows.map((row) =>
    row.map((value) => (value === null ? null : Math.max(-most, Math.min(most, value)))),
  );
}

function tree(items: readonly number[], profile: (item: number) => number[]): UnitTree {
  return treeOf(items, rowDistances(items.map(profile)));
}

/**
 * Tree of the patterns of an RDM by its own distances; null where one is undefined, or there are fewer than three.
 *
 * @param square patterns × patterns
 */
export function clusterRdm(square: Float32Array): UnitTree | null {
  const size = Math.sqrt(square.length);
  if (size < 3 || size > mostPatterns || square.some(Number.isNaN)) return null;
  return treeOf(
    Array.from({ length: size }, (_, at) => at),
    Float64Array.from(square),
  );
}

/** @param distances items × items */
function treeOf(items: readonly number[], distances: Float64Array): UnitTree {
  const { merges, order: plain } = averageLinkageOf(distances, items.length);
  const order = optimalLeafOrder(merges, distances, plain);
  const place = new Map(order.map((item, at) => [item, at]));
  const renamed = (group: number): number => place.get(group) ?? group;
  return {
    order: Uint16Array.from(order, (item) => items[item]),
    a: Uint16Array.from(merges, ({ a }) => renamed(a)),
    b: Uint16Array.from(merges, ({ b }) => renamed(b)),
    height: Float32Array.from(merges, ({ height }) => height),
  };
}
