import { replicatesAt } from '../analysis/findings';
import { keptPoint, replicateKey } from '../core/replicate';
import { placeOf, Values } from '../core/values';
import { SET_NAMES } from '../experiment/counts';
import type { Experiment, Network, Sweep } from '../experiment/experiment';
import { pointsOf, replicatesOf } from '../experiment/replicates';
import { isTrained } from '../experiment/training';
import { findHazards } from '../hazards/hazards';
import { measureInfos } from '../measures/measures';
import { byKind } from '../protocol/pair-results';
import { resultsAt } from '../protocol/results-at';
import type {
  ChangeName,
  Hazard,
  LabelInfo,
  ModelTests,
  NetworkResults,
  PairResults,
  ReplicateInfo,
  ReplicateResults,
  Results,
  SweepResults,
} from '../protocol/results';
import { settingText } from '../protocol/setting-text';
import { sourcesOf } from '../sources/sources';
import { missedMessage } from '../stimuli/missed';
import { definitions } from './definitions';
import type { Prepared } from './jobs';
import { fingerprint } from './keys';
import { rdmResults } from './rdm-results';
import { type Outcome, outcomesOf, unfinished } from './outcome';
import { addSharesOfUntrained } from './shares-of-untrained';
import { version } from './version';

/** What is found of replicates together. */
export interface Together {
  /** Compared with each other, in the order of `pairRequests(experiment)`. */
  readonly compared: readonly PairResults[];
  /** Tests of model RDMs, where they are asked for. */
  readonly tests?: readonly ModelTests[];
}

/**
 * The results of a run when all replicates have come.
 *
 * @param text of the experiment file
 * @param outcomes one per replicate, in any order
 * @param together what was found of them together
 */
export function assemble(
  experiment: Experiment,
  text: string,
  prepared: Prepared,
  outcomes: readonly Outcome[],
  together: Together,
): Results {
  const results = new GrowingResults(experiment, text, prepared);
  for (const outcome of sourcesOf(experiment).flatMap(({ name }) => outcomesOf(outcomes, name)))
    results.add(outcome);
  return results.whole(outcomes, together);
}

/**
 * The results of a run whose replicates come one by one. Each adds its rows to one table, which all results that are given stand on: nothing that is
 * there is made anew.
 */
export class GrowingResults {
  readonly #values = new Values();
  /** By source, then key of a replicate, in the order of points and seeds: cancelled, unless something else is known of it. */
  readonly #replicates = new Map<string, Map<string, ReplicateInfo>>();

  /** Of each point what misleads there, and what it was found from: an answer finds it anew where something has come since. */
  readonly #hazards = new Map<number, { readonly from: readonly unknown[]; readonly hazards: Hazard[] }>();
  /** By point: raised with every replicate that comes. */
  readonly #revisions: number[] = [];

  /** What every answer says alike: of a sweep it takes the reading of all points. */
  readonly #fingerprint: string;
  readonly #sweep: SweepResults | undefined;
  /** Whether training labels are wrong anywhere: then each network says how many, at every point. */
  readonly #hasNoise: boolean;

