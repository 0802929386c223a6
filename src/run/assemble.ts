import { ascending, shareAtLeast, shareOfUntrained } from '../analysis/selectivity/share-of-untrained';
import { isTrained } from '../experiment/training';
import { SET_NAMES } from '../experiment/counts';
import type { Experiment, Network } from '../experiment/experiment';
import { END, Values } from '../core/values';
import { measureInfos } from '../measures/measures';
import { shareOfUntrainedName, unitStatistics } from '../measures/strongest-unit';
import { findHazards } from '../hazards/hazards';
import type {
  LabelInfo,
  NetworkResults,
  PairResults,
  ReplicateInfo,
  ReplicateResults,
  Results,
} from '../protocol/results';
import { sourceOf } from '../sources/sources';
import { missedMessage } from '../stimuli/missed';
import { costOf } from '../training/cost';
import { definitions } from './definitions';
import type { Prepared } from './jobs';
import { fingerprint } from './keys';
import { type Outcome, resultsOf } from './outcome';
import { version } from './version';
import { own } from '../protocol/own';
import { byKind } from '../protocol/pair-results';

/**
 * The results of a run.
 *
 * @param text of the experiment file
 * @param outcomes one per replicate, in the order of `replicatesOf(experiment)`
 * @param compared replicates compared with each other, in the order of `pairRequests(experiment)`
 */
export function assemble(
  experiment: Experiment,
  text: string,
  prepared: Prepared,
  outcomes: readonly Outcome[],
  compared: readonly PairResults[],
): Results {
  const measured = new Map(experiment.networks.map(({ name }) => [name, resultsOf(outcomes, name)]));
  const ofNetwork = (name: string): ReplicateResults[] => measured.get(name) ?? [];
  const networks = experiment.networks.map((network) =>
    networkResults(experiment, network, ofNetwork(network.name)),
  );
  const values = new Values();
  for (const { name } of networks)
    for (const { seed, values: found } of ofNetwork(name))
      values.append(found, { source: name, seed: String(seed) });
  const shares = compareWithUntrained(networks, ofNetwork, values);
  values.append(shares.columns, {});
  const { confidence, rdm } = experiment.analyses;
  const { tasks, stimuli } = prepared;
  const found = {
    ...{ networks, measures: measureInfos(rdm), values: values.columns, confidence },
    ...byKind(compared),
    tasks,
    stimuli,
    labels: labels(prepared),
  };
  return {
    schemaVersion: 2,
    title: experiment.title,
    version,
    fingerprint: fingerprint(experiment, prepared.engine),
    experiment: text,
    engine: prepared.engine,
    ...found,
    rdm: {
      ...{ metric: rdm.metric, comparison: rdm.comparison, over: rdm.over },
      stimulusPairs: pairsOf(
        rdm.over === 'stimuli' ? stimuli.test.count : prepared.detail.conditions.counts.length,
      ),
    },
    hazards: findHazards(found),
    definitions: definitions(experiment.analyses),
    notes: notes(prepared),
  };
}

function networkResults(
  experiment: Experiment,
  network: Network,
  replicates: ReplicateResults[],
): NetworkResults {
  return {
    name: network.name,
    tasks: [...network.tasks],
    trained: isTrained(network),
    layers: [...sourceOf(experiment, { source: network.name }).sites],
    parameters: costOf(experiment, network).parameters,
    replicates: replicates.map(infoOf),
  };
}

function pairsOf(count: number): number {
  return (count * (count - 1)) / 2;
}

function infoOf({ seed, status, reason, epochs, steps, checkpoints }: ReplicateResults): ReplicateInfo {
  return { seed, status, ...(reason === undefined ? {} : { reason }), epochs, steps, checkpoints };
}

/**
 * The second null of selectivity: how many untrained units are at least as selective, and of how many untrained replicates the strongest
 * unit is. Untrained replicates are those of untrained networks with the same width of the layer.
 *
 * @param replicatesOf the replicates of a network, by its name
 * @returns the shares of the strongest units: in a table of their own, since the other is looked things up in
 */
function compareWithUntrained(
  networks: readonly NetworkResults[],
  replicatesOf: (network: string) => readonly ReplicateResults[],
  values: Values,
): Values {
  const shares = new Values();
  for (const network of networks)
    for (const { name, units } of network.trained ? network.layers : []) {
      const untrained = networks.filter(
        (other) =>
          !other.trained && other.layers.some((layer) => layer.name === name && layer.units === units),
      );
      const others = untrained.flatMap((other) => replicatesOf(other.name));
      shareUnits(replicatesOf(network.name), others, name);
      addShares(shares, values, network, untrained, name);
    }
  return shares;
}

/** Of single units, where there are statistics of them. */
function shareUnits(
  replicates: readonly ReplicateResults[],
  untrained: readonly ReplicateResults[],
  layer: string,
): void {
  const nulls = new Map<string, ReturnType<typeof shareOfUntrained> | null>();
  const nullOf = (label: string): ReturnType<typeof shareOfUntrained> | null => {
    const same = untrained.flatMap(({ units }) => own(own(units, layer)?.selectivity ?? {}, label) ?? []);
    return same.length > 0 ? shareOfUntrained(same) : null;
  };
  for (const { units } of replicates)
    for (const [label, selectivity] of Object.entries(own(units, layer)?.selectivity ?? {})) {
      let share = nulls.get(label);
      if (share === undefined) nulls.set(label, (share = nullOf(label)));
      if (share) selectivity.shareOfUntrained = share(selectivity);
    }
}

/** Of the strongest unit of each replicate. */
function addShares(
  shares: Values,
  values: Values,
  network: NetworkResults,
  untrained: readonly NetworkResults[],
  site: string,
): void {
  const place = { checkpoint: END, site };
  for (const statistic of unitStatistics) {
    const measure = `maximum.${statistic}`;
    const found = ({ name, replicates }: NetworkResults, label: string) =>
      replicates.flatMap(({ seed }) => {
        const one = values.at({ measure, source: name, seed: String(seed), ...place, label });
        return one ? [{ seed, value: one.value }] : [];
      });
    for (const label of values.labels({ measure, source: network.name, ...place })) {
      const others = untrained.flatMap((other) => found(other, label).map(({ value }) => value));
      if (others.length === 0) continue;
      const sorted = ascending(others);
      for (const { seed, value } of found(network, label))
        shares.add(
          {
            ...{ measure: shareOfUntrainedName(statistic), source: network.name },
            ...{ seed: String(seed), ...place, label },
          },
          value === null ? null : shareAtLeast(sorted, value),
          'No untrained unit has it, or this one has none.',
        );
    }
  }
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

function notes({ stimuli, engine }: Prepared): string[] {
  const { coincide } = stimuli;
  const trainedOn = stimuli.test.inTrain;
  return [
    ...(trainedOn > 0 && !coincide
      ? [
          `Sets may repeat input rows: ${trainedOn} of the ${stimuli.test.count} test stimuli have the input row of a training stimulus, so scores are not of fresh stimuli alone.`,
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
  ];
}
