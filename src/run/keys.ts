import type { Experiment, Network, Task } from '../experiment/experiment';
import type { EngineInfo } from '../protocol/results';
import { digest } from './provenance';
import { version } from './version';

/** Raised whenever what is stored, or how it is computed, changes within one version. */
const storeFormat = 1;

/**
 * The key of a trained replicate: everything that determines its weights. Titles, other networks, analyses and how many
 * seeds there are do not.
 */
export function trainingKey(
  experiment: Experiment,
  network: Network,
  seed: number,
  engine: EngineInfo,
): string {
  const needed = new Set([
    ...network.tasks,
    ...Object.values(experiment.stimuli.sets).flatMap(({ balance }) => balance),
  ]);
  return digest({
    kind: 'training',
    storeFormat,
    version,
    engine,
    stimuli: experiment.stimuli,
    tasks: experiment.tasks.filter(({ name }) => needed.has(name)).map(labelOf),
    network,
    seed,
  });
}

/** The key of the analyses of one replicate: its training, the labels, and what is computed. */
export function analysisKey(experiment: Experiment, training: string): string {
  const { rdm, selectivity, pca } = experiment.analyses;
  return digest({
    kind: 'analysis',
    storeFormat,
    version,
    training,
    tasks: experiment.tasks.map(labelOf),
    analyses: { rdm, selectivity, pca },
  });
}

/** Equal when, and only when, all numbers of the results must be equal. */
export function fingerprint(experiment: Experiment, engine: EngineInfo): string {
  return digest({ kind: 'results', storeFormat, version, engine, ...experiment, title: undefined });
}

function labelOf({ name, label }: Task): { name: string; label: Task['label'] } {
  return { name, label };
}
