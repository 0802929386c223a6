import { type Extended, extendedNumber, statisticRows } from '../../core/extended';
import type { SelectivityResults, Value } from '../../protocol/results';
import { byStatistic, type Statistic, strength } from './statistic';

type Shares = NonNullable<SelectivityResults['shareOfUntrained']>;

/**
 * The second null: an untrained layer, whose units prefer values of features by chance of their random weights. For each
 * unit, the share of all untrained units that are at least as selective for the label (categorical labels: for the same
 * value); for the maximum, the share of untrained replicates whose maximum is at least as large.
 *
 * @param untrained one layer, for one label, in untrained replicates on the same stimuli, at least one
 * @returns the shares of the same layer and label of a trained replicate; null where a unit, or every untrained unit, is undefined
 */
export function shareOfUntrained(
  untrained: readonly SelectivityResults[],
): (trained: SelectivityResults) => Shares {
  // Sorted once for all replicates that are compared.
  const sorted = byStatistic((statistic) => {
    const all = untrained.map((replicate) => rows(replicate[statistic]));
    return all[0].map((_, r) =>
      ascending(
        all.flatMap((found) =>
          (found[r] ?? []).map((value) => (value === null ? null : strength(statistic, value))),
        ),
      ),
    );
  });
  const maxima = byStatistic((statistic) =>
    ascending(untrained.map((replicate) => extendedNumber(replicate.maximum[statistic].value))),
  );
  return (trained) => {
    const shares = (statistic: Statistic): Value[][] =>
      rows(trained[statistic]).map((row, r) =>
        row.map((value) =>
          value === null
            ? null
            : shareAtLeast(sorted[statistic][r] ?? new Float64Array(), strength(statistic, value)),
        ),
      );
    const asGiven = (statistic: Statistic): Value[] | Value[][] => {
      const found = shares(statistic);
      return isTable(trained[statistic]) ? found : found[0];
    };
    return {
      dprime: asGiven('dprime'),
      auroc: asGiven('auroc'),
      correlation: asGiven('correlation'),
      classSelectivity: shares('classSelectivity')[0],
      maximum: byStatistic((statistic) => {
        const value = extendedNumber(trained.maximum[statistic].value);
        return value === null ? null : shareAtLeast(maxima[statistic], value);
      }),
    };
  };
}

function rows(values: Extended[] | Extended[][]): Value[][] {
  return statisticRows(values).map((row) => row.map(extendedNumber));
}

function isTable(values: Extended[] | Extended[][]): values is Extended[][] {
  return Array.isArray(values[0]);
}

/** The values that are defined. */
export function ascending(values: readonly Value[]): Float64Array {
  return Float64Array.from(values.filter((value) => value !== null)).sort();
}

/** Of sorted values; null where there is none. */
export function shareAtLeast(sorted: Float64Array, value: number): Value {
  if (sorted.length === 0) return null;
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < value * (1 - 1e-12)) low = middle + 1;
    else high = middle;
  }
  return (sorted.length - low) / sorted.length;
}
