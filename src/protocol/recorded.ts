import { labelledReplicate } from '../core/replicate';
import { mainLayer } from './layers';
import { lastHidden, metricNames } from './measure-names';
import type { NetworkResults, PairResults, Results, RsaResults } from './results';

type Networks = Pick<Results, 'networks'>;

/** Whether all there is was brought along, so that there are replicates and no seeds, and no course of training. */
export function allRecorded({ networks }: Networks): boolean {
  return networks.length > 0 && networks.every(({ recorded }) => recorded === true);
}

/** Whether a source brings RDMs along, at a layer or at all of its own: these have no units. */
function bringsRdms({ recorded, layers }: NetworkResults, layer?: string): boolean {
  const own = layers.filter(({ name }) => layer === undefined || name === layer);
  return recorded === true && own.length > 0 && own.every(({ units }) => units === 0);
}

/** Whether RDMs that were brought along are all there is: nothing has units. */
export function rdmsAlone({ networks }: Networks): boolean {
  return networks.length > 0 && networks.every((network) => bringsRdms(network));
}

/** The sources that are compared. */
export function sourcesOf({ labels }: Pick<PairResults, 'labels'>): string[] {
  return [...new Set(labels.map((label) => labelledReplicate(label).source))];
}

/** What the RDMs of some sources hold: those that were brought along are as they are. */
export function distancesOf(
  { metric }: Pick<RsaResults, 'metric'>,
  sources: readonly string[],
  layer: string,
  { networks }: Pick<Results, 'networks'>,
): string {
  const compared = networks.filter(({ name }) => sources.includes(name));
  const brought = compared.filter((network) =>
    bringsRdms(network, layer === lastHidden ? mainLayer(network.layers)?.name : layer),
  );
  const asBrought = 'RDMs as they were brought along';
  if (brought.length === 0) return metricNames[metric];
  return brought.length === compared.length
    ? asBrought
    : `${metricNames[metric]} (${brought.map(({ name }) => name).join(', ')}: ${asBrought})`;
}
