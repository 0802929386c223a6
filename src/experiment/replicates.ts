import { type Replicate, replicateNamed } from '../core/replicate';
import type { Experiment, Network } from './experiment';

/** Of an experiment, or of its results. */
interface Listed {
  readonly networks: readonly { readonly name: string }[];
  readonly seeds: number;
}

/** The replicates of an experiment: seed by seed over all networks, so that every network has a first one soon. */
export function replicatesOf({ networks, seeds }: Listed): Replicate[] {
  return Array.from({ length: seeds }, (_, seed) =>
    networks.map(({ name }) => replicateNamed(name, seed)),
  ).flat();
}

/** How many they are, without a list of them. */
export function replicateCount({ networks, seeds }: Listed): number {
  return networks.length * seeds;
}

/** The network that a replicate is of. @throws RangeError where the experiment has none of that name */
export function networkOf(
  { networks }: Pick<Experiment, 'networks'>,
  { source }: Pick<Replicate, 'source'>,
): Network {
  const network = networks.find(({ name }) => name === source);
  if (!network) throw new RangeError(`This experiment has no network “${source}”.`);
  return network;
}
