import { resolve } from 'node:path';
import type { ExperimentFile } from '../../src/experiment/file';
import type { Experiment } from '../../src/experiment/experiment';
import { readExperiment } from '../../src/experiment/read';
import type { LayerResults, NetworkResults, ReplicateResults, Results } from '../../src/protocol/results';
import { type RunEvent, Session, type SessionOptions } from '../../src/run/session';

/** A file's experiment; its problems become an error. */
export function experimentOf(file: ExperimentFile): Experiment {
  const { experiment, problems } = readExperiment(JSON.stringify(file));
  if (!experiment) throw new Error(problems.map(({ message }) => message).join('\n'));
  return experiment;
}

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
    script: resolve('dist/worker.js'),
    store,
    capBytes: 1e9,
    workers: 1,
    ...options,
  });
}

export interface Run {
  readonly results: Results;
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
    const results = await session.run((event) => events.push(event));
    return { results, events };
  } finally {
    await session.dispose();
  }
}

/** `NETWORK/SEED` of the replicates whose training was not in the store. */
export function trainedAnew({ results, events }: Run): string[] {
  return events.flatMap((event) =>
    event.kind === 'replicate' && !event.reused
      ? [`${results.networks[event.network].name}/${event.seed}`]
      : [],
  );
}

export function networkOf(results: Results, name: string): NetworkResults {
  const network = results.networks.find((candidate) => candidate.name === name);
  if (!network) throw new Error(`There is no network ${name}.`);
  return network;
}

export function replicateOf(results: Results, network: string, seed = 0): ReplicateResults {
  const replicate = networkOf(results, network).replicates[seed];
  if (replicate?.status !== 'done') throw new Error(`${network}/${seed}: ${replicate?.reason ?? 'not done'}`);
  return replicate;
}

export function layerOf(results: Results, network: string, layer: string, seed = 0): LayerResults {
  const found = replicateOf(results, network, seed).layers.find(({ name }) => name === layer);
  if (!found) throw new Error(`${network} has no layer ${layer}.`);
  return found;
}
