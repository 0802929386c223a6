import { type Replicate, replicateNamed } from '../core/replicate';
import type { Experiment, Network } from './experiment';

/** Of an experiment. */
interface Listed {
  readonly networks: readonly Pick<Network, 'name' | 'isFixed'>[];
  readonly seeds: number;
}

/** How many replicates of a network there are: of one of which nothing is drawn, one. */
export function seedsOf({ seeds }: Pick<Listed, 'seeds'>, { isFixed }: Pick<Network, 'isFixed'>): number {
  return isFixed ? Math.min(1, seeds) : seeds;
}

/** The replicates of an experiment: seed by seed over all networks, so that every network has a first one soon. */
export function replicatesOf(experiment: Listed): Replicate[] {
  const { networks, seeds } = experiment;
  return Array.from({ length: seeds }, (_, seed) =>
    networks.flatMap((network) =>
      seed < seedsOf(experiment, network) ? [replicateNamed(network.name, seed)] : [],
    ),
  ).flat();
}

/** How many they are, without a list of them. */
export function replicateCount(experiment: Listed): number {
  return experiment.networks.reduce((sum, network) => sum + seedsOf(experiment, network), 0);
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
