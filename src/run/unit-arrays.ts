import { type Extended, extendedNumber, statisticRows } from '../core/extended';
import { type Replicate, replicateLabel } from '../core/replicate';
import type { NewTensor } from '../formats/safetensors';
import { unitStatistics } from '../measures/strongest-unit';
import type { LayerUnits, NetworkResults, UnitArrays, Value } from '../protocol/results';
import { type Outcome, outcomesOf } from './outcome';

/** Where statistics of single units are, beside `results.json`. */
export const arraysFile = 'results.safetensors';

/** A replicate's units, by layer. */
export interface UnitsOf extends Replicate {
  readonly layers: Readonly<Record<string, LayerUnits>>;
}

/** The units of all replicates that have some, in the order of networks, points and seeds. */
export function unitsOf(
  networks: readonly Pick<NetworkResults, 'name'>[],
  outcomes: readonly Outcome[],
): UnitsOf[] {
  return networks.flatMap(({ name }) =>
    outcomesOf(outcomes, name)
      .map(({ replicate, results }) => ({ ...replicate, layers: results.units }))
      .filter(({ layers }) => Object.keys(layers).length > 0),
  );
}

/** What the rows of the arrays are. */
export function unitArrays(units: readonly UnitsOf[]): UnitArrays {
  const first = units.flatMap(({ layers }) => Object.values(layers))[0]?.selectivity ?? {};
  return {
    file: arraysFile,
    labels: Object.keys(first),
    rows: Object.entries(first).flatMap(([label, { classes }]) =>
      (classes ?? [null]).map((value) => ({ label, class: value })),
    ),
    permutations: Object.values(first)[0]?.permutations ?? 0,
  };
}

/**
 * Statistics of single units as tensors: `units/NETWORK/SEED/LAYER/STATISTIC` (the replicate by its label), rows (as `UnitArrays.rows`; of the class-selectivity index as
 * `labels`) × units, with `p/` and `shareOfUntrained/` before the statistic, NaN where undefined; and `constant` and `dead`, 1 for such units.
 */
export function unitTensors(units: readonly UnitsOf[]): Map<string, NewTensor> {
  const tensors = new Map<string, NewTensor>();
  for (const replicate of units)
    for (const [layer, found] of Object.entries(replicate.layers)) {
      const at = `units/${replicateLabel(replicate)}/${layer}`;
      const all = Object.values(found.selectivity);
      for (const statistic of unitStatistics) {
        const put = (name: string, rows: Extended[][]): void =>
          void (rows.length > 0 && tensors.set(`${at}/${name}${statistic}`, tensorOf(rows)));
        put(
          '',
          all.flatMap((one) => statisticRows(one[statistic])),
        );
        put(
          'p/',
          all.flatMap((one) => statisticRows(one.p[statistic])),
        );
        const shares = all.flatMap(({ shareOfUntrained }) => shareOfUntrained ?? []);
        if (shares.length === all.length)
          put(
            'shareOfUntrained/',
            shares.flatMap((one) => statisticRows(one[statistic])),
          );
      }
      const count = statisticRows(all[0]?.dprime ?? [])[0]?.length ?? 0;
      for (const [name, which] of [
        ['constant', found.constantUnits],
        ['dead', found.deadUnits],
      ] as const) {
        const marked = new Uint8Array(count);
        for (const unit of which) marked[unit] = 1;
        tensors.set(`${at}/${name}`, { shape: [count], data: marked });
      }
    }
  return tensors;
}

function tensorOf(rows: readonly (readonly Extended[])[]): NewTensor {
  const [{ length }] = rows;
  const data = new Float64Array(rows.length * length);
  let at = 0;
  for (const row of rows) for (const value of row) data[at++] = extendedNumber(value) ?? NaN;
  return { shape: [rows.length, length], data };
}

/** [unit, class, statistics…] of one label, for every unit, and every class of a categorical label. @param who a replicate is, in cells */
export function* unitRows(
  units: readonly UnitsOf[],
  who: (replicate: Replicate) => (string | number)[],
): Generator<(string | Value)[]> {
  for (const replicate of units)
    for (const [layer, { selectivity }] of Object.entries(replicate.layers))
      for (const [label, found] of Object.entries(selectivity))
        for (const [at, value] of (found.classes ?? ['']).entries()) {
          const columns = unitStatistics.flatMap((statistic) => {
            const of = (values: Extended[] | Extended[][]): Extended[] =>
              statisticRows(values)[statistic === 'classSelectivity' ? 0 : at];
            return [of(found[statistic]), of(found.p[statistic])];
          });
          yield* rowsOf([...who(replicate), layer], [label, value], columns);
        }
}

/** [before, unit, after, values…] of every unit. These are most rows of all tables. */
function* rowsOf(
  before: readonly (string | number)[],
  after: readonly string[],
  columns: readonly (readonly Extended[])[],
): Generator<(string | Value)[]> {
  for (let unit = 0; unit < columns[0].length; unit++) {
    const row: (string | Value)[] = before.slice();
    row.push(unit, ...after);
    for (let at = 0; at < columns.length; at++) row.push(extendedNumber(columns[at][unit]));
    yield row;
  }
}
