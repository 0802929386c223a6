import { findingsOf } from '../../src/analysis/findings';
import { findHazards } from '../../src/hazards/hazards';
import type { Activation, ExperimentFile, FeatureSpec } from '../../src/experiment/file';
import { stream } from '../../src/core/stream';
import type { Results } from '../../src/protocol/results';
import { experimentOf } from '../support/run-experiment';
import { runHere } from '../support/run-here';

/** How features are encoded, and what is asked of each: alike for all of an experiment, so that none is easier than another. */
const kinds = {
  'copied bits': {
    feature: { values: ['no', 'yes'], units: 4 },
    tasks: (name: string): [string, string] => [name, name],
    shown: { train: 512, epochs: 30 },
  },
  'four values': {
    feature: { values: ['a', 'b', 'c', 'd'] },
    tasks: (name: string): [string, string] => [name, name],
    shown: { train: 512, epochs: 30 },
  },
  'either of two bits': {
    feature: { bits: 2 },
    tasks: (name: string): [string, string] => [`odd ${name}`, `parity(${name})`],
    shown: { train: 2048, epochs: 40 },
  },
} as const satisfies Record<
  string,
  {
    feature: FeatureSpec;
    tasks: (feature: string) => [string, string];
    shown: { train: number; epochs: number };
  }
>;
type Kind = keyof typeof kinds;

const activations: Activation[] = ['relu', 'leakyRelu', 'tanh', 'gelu'];

/**
 * An experiment in which nothing is wrong: two to four independent features, balanced and of equal difficulty, a task for each, more training stimuli
 * than there is to learn, and five replicates trained to mastery; beside them replicates that learn the first task only, and untrained ones.
 *
 * @param number which; the same number gives the same experiment
 */
export function nothingWrong(number: number): { kind: Kind; file: ExperimentFile } {
  const random = stream('nothing wrong', number);
  const one = <T>(choices: readonly T[]): T => choices[random.below(choices.length)];
  const kind = one(Object.keys(kinds) as Kind[]);
  const { feature, tasks: taskOf, shown } = kinds[kind];
  const names = ['first', 'second', 'third', 'fourth'].slice(0, 2 + random.below(3));
  const tasks = names.map(taskOf);
  return {
    kind,
    file: {
      title: `Nothing wrong ${number}`,
      stimuli: {
        features: Object.fromEntries(names.map((name) => [name, feature])),
        seed: number,
        train: shown.train,
        fit: 128,
        test: 128,
        repeats: true,
        coding: one(['01', '±1']),
        inputNoise: one([0.1, 0.2]),
      },
      tasks: Object.fromEntries(tasks),
      network: { hidden: one([[32], [32, 16]]), activation: one(activations) },
      training: { optimizer: 'adam', learningRate: 0.005, batchSize: 32, epochs: shown.epochs },
      networks: {
        all: {},
        'one only': { tasks: [tasks[0][0]] },
        untrained: { training: { epochs: 0 } },
      },
      seeds: 5,
      analyses: { selectivity: { permutations: 20 }, subsets: {} },
    },
  };
}

/** What rules say of it, although nothing is wrong: false alarms. */
interface Alarms {
  readonly number: number;
  readonly kind: Kind;
  /** The least mean accuracy of a task. */
  readonly accuracy: number;
  readonly rules: readonly string[];
}

export async function alarmsOf(number: number, store: string): Promise<Alarms> {
  return alarmsIn(number, await runHere(experimentOf(nothingWrong(number).file), store));
}

/** The same of its results. */
export function alarmsIn(number: number, results: Results): Alarms {
  const findings = findingsOf(results);
  const [all] = results.networks;
  const accuracies = all.tasks.map((label) => findings.mean(all.name, 'accuracy', { label })?.mean ?? 0);
  return {
    number,
    kind: nothingWrong(number).kind,
    accuracy: Math.min(...accuracies),
    rules: [...new Set(findHazards(results).map(({ rule }) => rule))],
  };
}
