import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ExperimentFile } from '../../../src/experiment/file';
import { threadBytes } from '../../../src/experiment/checks/memory';
import type { Experiment } from '../../../src/experiment/experiment';
import { toJson } from '../../../src/formats/json';
import { totalSeconds } from '../../../src/training/cost';
import { checkExperiment } from '../../../src/run/check';
import { unexplained, ownFailure } from '../../support/run-faults';
import { runHere } from '../../support/run-here';
import { answerFault } from './check-mutation';
import { extremesOf, type Json, optionsOf, withValue } from './options';

const plain = {
  stimuli: {
    features: { e: { values: ['no', 'yes'] }, h: { bits: 3 }, n: { bits: 5 } },
    train: 40,
    fit: 24,
    test: 24,
  },
  tasks: { easy: 'e == yes', hard: 'parity(h)' },
} satisfies Partial<ExperimentFile>;

/** Small experiments that between them have a place for every number of the schema. */
const FILES: readonly ExperimentFile[] = [
  {
    stimuli: {
      features: {
        e: { values: ['no', 'yes'], prevalence: 0.5, units: 2, amplification: 1, noise: 0.1 },
        c: { values: ['a', 'b', 'c'], prevalence: [0.4, 0.3, 0.3] },
        h: { bits: 2, prevalence: 0.5, agrees: { with: 'e', probability: 0.6, as: 'parity(h)' } },
        z: { gaussian: 2, encoding: 'projection', units: 3, amplification: 2 },
        w: { gaussian: 2, correlates: { with: 'z', r: 0.3 } },
        n: { bits: 6 },
      },
      seed: 3,
      train: 40,
      fit: 24,
      test: 24,
      inputNoise: 0.1,
      embedding: { units: 20, matrix: 'gaussian' },
      sets: { train: { draw: { e: { prevalence: 0.4 }, c: { prevalence: [0.5, 0.25, 0.25] } } } },
    },
    tasks: { easy: 'e == yes', hard: 'parity(h)', which: 'c' },
    network: { hidden: [5, 4], activation: 'leakyRelu', leakySlope: 0.1, initialScale: 1 },
    training: {
      optimizer: 'adamW',
      learningRate: 0.01,
      beta1: 0.9,
      beta2: 0.99,
      epsilon: 1e-8,
      weightDecay: 0.01,
      dropout: 0.1,
      schedule: { type: 'cosine', warmup: 1, final: 0.1 },
      batchSize: 20,
      epochs: 3,
      stopWhen: { loss: 0.1, accuracy: 0.9, patience: 2 },
      weights: { easy: 1, hard: 2 },
      checkpoints: 3,
    },
    networks: { both: {} },
    seeds: 2,
    analyses: { selectivity: { permutations: 10 }, pca: { components: 3 }, confidence: 0.9 },
  },
  {
    ...plain,
    network: { hidden: [6] },
    training: {
      optimizer: 'momentum',
      momentum: 0.9,
      learningRate: 0.05,
      schedule: { type: 'exponential', factor: 0.5, every: 2 },
      batchSize: 20,
      steps: 6,
      checkpoints: [0, 3, 6],
    },
    networks: {
      both: {},
      alone: { tasks: ['easy'], training: { schedule: { type: 'step', factor: 0.5, every: 2 } } },
      steered: { of: 'both', steer: { at: 'hidden1', along: 'easy', by: [0.5, 1] } },
      ablated: { of: 'both', ablate: { at: 'hidden1', units: [1, 2], for: 'easy' } },
      rebuilt: { of: 'both', rebuild: { at: 'hidden1', components: [1, 2] } },
      rewritten: { of: 'both', rewrite: { scale: [0.5, 2], duplicate: 1, pad: 1, draws: 2 } },
    },
    seeds: 1,
    analyses: { rdm: { metric: 'cosine', comparison: 'spearman' }, selectivity: { permutations: 10 } },
  },
  {
    ...plain,
    network: { hidden: [6], activation: 'tanh' },
    training: {
      optimizer: 'sgd',
      batchSize: 20,
      phases: [
        {
          tasks: ['easy'],
          steps: 4,
          learningRate: 0.05,
          stopWhen: { loss: 0.1, accuracy: 0.9, patience: 2 },
        },
        { epochs: 2, weights: { easy: 1, hard: 2 } },
      ],
    },
    networks: { both: {} },
    seeds: 1,
    analyses: {
      rdm: { metric: 'euclidean', comparison: 'kendall', over: 'conditions' },
      selectivity: { permutations: 10 },
    },
  },
  {
    ...plain,
    network: { hidden: [6] },
    training: { batchSize: 20, steps: 4 },
    networks: {
      both: {},
      drawn: { tasks: ['easy'], network: { random: { hidden: [4], count: 20, weights: 1, biases: 1 } } },
    },
    seeds: 2,
    analyses: {
      selectivity: { permutations: 10 },
      similarity: { measures: ['cka'], null: 9 },
      inference: { draws: 10, stimuli: 16 },
      subsets: { drop: [0.5] },
      dictionary: { size: 6, k: 2, l1: 0.1 },
    },
  },
  {
    ...plain,
    stimuli: {
      ...plain.stimuli,
      image: { size: 8, jitter: 0.1 },
      features: { ...plain.stimuli.features, shape: { values: ['circle', 'cross'], shows: 'shape' } },
    },
    network: { hidden: [6] },
    training: { batchSize: 20, steps: 4 },
    networks: { both: {} },
    seeds: 1,
    analyses: { selectivity: { permutations: 10 } },
  },
  {
    ...plain,
    network: { hidden: [6] },
    training: {
      batchSize: 20,
      labelNoise: { easy: 0.1 },
      phases: [{ until: { easy: 0.9 }, maxSteps: 20 }, { steps: 4 }],
    },
    networks: {
      both: {},
      hidden: {
        network: {
          circuit: {
            gates: ['e == yes and h[0]'],

            encrypt: { key: 12, mask: 12, noise: 1 },
          },
        },
      },
    },
    seeds: 1,
    analyses: { selectivity: { permutations: 10 } },
  },
  {
    stimuli: {
      documents: {
        reversals: { entities: 8, relations: 2, heldOut: 4, repeats: 1, together: 0.1, affixes: 3 },
      },
    },
    training: { batchSize: 20, steps: 4 },
    networks: {
      one: { network: { transformer: { layers: 1, width: 8, heads: 2, mlp: 8, initialScale: 2 } } },
      other: {
        network: { transformer: { layers: 1, width: 8, heads: 2, mlp: 8 } },
        retrieval: { relevant: 1, distractors: 1, recall: 0.5 },
      },
    },
    seeds: 1,
    analyses: { at: 'role == relation', selectivity: { permutations: 10 }, answers: { temperatures: [2] } },
  },
  {
    stimuli: {
      documents: {
        codebooks: {
          ...{ codebooks: 6, latent: 2, fresh: 2, inputs: 4, outputs: 8, heldOut: 1, plaintext: 2 },
          ...{ definitions: 1, encodings: 2, together: 1 },
        },
      },
    },
    training: { batchSize: 20, steps: 4 },
    networks: { one: { network: { transformer: { layers: 1, width: 8, heads: 2, mlp: 8 } } } },
    seeds: 1,
    analyses: { selectivity: { permutations: 10 } },
  },
  ...[
    { experts: { heads: 6, relations: 2, tails: 4, experts: 3, visits: 4 } },
    {
      experts: {
        heads: 6,
        relations: 2,
        tails: 4,
        experts: 3,
        clusters: 3,
        knows: 1,
        prefers: 0.9,
        visits: 4,
      },
    },
    {
      hierarchy: {
        levels: [2, 3],
        properties: 2,
        documents: 40,
        sentences: 2,
        heldOut: 2,
        parentOnly: 1,
        choices: 4,
      },
    },
    {
      hops: {
        communities: 2,
        entities: 8,
        relations: 2,
        degree: 2,
        inside: 0.8,
        composed: 0.5,
        heldOut: 0.2,
      },
    },
    {
      grid: {
        ...{ mazes: 2, rooms: 2, objects: 4, latent: 1, view: 3 as const, cells: 2, moves: 3 },
        ...{ heldOut: 0.2, questions: 4 },
      },
    },
    {
      episodes: {
        entities: 20,
        relations: 2,
        facts: 3,
        questions: 1,
        episodes: 8,
        rounds: 2,
        syllogisms: 2,
      },
    },
    {
      exposures: {
        ...{ quadruples: 4, features: 4, labels: 4, repeats: 2 },
        ...{ episodes: 8, questions: 2, byRule: 0.5 },
      },
    },
  ].map((documents) => ({
    stimuli: { documents },
    training: {
      batchSize: 20,
      ...('grid' in documents
        ? {
            phases: [
              { steps: 2 },
              { epochs: 1, reinforcement: { discount: 0.9, entropy: 0.01, most: 6, reconstruction: 1 } },
            ],
          }
        : { steps: 4 }),
    },
    networks: { one: { network: { transformer: { layers: 1, width: 8, heads: 2, mlp: 8 } } } },
    seeds: 1,
    analyses: { selectivity: { permutations: 10 } },
  })),
];

