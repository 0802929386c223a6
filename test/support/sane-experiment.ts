import type {
  Activation,
  ExperimentFile,
  FeatureSpec,
  Initializer,
  NetworkSpec,
  OptimizerName,
  TrainingSpec,
} from '../../src/experiment/file';
import { stream, type Stream } from '../../src/core/stream';

const activations: Activation[] = ['relu', 'leakyRelu', 'tanh', 'gelu', 'sigmoid', 'linear'];
const optimizers: OptimizerName[] = ['sgd', 'momentum', 'adam', 'adamW'];
const initializers: Initializer[] = ['varianceScaling', 'glorotUniform', 'heNormal', 'orthogonal', 'pytorch'];
const widths = [1, 2, 3, 8, 17, 64, 128, 256];

/**
 * An experiment as somebody might well write it, small and short, whose numbers are hard: layers of one unit or of more units than
 * stimuli, dead units, linear networks, few stimuli, learning rates from sane to diverging, networks that are never trained.
 *
 * @param number which; the same number gives the same experiment
 */
export function saneExperiment(number: number): ExperimentFile {
  const random = stream('sane experiment', number);
  const one = <T>(choices: readonly T[]): T => choices[random.below(choices.length)];
  const { features, tasks } = stimuliOf(random);
  const names = Object.keys(tasks);
  return {
    title: `Sane ${number}`,
    stimuli: {
      features,
      train: one([8, 60, 200]),
      fit: one([4, 12, 50]),
      test: one([2, 5, 12, 50, 90]),
      coding: one(['01', '±1']),
      ...(random.below(4) === 0 ? { inputNoise: 0.1 } : {}),
      ...(random.below(6) === 0 ? { embedding: { units: one([2, 9, 40]) } } : {}),
    },
    tasks,
    network: networkOf(random),
    training: trainingOf(random),
    networks: {
      all: {},
      ...(random.below(2) === 0 ? { one: { tasks: [one(names)] } } : {}),
      ...(random.below(3) === 0
        ? { other: { network: networkOf(random), training: trainingOf(random) } }
        : {}),
      ...(random.below(3) === 0 ? { untrained: { training: { epochs: 0 } } } : {}),
    },
    seeds: 1 + random.below(3),
    analyses: {
      rdm: {
        metric: one(['correlation', 'cosine', 'euclidean', 'squaredEuclidean'] as const),
        comparison: one(['pearson', 'spearman', 'kendall'] as const),
        over: one(['stimuli', 'conditions'] as const),
      },
      selectivity: { permutations: one([0, 20, 99]) },
      pca: { components: one([1, 10, 256]) },
    },
  };
}

function stimuliOf(random: Stream): { features: Record<string, FeatureSpec>; tasks: Record<string, string> } {
  const offered: [string, FeatureSpec, string][] = [
    ['e', { values: ['no', 'yes'], units: 1 + random.below(4) }, 'e == yes'],
    ['rare', { values: ['no', 'yes'], prevalence: 0.1 }, 'rare == yes'],
    ['h', { bits: 3, ...(random.below(3) === 0 ? { amplification: 10 } : {}) }, 'parity(h)'],
    ['shape', { values: ['circle', 'square', 'star'] }, 'shape'],
    ['z', { gaussian: 2, encoding: 'projection', units: 6 }, 'z[0] > 0.3'],
    ['y', { gaussian: 1, units: 2, noise: 0.2 }, 'y[0] > 0'],
  ];
  const count = 1 + random.below(3);
  const chosen = [...random.permutation(offered.length).subarray(0, count)].map((at) => offered[at]);
  return {
    features: {
      ...Object.fromEntries(chosen.map(([name, feature]) => [name, feature])),
      // Room for sets that share no row.
      noise: { bits: 12 },
    },
    tasks: Object.fromEntries(chosen.map(([name, , formula]) => [`task ${name}`, formula])),
  };
}

function networkOf(random: Stream): NetworkSpec {
  const one = <T>(choices: readonly T[]): T => choices[random.below(choices.length)];
  return {
    hidden: Array.from({ length: random.below(5) }, () => one(widths)),
    activation: one(activations),
    initializer: one(initializers),
    ...(random.below(3) === 0 ? { initialScale: one([0, 1e-6, 0.1, 3, 30, 1e15]) } : {}),
  };
}

function trainingOf(random: Stream): TrainingSpec {
  const one = <T>(choices: readonly T[]): T => choices[random.below(choices.length)];
  return {
    optimizer: one(optimizers),
    learningRate: one([1e-4, 1e-3, 0.01, 0.1, 0.1, 1, 100]),
    batchSize: one([5, 32, 'full' as const]),
    epochs: one([0, 1, 2, 5, 20]),
    checkpoints: one([2, 3, 12]),
    ...(random.below(4) === 0 ? { dropout: one([0.1, 0.9]) } : {}),
    ...(random.below(4) === 0 ? { weightDecay: one([1e-4, 0.1]) } : {}),
    ...(random.below(5) === 0 ? { schedule: { type: one(['cosine', 'step'] as const), warmup: 1 } } : {}),
  };
}
