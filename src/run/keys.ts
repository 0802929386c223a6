import type { Experiment, Network, Task, Training } from '../experiment/experiment';
import { isTrained } from '../experiment/training';
import type { SiteMeasure } from '../measures/measure';
import { measureInfos } from '../measures/measures';
import type { EngineInfo } from '../protocol/results';
import type { PairRequest } from './jobs';
import { digest } from '../core/digest';
import { version } from './version';

/**
 * Raised whenever what is stored, or how it is computed, changes within one version. 8: layers of a
 * replicate are compared, and replicates by other measures than RSA.
 */
const storeFormat = 8;

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
    network: effective(network),
    seed,
  });
}

/** What the analyses of one replicate are found by. */
export interface AnalysisKeys {
  /** All analyses of the same training and the same labels begin so. */
  readonly family: string;
  /** These analyses. */
  readonly entry: string;
  /** By measure: everything that determines its numbers, beside what the family says. */
  readonly measures: Readonly<Record<string, string>>;
}

/** The keys of the analyses of one replicate: its training and the labels, and of each measure what of the analyses it reads. */
export function analysisKeys(
  { tasks, analyses }: Experiment,
  training: string,
  measures: readonly Pick<SiteMeasure, 'name' | 'reads'>[],
): AnalysisKeys {
  const family = digest({ kind: 'analysis', storeFormat, version, training, tasks: tasks.map(labelOf) });
  const keys = Object.fromEntries(
    measures.map(({ name, reads = [] }) => [name, digest(reads.map((part) => [part, analyses[part]]))]),
  );
  // Half a digest each: as long together as the names of all other entries.
  const half = (key: string): string => key.slice(0, key.length / 2);
  return { family: half(family), entry: half(family) + half(digest(keys)), measures: keys };
}

/**
 * The key of one comparison of replicates: what is compared and how.
 *
 * @param replicates in the matrix's order: network, seed, and the key of the training
 */
export function comparisonKey(
  experiment: Experiment,
  request: PairRequest,
  replicates: readonly { network: string; seed: number; training: string }[],
): string {
  return digest({
    kind: 'comparison',
    storeFormat,
    version,
    request,
    replicates,
    tasks: experiment.tasks.map(labelOf),
    confidence: experiment.analyses.confidence,
  });
}

/** Equal when, and only when, all numbers of the results must be equal. */
export function fingerprint(experiment: Experiment, engine: EngineInfo): string {
  const { stimuli, tasks, networks, seeds, analyses } = experiment;
  return digest({
    kind: 'results',
    storeFormat,
    version,
    engine,
    stimuli,
    tasks: tasks.map(labelOf),
    networks: networks.map(effective),
    seeds,
    analyses,
    measures: Object.keys(measureInfos(analyses.rdm)),
  });
}

/** What of a network can change its numbers: settings that it makes no use of (the momentum of Adam, say) are left out. */
function effective(network: Network): object {
  const { leakySlope, training, ...layers } = network;
  return {
    ...layers,
    leakySlope: network.activation === 'leakyRelu' ? leakySlope : undefined,
    training: isTrained(network)
      ? effectiveTraining(training)
      : { phases: training.phases.map(({ weights }) => weights) },
  };
}

function effectiveTraining({ momentum, beta1, beta2, epsilon, schedule, ...training }: Training): object {
  const adaptive = training.optimizer === 'adam' || training.optimizer === 'adamW';
  const { type, warmup, final, factor, every } = schedule;
  return {
    ...training,
    ...(training.optimizer === 'momentum' ? { momentum } : {}),
    ...(adaptive ? { beta1, beta2, epsilon } : {}),
    schedule: {
      type,
      warmup,
      ...(type === 'linear' || type === 'cosine' ? { final } : {}),
      ...(type === 'exponential' || type === 'step' ? { factor, every } : {}),
    },
  };
}

function labelOf({ name, label, classes }: Task): Pick<Task, 'name' | 'label' | 'classes'> {
  return { name, label, classes };
}