/** A file with one number of it replaced. */
export interface Extreme {
  /** As in `TrainingSpec.learningRate`. */
  readonly option: string;
  /** As in `training.learningRate = 0 of experiment 1`. */
  readonly what: string;
  readonly text: string;
}

/** Every number of every small experiment, at its ends, just beyond them, and where hardly anyone would set it. */
export function extremes(): Extreme[] {
  return FILES.flatMap((file, at) =>
    optionsOf(file as unknown as Json).flatMap(({ name, path, schema }) =>
      extremesOf(schema).map((value) => ({
        option: name,
        what: `${path.join('.')} = ${written(value)} of experiment ${at}`,
        text: JSON.stringify(withValue(file as unknown as Json, path, PLACE)).replace(
          JSON.stringify(PLACE),
          written(value),
        ),
      })),
    ),
  );
}

/** Stands for the value: `JSON.stringify` would write −0 as 0. */
const PLACE = 'the value';
const written = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

/** Of how the file is answered: what is wrong, and its experiment, if it has one. */
export function extremeAnswer({ text }: Extreme): { fault: string | null; experiment: Experiment | null } {
  try {
    const reading = checkExperiment(text);
    const unmended = reading.problems.find(
      ({ severity, message }) => severity === 'error' && !MENDS.test(message),
    );
    const fault = answerFault(text, reading) ?? (unmended ? `no mend: ${unmended.message}` : null);
    return { fault, experiment: reading.experiment };
  } catch (error) {
    return { fault: `threw ${String(error)}`, experiment: null };
  }
}

