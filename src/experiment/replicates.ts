import { type Replicate, replicateNamed } from '../core/replicate';
import type { Experiment, Network, Recorded } from './experiment';

/** Of an experiment, or of some of its networks. */
interface Listed {
  readonly networks: readonly Pick<Network, 'name' | 'isFixed'>[];
  readonly seeds: number;
  readonly recordings?: readonly Pick<Recorded, 'name' | 'replicates'>[];
}

/** How many replicates of a network there are: of one of which nothing is drawn, one. */
export function seedsOf({ seeds }: Pick<Listed, 'seeds'>, { isFixed }: Pick<Network, 'isFixed'>): number {
  return isFixed ? Math.min(1, seeds) : seeds;
}

/** The replicates of an experiment: seed by seed over all networks, then recordings, so that every source has a first one soon. */
export function replicatesOf(experiment: Listed): Replicate[] {
  const { networks, seeds, recordings = [] } = experiment;
  const most = Math.max(
    networks.length > 0 ? seeds : 0,
    ...recordings.map(({ replicates }) => replicates.length),
  );
  return Array.from({ length: most }, (_, at) => [
    ...networks.flatMap((network) =>
      at < seedsOf(experiment, network) ? [replicateNamed(network.name, at)] : [],
    ),
    ...recordings.flatMap(({ name, replicates }) =>
      at < replicates.length ? [replicateNamed(name, replicates[at].seed)] : [],
    ),
  ]).flat();
}

/** How many they are, without a list of them. */
export function replicateCount(experiment: Listed): number {
  const { networks, recordings = [] } = experiment;
  return (
    networks.reduce((sum, network) => sum + seedsOf(experiment, network), 0) +
    recordings.reduce((sum, { replicates }) => sum + replicates.length, 0)
  );
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
