import { resolve } from 'node:path';
import type { ExperimentFile } from '../../src/experiment/file';
import type { Experiment } from '../../src/experiment/experiment';
import { readExperiment } from '../../src/sources/read-experiment';
import { replicateLabel } from '../../src/core/replicate';
import type { Results } from '../../src/protocol/results';
import type { Outcome } from '../../src/run/outcome';
import { unitsOf } from '../../src/run/unit-arrays';
import { type LayerTree, type NetworkTree, type ReplicateTree, treeOf } from './tree';
import { type RunEvent, Session, type SessionOptions } from '../../src/run/session';
import { threadHere } from './thread-here';

/** A file's experiment; its problems become an error. */
export function experimentOf(file: ExperimentFile): Experiment {
  const { experiment, problems } = readExperiment(JSON.stringify(file));
  if (!experiment) throw new Error(problems.map(({ message }) => message).join('\n'));
  return experiment;
}

/** For sessions whose threads are what is tested, or that are cancelled. */
export const inThreads: Pick<SessionOptions, 'script'> = { script: resolve('dist/worker.js') };

/** A session that works in this thread, unless threads are asked for. */
export function openSession(
  file: ExperimentFile,
  store: string,
  options: Partial<SessionOptions> = {},
): Session {
  return sessionOf(experimentOf(file), store, options);
}

export function sessionOf(
  experiment: Experiment,
  store: string,
  options: Partial<SessionOptions> = {},
): Session {
  return new Session(experiment, {
    script: threadHere,
    store,
    capBytes: 1e9,
    workers: 1,
    ...options,
  });
}

export interface Run {
  readonly results: Results;
  readonly outcomes: readonly Outcome[];
  readonly events: readonly RunEvent[];
}

/** Runs an experiment from beginning to end and ends its threads. */
export async function runExperiment(
  file: ExperimentFile,
  store: string,
  options: Partial<SessionOptions> = {},
): Promise<Run> {
  const session = openSession(file, store, options);
  const events: RunEvent[] = [];
  try {
    const { results, outcomes } = await session.run((event) => events.push(event));
    keepUnits(results, outcomes);
    return { results, outcomes, events };
  } finally {
    await session.dispose();
  }
}

/** `NETWORK/SEED` of the replicates whose training was not in the store. */
export function trainedAnew({ events }: Run): string[] {
  return events.flatMap((event) =>
    event.kind === 'replicate' && !event.reused ? [replicateLabel(event)] : [],
  );
}

const trees = new WeakMap<Results, NetworkTree[]>();

/** Trees of these results have the statistics of single units. */
export function keepUnits(results: Results, outcomes: readonly Outcome[]): void {
  const units = unitsOf(results.networks, outcomes);
  const unitsAt = (network: string, seed: number) =>
    units.find((one) => one.source === network && one.seed === seed)?.layers ?? {};
  trees.set(results, treeOf(results, unitsAt));
}

/** The numbers of the results as a tree. */
export function networksOf(results: Results): NetworkTree[] {
  const known = trees.get(results) ?? treeOf(results);
  trees.set(results, known);
  return known;
}

export function networkOf(results: Results, name: string): NetworkTree {
  const network = networksOf(results).find((candidate) => candidate.name === name);
  if (!network) throw new Error(`There is no network ${name}.`);
  return network;
}

export function replicateOf(results: Results, network: string, seed = 0): ReplicateTree {
  const replicate = networkOf(results, network).replicates[seed];
  if (replicate?.status !== 'done') throw new Error(`${network}/${seed}: ${replicate?.reason ?? 'not done'}`);
  return replicate;
}

export function layerOf(results: Results, network: string, layer: string, seed = 0): LayerTree {
  const found = replicateOf(results, network, seed).layers.find(({ name }) => name === layer);
  if (!found) throw new Error(`${network} has no layer ${layer}.`);
  return found;
}
