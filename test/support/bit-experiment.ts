import type { ExperimentFile } from '../../src/experiment/file';

/** A small experiment that uses as much as it can of what computes numbers: its results are compared bit by bit. */
export const bitExperiment: ExperimentFile = {
  title: 'Bits',
  stimuli: {
    features: {
      e: { values: ['no', 'yes'], units: 2, encoding: 'copy', noise: 0.1 },
      colour: { values: ['red', 'yellow', 'blue'], encoding: 'projection', units: 5 },
      h: { bits: 3, coding: '±1' },
      z: { gaussian: 2, amplification: 1.5 },
    },
    inputNoise: 0.05,
    embedding: { units: 14, matrix: 'orthogonal' },
    balance: ['hard'],
    train: 150,
    fit: 60,
    test: 50,
  },
  tasks: { easy: 'e == yes', hard: 'parity(h)', colour: 'colour', large: 'z[0] > 0.3' },
  network: { hidden: [11, 6] },
  training: { learningRate: 0.01, batchSize: 40, epochs: 6, checkpoints: 3 },
  networks: {
    'gelu adam': {
      network: { activation: 'gelu', initializer: 'orthogonal' },
      training: { schedule: { type: 'cosine', warmup: 1 } },
    },
    'tanh sgd': {
      tasks: ['easy', 'colour'],
      network: { activation: 'tanh', initializer: 'glorotNormal' },
      training: {
        optimizer: 'momentum',
        dropout: 0.2,
        weightDecay: 0.001,
        schedule: { type: 'exponential', factor: 0.7, every: 3 },
      },
    },
    'sigmoid adamW': {
      network: { activation: 'sigmoid', hidden: [7] },
      training: { optimizer: 'adamW', weightDecay: 0.01 },
    },
    untrained: { training: { epochs: 0 } },
  },
  seeds: 2,
  analyses: { selectivity: { permutations: 20 }, rdm: { metric: 'correlation', comparison: 'spearman' } },
};
