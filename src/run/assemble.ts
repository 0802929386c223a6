import { shareOfUntrained } from '../analysis/selectivity/share-of-untrained';
import { isTrained } from '../experiment/training';
import { SET_NAMES } from '../experiment/counts';
import type { Experiment, Network } from '../experiment/experiment';
import { findHazards } from '../hazards/hazards';
import { layersOf } from '../protocol/layers';
import type {
  LabelInfo,
  LayerInfo,
  ModelRsaResults,
  NetworkResults,
  ReplicateResults,
  Results,
  RsaResults,
} from '../protocol/results';
import { missedMessage } from '../stimuli/missed';
import { layout, outputUnits, parameterCount } from '../training/layout';
import { definitions } from './definitions';
import type { Prepared } from './jobs';
import { fingerprint } from './keys';
import { summarize } from './summary';
import { version } from './version';
import { own } from '../protocol/own';

/**
 * The results of a run.
 *
 * @param text of the experiment file
 * @param outcomes one per replicate, in the order of `replicates(experiment)`
 */
export function assemble(
  experiment: Experiment,
  text: string,
  prepared: Prepared,
  outcomes: readonly ReplicateResults[],
  rsa: RsaResults[],
): Results {
  const networks = experiment.networks.map((network, at) =>
    networkResults(
      experiment,
      network,
      outcomes.filter((_, place) => place % experiment.networks.length === at),
    ),
  );
  compareWithUntrained(networks);
  const { confidence } = experiment.analyses;
  const { tasks, stimuli } = prepared;
  const found = { networks, rsa, tasks, stimuli, labels: labels(prepared), confidence };
  return {
    schemaVersion: 1,
    title: experiment.title,
    version,
    fingerprint: fingerprint(experiment, prepared.engine),
    experiment: text,
    engine: prepared.engine,
    ...found,
    modelRsa: modelRsa(experiment, networks),
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
  const outputs = outputUnits(
    network.tasks.flatMap((name) => experiment.tasks.filter((task) => task.name === name)),
  );
  const units = [...network.hidden, outputs];
  const layers: LayerInfo[] = layersOf(network.hidden.length).map((layer, at) => ({
    ...layer,
    units: units[at],
  }));
  return {
    name: network.name,
    tasks: [...network.tasks],
    trained: isTrained(network),
    layers,
    parameters: parameterCount(layout(network, experiment.stimuli.inputUnits, outputs)),
    replicates,
    summary: summarize(replicates, network.tasks, layers, experiment.analyses.confidence),
  };
}

/**
 * The second null of selectivity: how many units of untrained networks are at least as selective. Untrained replicates are
 * those of an untrained network with the same widths of the layer.
 */
function compareWithUntrained(networks: readonly NetworkResults[]): void {
  const untrained = networks.filter(({ trained }) => !trained);
  for (const network of networks.filter(({ trained }) => trained))
    network.layers.forEach(({ name, units }, at) => {
      const others = untrained.flatMap((other) =>
        other.replicates.flatMap((replicate) =>
          replicate.layers.filter((layer) => layer.name === name && layer.units === units),
        ),
      );
      const nulls = new Map<string, ReturnType<typeof shareOfUntrained> | null>();
      const nullOf = (label: string): ReturnType<typeof shareOfUntrained> | null => {
        const same = others.flatMap((layer) => own(layer.selectivity, label) ?? []);
        return same.length > 0 ? shareOfUntrained(same) : null;
      };
      for (const replicate of network.replicates)
        for (const [label, selectivity] of Object.entries(replicate.layers[at]?.selectivity ?? {})) {
          let share = nulls.get(label);
          if (share === undefined) nulls.set(label, (share = nullOf(label)));
          if (share) selectivity.shareOfUntrained = share(selectivity);
        }
    });
}

function modelRsa(experiment: Experiment, networks: readonly NetworkResults[]): ModelRsaResults[] {
  const { metric, comparison } = experiment.analyses.rdm;
  const names = new Set(networks.flatMap(({ layers }) => layers.map(({ name }) => name)));
  return [...names].map((layer) => {
    const pairs = networks.map(({ name, replicates }) => ({
      name,
      of: replicates.flatMap(({ layers }) => layers.filter((one) => one.name === layer)),
    }));
    const all = pairs.flatMap(({ of }) => of.map(({ rdmPairs }) => rdmPairs));
    return {
      layer,
      metric,
      comparison,
      networks: Object.fromEntries(
        networks.flatMap(({ name, summary }) => {
          const found = summary.layers.find((candidate) => candidate.name === layer);
          return found ? [[name, found.modelRsa]] : [];
        }),
      ),
      stimulusPairs: Math.max(0, ...all.map(({ of }) => of)),
      used: all.every(({ used, of }) => used === of)
        ? null
        : Object.fromEntries(
            pairs
              .filter(({ of }) => of.length > 0)
              .map(({ name, of }) => [name, of.map(({ rdmPairs }) => rdmPairs.used)]),
          ),
    };
  });
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
