import type { Results } from '../../src/protocol/results';
import { type Effect, type GalleryFigure, minus, numbersOf, smaller } from './figure';

const last = { site: 'hidden4' };

/** What each task explains of each hidden layer of the network of both. */
export function sharesByLayer(results: Results): { what: string; values: number[]; range: 'atMostAll' }[] {
  return (['hidden1', 'hidden2', 'hidden3', 'hidden4'] as const).flatMap((site) =>
    ['easy', 'hard'].map((label) => ({
      what: `variance of ${site} that ${label} explains`,
      values: numbersOf(results, 'both', 'varianceExplained', { site, label }),
      range: 'atMostAll' as const,
    })),
  );
}

/** That easy takes more than hard of what follows variance, though both are computed. */
export function effectsOfShares(results: Results): Effect[] {
  const of = (measure: string, label: string, part?: string): number[] =>
    numbersOf(results, 'both', measure, { ...last, label, ...(part === undefined ? {} : { part }) });
  const gap = (measure: string): number[] => minus(of(measure, 'easy'), of(measure, 'hard'));
  const first = (label: string): number[] => of('pcaCorrelation', label, 'PC1').map(Math.abs);
  return [
    {
      says: 'easy explains more of the variance of the last hidden layer than hard',
      values: gap('varianceExplained'),
      expect: 'above',
    },
    {
      says: 'it does so in the mean over units, too: most units follow it',
      values: gap('varianceExplainedByUnitMean'),
      expect: 'above',
    },
    {
      says: 'the first component follows easy more closely than hard (difference of the correlations, without signs)',
      values: minus(first('easy'), first('hard')),
      expect: 'above',
    },
    ...['easy', 'hard'].map((label) => ({
      says: `the network computes ${label}: its accuracy on fresh stimuli`,
      values: numbersOf(results, 'both', 'accuracy', { label }),
      range: 'share' as const,
      expect: 'above' as const,
      than: 0.95,
    })),
  ];
}

const figure: GalleryFigure = {
  number: 1,
  example: 'easy-vs-hard',
  question:
    'A network computes an easy (linear) feature and a hard one (the parity of four bits) equally well. How much of its representation does each take?',
  source:
    'Lampinen, Chan, Li and Hermann (2025), arXiv 2507.22216, after Lampinen and others (2024), arXiv 2405.05847; the recipe of their public demo',
  pictures: [
    {
      panel: 'overview',
      caption:
        'Left of each network the accuracy, right of it the share of variance that each task explains, by layer: the accuracies are the same, the shares are not.',
    },
    {
      panel: 'dynamics',
      caption:
        'The same over training: the easy feature is there first, and stays ahead when the hard one is mastered.',
    },
    {
      panel: 'pca',
      caption: 'The last hidden layer in its first two components: the first one is the easy feature.',
    },
  ],
  numbers: sharesByLayer,
  effects: effectsOfShares,
  conclude: [
    'Two features that are computed equally well can take very different shares of the variance: what is easy takes more.',
    'Methods that follow variance (principal components, RDMs, most units) then show the easy feature and pass over the hard one.',
  ],
  notConclude: [
    'That the easy feature matters more to what the network does: both are answered without errors.',
    'That the shares are 55 to 5 everywhere: they depend on inputs, optimiser and seeds. With this recipe hard takes more than 5 %.',
  ],
  // Everything by half.
  reduced: (file) => ({
    ...smaller(file, { noise: 6, hidden: [128, 64, 32, 32], batchSize: 512 }),
    networks: { both: {} },
    analyses: { selectivity: { permutations: 0 } },
    seeds: 5,
  }),
};
export default figure;
