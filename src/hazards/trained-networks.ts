import { lastHiddenLayer } from '../protocol/layers';
import type { Site } from '../core/site';
import type { NetworkResults } from '../protocol/results';
import type { HazardInput } from './hazard-rule';

/** Networks that rules look at. */
export function trainedNetworks({ networks }: HazardInput): NetworkResults[] {
  return networks.filter((network) => network.trained);
}

/** Those that compute their tasks because they were trained to, or built so. */
export function computingNetworks({ networks }: HazardInput): NetworkResults[] {
  return networks.filter(({ trained, built }) => trained || built);
}

/** The last hidden layer, which the output layer reads linearly; undefined where there is none. */
export function lastHidden({ layers }: NetworkResults): Site | undefined {
  return lastHiddenLayer(layers);
}