  /** @param text of the experiment file */
  constructor(
    private readonly experiment: Experiment,
    private readonly text: string,
    private readonly prepared: Prepared,
  ) {
    this.#fingerprint = fingerprint(experiment, prepared.engine);
    this.#hasNoise = pointsOf(experiment).some(({ networks }) =>
      networks.some(({ training }) => training.labelNoise !== undefined),
    );
    this.#sweep = experiment.sweep && this.#sweepOf(experiment.sweep);
    for (const { name } of sourcesOf(experiment)) this.#replicates.set(name, new Map());
    for (const replicate of replicatesOf(experiment)) this.#note(unfinished(replicate, 'cancelled'));
  }

  /** A replicate has ended, in whichever way. */
  add(outcome: Outcome): void {
    const { replicate, results } = outcome;
    this.#note(outcome);
    this.#revisions[replicate.point] = this.#revision(replicate.point) + 1;
    this.#values.append(results.values, placeOf(replicate));
  }

  #note({ replicate, results }: Outcome): void {
    const { source, seed } = replicate;
    const recorded = this.experiment.recordings?.find(({ name }) => name === source);
    const name = recorded?.replicates.find((one) => one.seed === seed)?.name;
    const info = { ...keptPoint(replicate), ...infoOf(results), ...(name === undefined ? {} : { name }) };
    this.#replicates.get(replicate.source)?.set(replicateKey(replicate), info);
  }

  /** What is known so far. */
  now({ compared, tests = [] }: Together): Results {
    const { experiment, text, prepared } = this;
    const { confidence, inference } = experiment.analyses;
    const { tasks, asked, stimuli } = prepared;
    const found: Results = {
      schemaVersion: 2,
      title: experiment.title,
      version,
      fingerprint: this.#fingerprint,
      experiment: text,
      engine: prepared.engine,
      ...{
        networks: this.#networks(),
        measures: measureInfos(experiment.analyses, experiment.networks),
        values: this.#values.columns,
        confidence,
      },
      ...byKind(compared),
      ...(inference ? { modelTests: [...tests] } : {}),
      tasks,
      ...(asked ? { asked } : {}),
      stimuli,
      labels: labels(prepared),
      rdm: rdmResults(experiment, stimuli, prepared.detail.conditions.counts.length),
      hazards: [],
      definitions: definitions(experiment.analyses),
      notes: [...notes(prepared), ...replicateNotes(experiment)],
      ...(this.#sweep ? { sweep: this.#sweep } : {}),
    };
    return { ...found, hazards: this.#hazardsOf(found) };
  }

  #revision(point: number): number {
    return this.#revisions[point] ?? 0;
  }

  /** What is known when all replicates have been added: with what others tell of each, in rows that come last. */
  whole(outcomes: readonly Outcome[], together: Together): Results {
    pointsOf(this.experiment).forEach((experiment, point) => {
      const networks = this.#networks(experiment).map((network) => ({
        ...network,
        replicates: replicatesAt(network, point),
      }));
      addSharesOfUntrained(this.#values, networks, outcomes);
      this.#revisions[point] = this.#revision(point) + 1;
    });
    return this.now(together);
  }

  /** What each point is, and has otherwise than the first. */
  #sweepOf({ settings, points }: Sweep): SweepResults {
    const later = this.prepared.points ?? [];
    const base = this.#networks().map(withoutReplicates);
    return {
      settings: [...settings],
      points: points.map(({ values, experiment }, at) => {
        const own = this.#networks(experiment).map(withoutReplicates);
        const differ = own.filter((network, i) => JSON.stringify(network) !== JSON.stringify(base[i]));
        return {
          values: values.map(settingText),
          ...(at === 0 ? {} : later[at - 1]),
          ...(differ.length === 0
            ? {}
            : { networks: Object.fromEntries(differ.map(({ name, ...network }) => [name, network])) }),
        };
      }),
    };
  }

  /** What misleads; of a sweep at each point, said with it. */
  #hazardsOf(results: Results): Hazard[] {
    const { sweep } = results;
    if (!sweep) return findHazards(results);
    return sweep.points.flatMap((_, point) => {
      const at = resultsAt(results, point);
      const from = [this.#revision(point), ...at.rsa, ...at.pairs, ...(at.modelTests ?? [])];
      const known = this.#hazards.get(point);
      if (known?.from.length === from.length && known.from.every((one, i) => one === from[i]))
        return known.hazards;
      const hazards = findHazards(at).map((hazard) => ({
        ...hazard,
        where: { ...hazard.where, point: String(point) },
      }));
      this.#hazards.set(point, { from, hazards });
      return hazards;
    });
  }

  #networks(experiment: Experiment = this.experiment): NetworkResults[] {
    const replicates = (name: string): ReplicateInfo[] => [...(this.#replicates.get(name)?.values() ?? [])];
    return [
      ...experiment.networks.map((network) => ({
        name: network.name,
        tasks: [...network.tasks],
        trained: isTrained(network),
        ...(network.isBuilt ? { built: true as const } : {}),
        ...(network.of === undefined ? {} : { changed: { of: network.of, by: network.kind as ChangeName } }),
        layers: [...network.sites],
        parameters: network.parameters,
        ...(this.#hasNoise ? { labelNoise: noiseOf(network) } : {}),
        replicates: replicates(network.name),
      })),
      ...(experiment.recordings ?? []).map(({ name, sites }) => ({
        ...{ name, tasks: [], trained: true, recorded: true as const },
        ...{ layers: [...sites], parameters: 0, replicates: replicates(name) },
      })),
    ];
  }
}

function withoutReplicates(network: NetworkResults): Omit<NetworkResults, 'replicates'> {
  const { name, tasks, trained, built, recorded, layers, parameters, labelNoise } = network;
  const kind = { ...(built ? { built } : {}), ...(recorded ? { recorded } : {}) };
  return { name, tasks, trained, ...kind, layers, parameters, ...(labelNoise ? { labelNoise } : {}) };
}

function noiseOf({ tasks, training: { labelNoise } }: Network): Record<string, number> {
  return Object.fromEntries(tasks.map((task, at) => [task, labelNoise?.[at] ?? 0]));
}

function infoOf(results: ReplicateResults): ReplicateInfo {
  const { seed, status, reason, epochs, steps, checkpoints, phaseEnds } = results;
  return {
    ...{ seed, status },
    ...(reason === undefined ? {} : { reason }),
    ...{ epochs, steps, checkpoints },
    ...(phaseEnds ? { phaseEnds } : {}),
  };
}

function labels({ detail }: Prepared): LabelInfo[] {
  return detail.labels.map(({ name, source, kind, classes, width, sameAs, wholeDesign }) => ({
    name,
    source,
    kind,
    classes,
    width,
    sameAs,
    wholeDesign,
  }));
}

/** Who the replicates of recordings are, where their files call them by more than a number. */
function replicateNotes({ recordings = [] }: Experiment): string[] {
  return recordings.flatMap(({ name, replicates }) => {
    const named = replicates.flatMap((one) => (one.name === undefined ? [] : [`${one.seed} is ${one.name}`]));
    return named.length > 0 ? [`Replicates of ${name}: ${named.join(', ')}.`] : [];
  });
}

function notes({ stimuli, engine, asked }: Prepared): string[] {
  const { coincide } = stimuli;
  const trainedOn = stimuli.test.inTrain;
  return [
    ...(trainedOn > 0 && !coincide
      ? [
          asked
            ? `${trainedOn} of the ${stimuli.test.count} test tokens stand in their documents after the same tokens as in a training document: their states are not of fresh contexts.`
            : `Sets may repeat input rows: ${trainedOn} of the ${stimuli.test.count} test stimuli have the input row of a training stimulus, so scores are not of fresh stimuli alone.`,
        ]
      : []),
    ...SET_NAMES.flatMap((set) =>
      stimuli[set].drawing
        .filter(({ met }) => !met)
        .map((statement) => missedMessage(statement, set, stimuli[set].count)),
    ),
    ...(coincide
      ? [
          'The whole design is shown in every set: nothing is scored on fresh stimuli, so variance explained is in-sample.',
        ]
      : []),
    ...(engine.backend === 'wasm-simd'
      ? []
      : [
          `Trained on the ${engine.backend} backend, because this machine has no WebAssembly SIMD: slower, and not the same bits as elsewhere.`,
        ]),
    ...(engine.arithmetic === 'fused'
      ? []
      : [
          'Computed without fused multiply-adds, which this machine does not have: not the same bits as elsewhere.',
        ]),
  ];
}
