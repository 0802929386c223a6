import type { Results } from '../../src/protocol/results';
import { type GalleryFigure, minus, numbersOf } from './figure';

const of = (results: Results, measure: string, label?: string): number[] =>
  numbersOf(results, 'both', `dictionary.${measure}`, {
    site: 'hidden2',
    ...(label === undefined ? {} : { label }),
  });

const figure: GalleryFigure = {
  number: 18,
  example: 'dictionary',
  question:
    'A sparse autoencoder is fitted to a layer in which the features are known. Does it find them, better than the layer’s own units?',
  source:
    'the question of Kantamneni and others (2025), arXiv 2502.16681, in a case where the features are known; top-k autoencoders: Gao and others (2024), arXiv 2406.04093',
  pictures: [
    {
      panel: 'dictionary',
      figure: 'Recovery by a dictionary',
      caption:
        'What the best unit of the dictionary recovers of each label (area under the ROC curve), beside the best unit of the layer, the best component, and a probe.',
    },
  ],
  numbers: (results) => [
    { what: 'variance rebuilt', values: of(results, 'variance') },
    { what: 'active units of 64, a stimulus', values: of(results, 'active') },
    ...['easy', 'hard'].flatMap((label) =>
      ['recovery', 'recovery.units', 'recovery.components', 'recovery.probe'].map((measure) => ({
        what: `${label}: ${{ recovery: 'best unit of the dictionary', 'recovery.units': 'best unit of the layer', 'recovery.components': 'best component', 'recovery.probe': 'probe' }[measure]}`,
        values: of(results, measure, label),
        range: 'share' as const,
      })),
    ),
  ],
  effects(results) {
    const behind = (label: string): number[] =>
      minus(of(results, 'recovery', label), of(results, 'recovery.units', label));
    const says = (label: string): string =>
      `${label}: the best unit of the dictionary recovers less of it than the best unit of the layer (difference)`;
    return [
      { says: says('easy'), values: behind('easy'), expect: 'below' },
      { says: says('hard'), values: behind('hard'), expect: 'report' },
      ...['easy', 'hard'].map((label) => ({
        says: `${label}: a probe finds it in the layer (recovery)`,
        values: of(results, 'recovery.probe', label),
        expect: 'above' as const,
        than: 0.95,
      })),
    ];
  },
  conclude: [
    'A dictionary can rebuild nearly all variance of a layer and yet split what single units already hold.',
  ],
  notConclude: [
    'That it is so of the hard feature: replicates differ, in one of five the dictionary is ahead, and the interval goes beyond 0.',
    'That dictionaries find nothing in larger networks: in this layer there are no more features than units, so nothing has to be taken apart.',
  ],
  reduced: (file) => ({
    ...file,
    stimuli: { ...file.stimuli, fit: 512, test: 512 },
    networks: { both: file.networks?.['both'] ?? {} },
    analyses: { ...file.analyses, selectivity: { permutations: 0 } },
    seeds: 5,
  }),
};
export default figure;
