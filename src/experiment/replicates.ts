import { type Replicate, type SourceAt, replicateNamed } from '../core/replicate';
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

/** What an experiment is at the points of its sweep; itself, where it sweeps nothing. */
export function pointsOf<T extends object>(experiment: T & Swept<T>): readonly T[] {
  return experiment.sweep?.points.map((point) => point.experiment) ?? [experiment];
}

interface Swept<T> {
  readonly sweep?: { readonly points: readonly { readonly experiment: T }[] };
}

/** What it is at one of them. @throws RangeError where there is no such point */
export function experimentAt(experiment: Experiment, point: number): Experiment {
  const at: Experiment | undefined = pointsOf<Experiment>(experiment)[point];
  if (!at) throw new RangeError(`This experiment has no point ${point}.`);
  return at;
}

/** The same with so many seeds, at every point of a sweep. */
export function withSeeds(experiment: Experiment, seeds: number): Experiment {
  const { sweep } = experiment;
  if (!sweep) return { ...experiment, seeds };
  const points = sweep.points.map((point) => ({ ...point, experiment: { ...point.experiment, seeds } }));
  return { ...experiment, seeds, sweep: { ...sweep, points } };
}

/**
 * The replicates of an experiment: seed by seed over all points and networks, then recordings, so that every source has a first one soon. At all
 * points of a sweep there are as many seeds.
 */
export function replicatesOf(experiment: Listed & Swept<Listed>): Replicate[] {
  const points = pointsOf<Listed>(experiment);
  const most = Math.max(...points.map(mostReplicates));
  return Array.from({ length: most }, (_, at) =>
    points.flatMap((one, point) => replicatesAt(one, at).map((replicate) => ({ ...replicate, point }))),
  ).flat();
}

function mostReplicates({ networks, seeds, recordings = [] }: Listed): number {
  return Math.max(networks.length > 0 ? seeds : 0, ...recordings.map(({ replicates }) => replicates.length));
}

/** One of each source. */
function replicatesAt(experiment: Listed, at: number): Replicate[] {
  const { networks, recordings = [] } = experiment;
  return [
    ...networks.flatMap((network) =>
      at < seedsOf(experiment, network) ? [replicateNamed(network.name, at)] : [],
    ),
    ...recordings.flatMap(({ name, replicates }) =>
      at < replicates.length ? [replicateNamed(name, replicates[at].seed)] : [],
    ),
  ];
}

/** How many they are, without a list of them. */
export function replicateCount(experiment: Listed & Swept<Listed>): number {
  return pointsOf<Listed>(experiment).reduce((total, at) => {
    const recorded = (at.recordings ?? []).reduce((sum, { replicates }) => sum + replicates.length, 0);
    return at.networks.reduce((sum, network) => sum + seedsOf(at, network), total) + recorded;
  }, 0);
}

/** The network that a replicate is of, as it is at its point. @throws RangeError where the experiment has none of that name */
export function networkOf(experiment: Experiment, { source, point = 0 }: SourceAt): Network {
  const network = experimentAt(experiment, point).networks.find(({ name }) => name === source);
  if (!network) throw new RangeError(`This experiment has no network “${source}”.`);
  return network;
}