/** Every error says what to write instead, or what to do. */
const MENDS =
  /must be |counts steps, so it must|has no prevalence\. Remove|(?:Lower|Raise|Name|Make|Give|Change|Add|Remove|Ask|Write) |Move it\./;

/** The most that a run of an extreme may ask for. */
const MOST = { replicates: 20, seconds: 0.01, bytes: 50e6, permutations: 1000 };

/** Whether an experiment is small by its own plan. */
export function isSmall(experiment: Experiment): boolean {
  const { seeds, networks, analyses } = experiment;
  return (
    seeds * networks.length <= MOST.replicates &&
    totalSeconds(experiment) <= MOST.seconds &&
    threadBytes(experiment) <= MOST.bytes &&
    analyses.selectivity.permutations <= MOST.permutations
  );
}

/**
 * What is wrong with how it runs: a failure that is not the experiment's own (and does not say what to lower), a value that is not finite,
 * or null without a reason.
 *
 * @param folder for its store
 */
export async function extremeRunFaults(experiment: Experiment, folder: string): Promise<string[]> {
  const store = join(folder, 'store of an extreme');
  try {
    const results = await runHere(experiment, store);
    toJson(results);
    const replicates = results.networks.flatMap((network) => network.replicates);
    return [
      ...replicates.flatMap(({ reason }) =>
        reason === undefined || ownFailure.test(reason) ? [] : [reason],
      ),
      ...unexplained(results),
    ];
  } catch (error) {
    return [`threw ${String(error)}`];
  } finally {
    rmSync(store, { recursive: true, force: true });
  }
}
