import { grouped } from './fixed';
import { mainLayer } from '../protocol/layers';
import { lastHidden, metricNames } from '../protocol/measure-names';
import type { RdmMetric } from '../protocol/rdm-words';
import { isRsa, whyOfPair } from '../protocol/pair-results';
import type { NetworkResults, PairResults, RsaResults } from '../protocol/results';

/** Over how many pairs of stimuli two replicates were compared, of all. */
export function comparedOver(
  { used, stimulusPairs }: Pick<RsaResults, 'used' | 'stimulusPairs'>,
  row: number,
  column: number,
): { used: number; of: number } {
  return { used: used ? used[row][column] : stimulusPairs, of: stimulusPairs };
}

/** What an RDM has its distances between. */
export function pairsOf(over: RsaResults['over']): string {
  return `pairs of ${over}`;
}

/** Why the number of two replicates is null, as a clause. */
export function whyUndefined(compared: PairResults, row: number, column: number): string {
  if (!isRsa(compared)) {
    const { undefinedValues, labels } = compared;
    return (whyOfPair(undefinedValues, labels, row, column) ?? 'it is not defined').replace(/\.$/, '');
  }
  const { used, of } = comparedOver(compared, row, column);
  if (2 * used <= of)
    return `only ${grouped(used)} of ${grouped(of)} ${pairsOf(compared.over)} have a distance in both RDMs, not more than half`;
  if (used < 2) return `fewer than two ${pairsOf(compared.over)} have a distance in both RDMs`;
  return 'all distances of one of the RDMs are equal';
}

/** Whether no pattern over so many units has the distance, whatever the network does. */
export function undefinedByConstruction(metric: RdmMetric, units: number): boolean {
  return metric === 'correlation' && units === 1;
}

/** Units of the layer that a comparison is at (without hidden layers the output is the last one); 0 where the network has none such. */
export function unitsOf({ layers }: NetworkResults, layer: string): number {
  return (layer === lastHidden ? mainLayer(layers) : layers.find((one) => one.name === layer))?.units ?? 0;
}

/** What a distance cannot do over so few units, and what can; null where it can do all. */
export function metricLimit(metric: RdmMetric, units: number): string | null {
  if (metric === 'euclidean' || metric === 'squaredEuclidean' || units > 2 || units === 0) return null;
  if (units === 2 && metric === 'cosine') return null;
  const limit = undefinedByConstruction(metric, units) ? 'is not defined' : 'can only be 0 or 2';
  return `${metricNames[metric]} ${limit} over ${units === 1 ? 'one unit' : 'two units'}; ${metricNames.euclidean} ("euclidean") works`;
}

/** A sentence where the RDMs of some networks' layers are of too few units for their metric; empty where none is. */
export function fewUnits(
  networks: readonly NetworkResults[],
  { layer, metric }: Pick<RsaResults, 'layer' | 'metric'>,
): string {
  const limits = new Map<string, string[]>();
  for (const network of networks) {
    const limit = metricLimit(metric, unitsOf(network, layer));
    if (limit !== null) limits.set(limit, [...(limits.get(limit) ?? []), network.name]);
  }
  return [...limits].map(([limit, names]) => `${names.join(', ')}: ${limit}.`).join(' ');
}
