import { type Extended, extended } from '../../core/extended';
import type { Matrix } from '../../core/matrix';
import type { SelectivityResults, Value } from '../../protocol/results';
import type { ClassLabel } from './class-label';
import type { LabelPermutations } from './label-permutations';
import { emptyMaxima, maximumOf, permutationP } from './null-distribution';
import { observed } from './observed';
import { classSums, type Partition, partition } from './partition';
import { emptyReached, testPermutations } from './permutation-test';
import { byStatistic, type Statistic, strength } from './statistic';
import { type UnitColumns, unitColumns, varyingUnits } from './unit-columns';

interface LayerSelectivity {
  /** By label. */
  readonly selectivity: Record<string, SelectivityResults>;
  /** Why values are null, by path. */
  readonly undefinedValues: Record<string, string>;
}

/** Units whose columns are summed together: enough for fast products, few enough for the cache. */
const unitsAtOnce = 64;

/**
 * Selectivity of every unit of one layer for every label, with permutation p-values. d′, AUROC and correlation are two-sided
 * (p counts permutations whose |d′|, |AUROC − .5|, |r| is at least the observed one, equal ones included); the
 * class-selectivity index is never negative, so its test is one-sided by nature. The maximum is over units and, for
 * categorical labels, values. Labels with equal counts share their permutations.
 *
 * @param activations stimuli × units, finite
 * @param labels one class per stimulus
 * @param permutations orders of the stimuli
 * @throws RangeError if stimuli, labels and permutations do not have the same length
 */
export function selectivity(
  activations: Matrix,
  labels: readonly ClassLabel[],
  permutations: LabelPermutations,
): LayerSelectivity {
  for (const { length } of [permutations, ...labels.map((label) => label.of)]) {
    if (length !== activations.rows) {
      throw new RangeError(`${activations.rows} stimuli, but ${length} in a label or permutation.`);
    }
  }
  const signed = activations.data.some((value) => value < 0);
  const varying = varyingUnits(activations);
  // Labels that class all stimuli alike (a task that is a feature) share one table.
  const tables: Table[] = [];
  const tableOf = labels.map((label) => {
    let table = tables.find((other) => sameClasses(other.partition.label, label));
    if (!table) tables.push((table = new Table(partition(label), activations.cols, permutations.count)));
    return table;
  });
  for (let first = 0; first < varying.length; first += unitsAtOnce) {
    const columns = unitColumns(activations, varying.slice(first, first + unitsAtOnce));
    testUnits(columns, tables, permutations, signed);
  }
  const undefinedValues: Record<string, string> = {};
  const left = activations.cols - varying.length;
  if (left > 0) undefinedValues.selectivity = `${left} of ${activations.cols} units are constant.`;
  labels.forEach((label, at) => Object.assign(undefinedValues, tableOf[at].reasons(label, signed)));
  return {
    selectivity: Object.fromEntries(labels.map((label, at) => [label.name, tableOf[at].results(label)])),
    undefinedValues,
  };
}

function sameClasses(a: ClassLabel, b: ClassLabel): boolean {
  return (
    a.binary === b.binary &&
    a.classes.length === b.classes.length &&
    a.of.every((value, stimulus) => value === b.of[stimulus])
  );
}

function testUnits(
  columns: UnitColumns,
  tables: readonly Table[],
  permutations: LabelPermutations,
  signed: boolean,
): void {
  const tests = tables
    .filter((table) => table.partition.order.length > 1)
    .map((table) => {
      const { partition, maxima } = table;
      const values = observed(partition, columns, classSums(partition, columns), signed);
      return { table, partition, observed: values, reached: emptyReached(values), maxima };
    });
  testPermutations(columns, tests, permutations);
  for (const { table, observed: values, reached } of tests) table.store(columns.units, values, reached);
}

/** The statistics of all units for one label or several that are alike, filled in some units at a time. */
class Table {
  readonly maxima: Record<Statistic, Float64Array>;
  /** Rows × units. NaN where undefined. */
  private readonly values: Record<Statistic, Float64Array>;
  private readonly reached: Record<Statistic, Uint32Array>;

