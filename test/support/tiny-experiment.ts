import type { ExperimentFile } from '../../src/experiment/file';

/** An experiment that trains in a fraction of a second; what is given replaces its top-level keys. */
export function tinyExperiment(
  changes: Partial<ExperimentFile> = {},
): ExperimentFile & Required<Pick<ExperimentFile, 'tasks' | 'networks'>> {
  return {
    title: 'Tiny',
    stimuli: {
      features: { e: { values: ['no', 'yes'], units: 2 }, h: { bits: 2 }, noise: { bits: 8 } },
      train: 128,
      fit: 64,
      test: 64,
    },
    tasks: { easy: 'e == yes', hard: 'parity(h)' },
    network: { hidden: [8] },
    training: { learningRate: 0.01, batchSize: 32, epochs: 8, checkpoints: 3 },
    networks: { both: {}, 'easy only': { tasks: ['easy'] }, untrained: { training: { epochs: 0 } } },
    seeds: 2,
    analyses: { selectivity: { permutations: 20 } },
    ...changes,
  };
}
