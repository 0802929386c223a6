import { type GalleryFigure, numbersOf, smaller } from './figure';
import { overSeeds } from './pairs';

const rsa = 'rsa(correlation, pearson)';
const names = ['both', 'easy only', 'hard only', 'untrained'] as const;

const figure: GalleryFigure = {
  number: 2,
  example: 'rsa-between-networks',
  question:
    'Networks are trained on an easy task, on a hard one, or on both, and compared by RSA. Are networks that compute the same more alike than networks that compute other things?',
  source:
    'Lampinen, Chan, Li and Hermann (2025), arXiv 2507.22216, with the 64 inputs and the stochastic gradient descent of its first experiments; first seen in Hermann and Lampinen (2020), arXiv 2006.12433',
  pictures: [
    {
      panel: 'rsa',
      caption:
        'Each cell is two replicates, in their last hidden layer. The block of “both” with itself is paler than that of “both” with “easy only”; networks of the hard task alone are like no other, and little like each other.',
    },
    {
      panel: 'overview',
      caption:
        'Accuracy, and the share of variance that each task takes: RSA follows the right half, not the left.',
    },
  ],
  numbers: (results) =>
    names.flatMap((a, at) =>
      names.slice(at).map((b) => ({
        what: `RSA of hidden4, ${a} – ${b}, pairs of different seeds`,
        values: overSeeds(results, rsa, 'hidden4', (mean) => mean(a, b)),
      })),
    ),
  effects(results) {
    const inLast = (statistic: Parameters<typeof overSeeds>[3]): number[] =>
      overSeeds(results, rsa, 'hidden4', statistic);
    return [
      {
        says: 'networks that compute both are less alike than they are like networks that compute easy alone (both–easy less both–both)',
        values: inLast((mean) => mean('both', 'easy only') - mean('both', 'both')),
        expect: 'above',
      },
      ...(['easy', 'hard'] as const).map((label) => ({
        says: `“both” computes ${label}: its accuracy on fresh stimuli`,
        values: numbersOf(results, 'both', 'accuracy', { label }),
        expect: 'above' as const,
        than: 0.95,
      })),
      {
        says: '“hard only” computes hard: its accuracy on fresh stimuli',
        values: numbersOf(results, 'hard only', 'accuracy', { label: 'hard' }),
        expect: 'above',
        than: 0.95,
      },
      {
        says: 'networks that compute both are more like those of easy alone than like those of hard alone (both–easy less both–hard)',
        values: inLast((mean) => mean('both', 'easy only') - mean('both', 'hard only')),
        expect: 'above',
      },
      {
        says: 'networks of the easy task are nearly the same (easy–easy)',
        values: inLast((mean) => mean('easy only', 'easy only')),
        expect: 'above',
        than: 0.9,
      },
      {
        says: 'networks of the hard task are less alike than those of the easy one (easy–easy less hard–hard)',
        values: inLast((mean) => mean('easy only', 'easy only') - mean('hard only', 'hard only')),
        expect: 'above',
      },
      {
        says: 'networks of the two tasks have next to nothing in common (easy–hard)',
        values: inLast((mean) => mean('easy only', 'hard only')),
        expect: 'below',
        than: 0.2,
      },
    ];
  },
  independent: {
    file: 'rsa-between-networks.py',
    says: 'PyTorch and NumPy, by the same recipe in small (16 inputs, hidden layers of 64, 32, 32 and 32 units, four seeds): the same picture. RSA in the last hidden layer is .83 for both–both, .90 for both–easy, .24 for both–hard, 1.00 for easy–easy, .40 for hard–hard and .10 for easy–hard; RepScope has .84, .89, .17, 1.00, .27 and .03 there. The whole recipe (`one`) was not run to its end with it.',
  },
  conclude: [
    'RSA follows what takes most variance: a network of two tasks looks like one of its easy task, more than like its own replicates.',
    'A low similarity of two networks of the hard task does not say that they compute something else: both answer it without errors.',
  ],
  notConclude: [
    'That “both” and “easy only” compute the same: one of them answers hard at chance.',
    'That this is so of every recipe: with 32 inputs and Adam (the experiment of figure 1) the order of both–both and both–easy depends on the implementation.',
  ],
  // Fewer inputs that matter to nothing, and narrower layers.
  reduced: (file) => ({
    ...smaller(file, { noise: 4, hidden: [64, 32, 32, 32], batchSize: 32 }),
    seeds: 6,
  }),
};
export default figure;
