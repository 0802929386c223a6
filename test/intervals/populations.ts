import { log, cosPi } from '../../src/core/elementary';
import type { ExperimentFile } from '../../src/experiment/file';
import type { Value } from '../../src/protocol/results';
import { type Stream, stream } from '../../src/core/stream';

/** Replicates of it are the population: of a minute or two, with one task that all learn and one that some learn. */
export const experiment = {
  title: 'Population for coverage',
  stimuli: {
    features: {
      e: { values: ['no', 'yes'], units: 4 },
      'e noise': { bits: 4 },
      h: { bits: 3 },
      'h noise': { bits: 4 },
    },
    balance: ['hard'],
    train: 512,
    fit: 128,
    test: 128,
  },
  tasks: { easy: 'e == yes', hard: 'parity(h)' },
  network: { hidden: [32, 16], activation: 'leakyRelu' },
  training: { optimizer: 'adam', learningRate: 0.003, batchSize: 64, epochs: 25, checkpoints: 2 },
  networks: { both: {}, 'easy only': { tasks: ['easy'] }, 'hard only': { tasks: ['hard'] } },
  analyses: { rdm: { metric: 'correlation', comparison: 'pearson' }, selectivity: { permutations: 100 } },
} satisfies ExperimentFile;

/** Accuracies made up for the corners: multiples of 1/1024. */
export function madeUpAccuracies(): Record<string, number[]> {
  const random = stream('coverage', 'accuracies');
  const many = (value: (random: Stream, at: number) => number): number[] =>
    Array.from(
      { length: 2000 },
      (_, at) => Math.round(Math.min(1, Math.max(0, value(random, at))) * 1024) / 1024,
    );
  const errors = (scale: number): number => -scale * log(1 - random.uniform());
  return {
    'all at 1': many(() => 1),
    'normal around .8': many(() => 0.8 + 0.05 * gauss(random)),
    'errors of .01, exponential': many(() => 1 - errors(0.01)),
    'errors of .05, exponential': many(() => 1 - errors(0.05)),
    '1, one in five at .5': many((_, at) => (at % 5 === 0 ? 0.5 : 1)),
    '1, one in twenty at .5': many((_, at) => (at % 20 === 0 ? 0.5 : 1)),
    'near .99, one in twenty at .5': many((_, at) => (at % 20 === 0 ? 0.5 : 1 - errors(0.01))),
  };
}

/**
 * Similarities made up of what either replicate brings along, and of what is particular to the pair.
 *
 * @param count replicates of either network
 */
export function madeUpSimilarities(
  count: number,
  { within, between, own, pair }: { within: number; between: number; own: number; pair: number },
): { matrix: Value[][]; networks: [number[], number[]] } {
  const random = stream('coverage', 'similarities', within, between, own, pair);
  const brings = Array.from({ length: 2 * count }, () => own * gauss(random));
  const matrix: Value[][] = brings.map(() => []);
  brings.forEach((a, i) => {
    for (let k = 0; k <= i; k++) {
      const mean = i < count === k < count ? within : between;
      const value = Math.max(-1, Math.min(1, mean + a + brings[k] + pair * gauss(random)));
      matrix[i][k] = value;
      matrix[k][i] = value;
    }
  });
  const first = Array.from({ length: count }, (_, at) => at);
  return { matrix, networks: [first, first.map((at) => at + count)] };
}

function gauss(random: Stream): number {
  return Math.sqrt(-2 * log(1 - random.uniform())) * cosPi(2 * random.uniform());
}
