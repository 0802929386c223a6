import { lastHiddenLayer, summaryAt } from '../protocol/layers';
import type { NetworkResults, NetworkSummary, ReplicateResults } from '../protocol/results';
import type { HazardInput } from './hazard-rule';

/** Networks that rules look at. */
export function trainedNetworks({ networks }: HazardInput): NetworkResults[] {
  return networks.filter((network) => network.trained);
}

/** The replicates of a network that are done. */
export function doneReplicates({ replicates }: NetworkResults): ReplicateResults[] {
  return replicates.filter((replicate) => replicate.status === 'done');
}

/** The means of the last hidden layer; undefined where there is none. */
export function lastHidden(network: NetworkResults): NetworkSummary['layers'][number] | undefined {
  return summaryAt(network, lastHiddenLayer(network.layers));
}
