import { lastHiddenLayer } from '../protocol/layers';
import type { Site } from '../core/site';
import type { NetworkResults } from '../protocol/results';
import type { HazardInput } from './hazard-rule';

/** Networks that rules look at. Those that are changed are what the file makes of others, whatever it costs their tasks. */
export function trainedNetworks({ networks }: HazardInput): NetworkResults[] {
  return networks.filter(({ trained, changed }) => trained && !changed);
}

/** Those that compute their tasks because they were trained to, or built so. */
export function computingNetworks({ networks }: HazardInput): NetworkResults[] {
  return networks.filter(({ trained, built, changed }) => (trained && !changed) || built);
}

/** The last hidden layer, which the output layer reads linearly; undefined where there is none. */
export function lastHidden({ layers }: NetworkResults): Site | undefined {
  return lastHiddenLayer(layers);
}
