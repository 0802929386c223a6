import { ascending, shareAtLeast, shareOfUntrained } from '../analysis/selectivity/share-of-untrained';
import { END, type Values } from '../core/values';
import { shareOfUntrainedName, unitStatistics } from '../measures/strongest-unit';
import { own } from '../protocol/own';
import type { NetworkResults, ReplicateResults } from '../protocol/results';
import { type Outcome, outcomesOf } from './outcome';

type UnitsByLayer = ReplicateResults['units'];

/**
 * The second null of selectivity: how many untrained units are at least as selective, and of how many untrained replicates the strongest
 * unit is. Untrained replicates are those of untrained networks with the same width of the layer.
 *
 * @param values of all replicates: rows of the strongest units are added
 * @param outcomes of all replicates: their statistics of single units, where they have such, get shares of theirs
 */
export function addSharesOfUntrained(
  values: Values,
  networks: readonly NetworkResults[],
  outcomes: readonly Outcome[],
): void {
  const unitsOf = ({ name }: NetworkResults): UnitsByLayer[] =>
    outcomesOf(outcomes, name).map(({ results }) => results.units);
  for (const network of networks)
    for (const { name, units } of network.trained ? network.layers : []) {
      const untrained = networks.filter(
        (other) =>
          !other.trained && other.layers.some((layer) => layer.name === name && layer.units === units),
      );
      shareUnits(unitsOf(network), untrained.flatMap(unitsOf), name);
      addShares(values, network, untrained, name);
    }
}

/** Of single units, where there are statistics of them. */
function shareUnits(
  replicates: readonly UnitsByLayer[],
  untrained: readonly UnitsByLayer[],
  layer: string,
): void {
  const nulls = new Map<string, ReturnType<typeof shareOfUntrained> | null>();
  const nullOf = (label: string): ReturnType<typeof shareOfUntrained> | null => {
    const same = untrained.flatMap((units) => own(own(units, layer)?.selectivity ?? {}, label) ?? []);
    return same.length > 0 ? shareOfUntrained(same) : null;
  };
  for (const units of replicates)
    for (const [label, selectivity] of Object.entries(own(units, layer)?.selectivity ?? {})) {
      let share = nulls.get(label);
      if (share === undefined) nulls.set(label, (share = nullOf(label)));
      if (share) selectivity.shareOfUntrained = share(selectivity);
    }
}

/** Of the strongest unit of each replicate. */
function addShares(
  values: Values,
  network: NetworkResults,
  untrained: readonly NetworkResults[],
  site: string,
): void {
  const place = { checkpoint: END, site };
  for (const statistic of unitStatistics) {
    const measure = `maximum.${statistic}`;
    const found = ({ name, replicates }: NetworkResults, label: string) =>
      replicates.flatMap(({ seed }) => {
        const one = values.at({ measure, source: name, seed: String(seed), ...place, label });
        return one ? [{ seed, value: one.value }] : [];
      });
    for (const label of values.labels({ measure, source: network.name, ...place })) {
      const others = untrained.flatMap((other) => found(other, label).map(({ value }) => value));
      if (others.length === 0) continue;
      const sorted = ascending(others);
      for (const { seed, value } of found(network, label))
        values.add(
          {
            ...{ measure: shareOfUntrainedName(statistic), source: network.name },
            ...{ seed: String(seed), ...place, label },
          },
          value === null ? null : shareAtLeast(sorted, value),
          'No untrained unit has it, or this one has none.',
        );
    }
  }
}
