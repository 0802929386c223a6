import type { LayerInfo, NetworkResults, NetworkSummary, ReplicateResults } from '../protocol/results';
import type { HazardInput } from './hazard-rule';

/** Networks that rules look at. */
export function trainedNetworks({ networks }: HazardInput): NetworkResults[] {
  return networks.filter((network) => network.trained);
}

/** The replicates of a network that are done. */
export function doneReplicates({ replicates }: NetworkResults): ReplicateResults[] {
  return replicates.filter((replicate) => replicate.status === 'done');
}

/** The last hidden layer, which the output layer reads linearly; undefined where there is none or nothing is done. */
export function lastHidden({
  layers,
  summary,
}: NetworkResults): NetworkSummary['layers'][number] | undefined {
  const hidden: LayerInfo | undefined = layers.filter((layer) => layer.name !== 'output').at(-1);
  return summary.layers.find((layer) => layer.name === hidden?.name);
}
