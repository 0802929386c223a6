import { ascending, shareAtLeast, shareOfUntrained } from '../analysis/selectivity/share-of-untrained';
import { pointsOf } from '../analysis/findings';
import { keptReplicate } from '../core/replicate';
import { END, type PlacedValue, placeOf, type Values } from '../core/values';
import { shareOfUntrainedName, unitStatistics } from '../measures/strongest-unit';
import { own } from '../protocol/own';
import type { NetworkResults, ReplicateResults } from '../protocol/results';
import { type Outcome, outcomesOf } from './outcome';

type UnitsByLayer = ReplicateResults['units'];

/**
 * The second null of selectivity: how many untrained units are at least as selective, and of how many untrained replicates the strongest
 * unit is. Untrained replicates are those of untrained networks with the same width of the layer, at the same point of a sweep.
 *
 * @param values of all replicates: rows of the strongest units are added
 * @param outcomes of all replicates: their statistics of single units, where they have such, get shares of theirs
 */
export function addSharesOfUntrained(
  values: Values,
  networks: readonly NetworkResults[],
  outcomes: readonly Outcome[],
): void {
  const nulls = new Map<string, Null>();
  // Nothing is looked up between the rows that are added: the table would look at each by itself.
  const rows: PlacedValue[] = [];
  for (const network of networks)
    for (const { name, units } of network.trained ? network.layers : []) {
      const untrained = networks.filter(
        (other) =>
          !other.trained &&
          !other.built &&
          !other.changed &&
          other.layers.some((layer) => layer.name === name && layer.units === units),
      );
      for (const point of pointsOf(network)) {
        const unitsOf = (of: NetworkResults): UnitsByLayer[] =>
          outcomesOf(outcomes, of.name, point).map(({ results }) => results.units);
        // One for all networks with such a layer.
        const key = JSON.stringify([name, units, point]);
        const shareOf = nulls.get(key) ?? nullOf(untrained.flatMap(unitsOf), name);
        nulls.set(key, shareOf);
        shareUnits(unitsOf(network), shareOf, name);
        rows.push(...shares(values, network, untrained, { point, site: name }));
      }
    }
  for (const { value, why, ...place } of rows) values.add(place, value, why);
}

/** The shares of a layer's units for a label; null where no untrained replicate has it. */
type Null = (label: string) => ReturnType<typeof shareOfUntrained> | null;

function nullOf(untrained: readonly UnitsByLayer[], layer: string): Null {
  const known = new Map<string, ReturnType<Null>>();
  return (label) => {
    let share = known.get(label);
    if (share === undefined) {
      const same = untrained.flatMap((units) => own(own(units, layer)?.selectivity ?? {}, label) ?? []);
      known.set(label, (share = same.length > 0 ? shareOfUntrained(same) : null));
    }
    return share;
  };
}

/** Of single units, where there are statistics of them. */
function shareUnits(replicates: readonly UnitsByLayer[], shareOf: Null, layer: string): void {
  for (const units of replicates)
    for (const [label, selectivity] of Object.entries(own(units, layer)?.selectivity ?? {})) {
      const share = shareOf(label);
      if (share) selectivity.shareOfUntrained = share(selectivity);
    }
}

/** Of the strongest unit of each replicate. */
function* shares(
  values: Values,
  network: NetworkResults,
  untrained: readonly NetworkResults[],
  { point, site }: { point: number; site: string },
): Generator<PlacedValue, void, undefined> {
  const place = { checkpoint: END, site };
  for (const statistic of unitStatistics) {
    const measure = `maximum.${statistic}`;
    const found = ({ name, replicates }: NetworkResults, label: string) =>
      replicates.flatMap((info) => {
        const replicate = keptReplicate(name, info);
        const one = values.at({ measure, ...placeOf(replicate), ...place, label });
        return one && replicate.point === point ? [{ replicate, value: one.value }] : [];
      });
    for (const label of values.labels({ measure, source: network.name, point: String(point), ...place })) {
      const others = untrained.flatMap((other) => found(other, label).map(({ value }) => value));
      if (others.length === 0) continue;
      const sorted = ascending(others);
      for (const { replicate, value } of found(network, label))
        yield {
          ...{ measure: shareOfUntrainedName(statistic), ...placeOf(replicate), ...place, label },
          value: value === null ? null : shareAtLeast(sorted, value),
          why: 'No untrained unit has it, or this one has none.',
        };
    }
  }
}