  constructor(
    readonly partition: Partition,
    private readonly units: number,
    private readonly permutations: number,
  ) {
    const size = (statistic: Statistic): number =>
      (statistic === 'classSelectivity' ? 1 : partition.compared.length) * units;
    this.maxima = emptyMaxima(permutations);
    this.values = byStatistic((statistic) => new Float64Array(size(statistic)).fill(NaN));
    this.reached = byStatistic((statistic) => new Uint32Array(size(statistic)));
  }

  store(
    units: readonly number[],
    values: Record<Statistic, Float64Array>,
    reached: Record<Statistic, Uint32Array>,
  ): void {
    byStatistic((statistic) => {
      for (let i = 0; i < values[statistic].length; i++) {
        const cell = Math.floor(i / units.length) * this.units + units[i % units.length];
        this.values[statistic][cell] = values[statistic][i];
        this.reached[statistic][cell] = reached[statistic][i];
      }
    });
  }

  /** @param label one of those that the table is of */
  results(label: ClassLabel): SelectivityResults {
    const value = (statistic: Exclude<Statistic, 'dprime'>, cell: number): Value => {
      const found = this.values[statistic][cell];
      return Number.isNaN(found) ? null : found;
    };
    const p = (statistic: Statistic, cell: number): Value =>
      Number.isNaN(this.values[statistic][cell])
        ? null
        : permutationP(this.reached[statistic][cell], this.permutations);
    return {
      ...(label.binary ? {} : { classes: [...label.classes] }),
      dprime: this.rows('dprime', (statistic, cell) => extended(this.values[statistic][cell])),
      auroc: this.rows('auroc', value),
      correlation: this.rows('correlation', value),
      classSelectivity: this.row('classSelectivity', 0, value),
      p: {
        dprime: this.rows('dprime', p),
        auroc: this.rows('auroc', p),
        correlation: this.rows('correlation', p),
        classSelectivity: this.row('classSelectivity', 0, p),
      },
      maximum: byStatistic((statistic) => {
        const defined = this.values[statistic].filter((found) => !Number.isNaN(found));
        return maximumOf(
          Array.from(defined, (found) => strength(statistic, found)),
          this.maxima[statistic],
        );
      }),
      permutations: this.permutations,
    };
  }

  /** Why values are null, apart from constant units. */
  reasons(label: ClassLabel, signed: boolean): Record<string, string> {
    const { order } = this.partition;
    const path = `selectivity.${label.name}`;
    const reasons: Record<string, string> = {};
    if (order.length < 2) {
      reasons[path] = `${label.name} has the same value for every stimulus of the test set.`;
      return reasons;
    }
    label.classes.forEach((name, c) => {
      if (label.counts[c] === 0) reasons[`${path}.${name}`] = `No stimulus of the test set has ${name}.`;
      if (label.counts[c] === 1 || label.of.length - label.counts[c] === 1) {
        reasons[`${path}.dprime.${name}`] =
          `One stimulus has no variance: no d′ of ${name} against the rest.`;
      }
    });
    if (signed) {
      reasons[`${path}.classSelectivity`] =
        'Activations of this layer are signed: the class-selectivity index is not defined.';
    }
    if (this.permutations === 0) reasons[`${path}.p`] = 'No permutations were asked for.';
    return reasons;
  }

  private rows<S extends Statistic, V extends Extended>(
    statistic: S,
    of: (statistic: S, cell: number) => V,
  ): V[] | V[][] {
    const { label, compared } = this.partition;
    return label.binary ? this.row(statistic, 0, of) : compared.map((_, row) => this.row(statistic, row, of));
  }

  private row<S extends Statistic, V extends Extended>(
    statistic: S,
    row: number,
    of: (statistic: S, cell: number) => V,
  ): V[] {
    return Array.from({ length: this.units }, (_, u) => of(statistic, row * this.units + u));
  }
}
