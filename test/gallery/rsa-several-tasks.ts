import type { Results } from '../../src/protocol/results';
import { type Effect, type GalleryFigure, numbersOf } from './figure';
import { overSeeds } from './pairs';

const rsa = 'rsa(correlation, pearson)';
const layers = ['hidden1', 'hidden2', 'hidden3', 'hidden4'] as const;
const names = ['bits', 'pairs', 'triples', 'fours'] as const;
type Name = (typeof names)[number];

const between = (results: Results, layer: string, a: Name, b: Name): number[] =>
  overSeeds(results, rsa, layer, (mean) => mean(a, b));

/** The published effect: same hard tasks, less alike than with networks of easier ones. Told for every layer. */
function publishedIn(results: Results): Effect[] {
  return layers.flatMap((layer) =>
    (['pairs', 'triples', 'fours'] as const).map((hard) => ({
      says: `in ${layer} networks of “${hard}” are less alike than they are like networks of “bits” (${hard}–bits less ${hard}–${hard})`,
      values: overSeeds(results, rsa, layer, (mean) => mean(hard, 'bits') - mean(hard, hard)),
      expect: 'report' as const,
    })),
  );
}

const figure: GalleryFigure = {
  number: 3,
  example: 'rsa-several-tasks',
  question:
    'Networks are trained on four tasks each, over the same input units: easy ones, or harder and harder ones. Do networks that learned the same tasks look alike?',
  source:
    'Lampinen, Chan, Li and Hermann (2025), arXiv 2507.22216: the effect; the recipe is that of their public demo with four tasks in place of two, as that of their figure is not published',
  pictures: [
    {
      panel: 'rsa',
      caption:
        'The last hidden layer. On the diagonal replicates of the same tasks, which all of them answer (“fours” 98 % right): nearly the same for single bits, less alike for parities.',
    },
    {
      panel: 'rsa',
      choices: { Layer: 'hidden3 (64 units)' },
      caption:
        'The third hidden layer: here networks of hard tasks are no more like each other than like networks of single bits of the same inputs.',
    },
  ],
  numbers: (results) =>
    layers.flatMap((layer) =>
      names.flatMap((a, at) =>
        names.slice(at).map((b) => ({
          what: `RSA of ${layer}, ${a} – ${b}, pairs of different seeds`,
          values: between(results, layer, a, b),
        })),
      ),
    ),
  effects: (results) => [
    ...(['pairs', 'triples', 'fours'] as const).map((hard) => ({
      says: `networks of “${hard}” are less alike in the last hidden layer than networks of “bits” are (bits–bits less ${hard}–${hard})`,
      values: overSeeds(results, rsa, 'hidden4', (mean) => mean('bits', 'bits') - mean(hard, hard)),
      expect: 'above' as const,
    })),
    ...names.map((name, at) => ({
      says: `“${name}” computes its tasks: accuracy on fresh stimuli, mean over the four`,
      values: ['a', 'b', 'c', 'd']
        .map((group) => numbersOf(results, name, 'accuracy', { label: `${group}${at + 1}` }))
        .reduce((sums, values) => sums.map((sum, seed) => sum + values[seed]))
        .map((sum) => sum / 4),
      expect: 'above' as const,
      than: 0.9,
    })),
    ...publishedIn(results),
  ],
  independent: {
    file: 'rsa-between-networks.py',
    says: 'PyTorch and NumPy, by the same recipe (`several`; stimuli and weights of its own, five seeds): the same picture. RSA in the last hidden layer, its number and then RepScope’s: .94 and .94 for bits–bits, .41 and .67 for pairs–pairs, .39 and .44 for triples–triples, .61 and .48 for fours–fours; .28 and .22 for pairs–bits, .16 and .16 for triples–bits, .06 and .06 for fours–bits. In the third hidden layer .24 and .35 for pairs–pairs and .38 and .42 for pairs–bits, .17 and .19 for triples–triples and .26 and .26 for triples–bits, .25 and .18 for fours–fours and .21 and .19 for fours–bits: there it, too, has networks of pairs and triples no more alike than like bits, and in the last layer all of them more. All answer without errors but “fours” (98 % right; RepScope’s 98 %).',
  },
  conclude: [
    'How alike replicates look depends on how hard their tasks are: those of easy tasks are nearly the same, those of parities differ from seed to seed, though they answer (nearly) without errors.',
    'So a low similarity of two networks is no evidence that they compute different things.',
  ],
  notConclude: [
    'That networks of hard tasks are in every layer less alike than they are like those of easier ones, as is published: with this recipe a little so up to the third hidden layer, mostly within what five seeds can tell, and not in the last (the numbers are above). By the recipe of figure 2 (64 inputs, SGD at .1, batches of 128, 65,536 stimuli, up to 60 epochs, 5 seeds) it is as hard to tell: pairs–bits less pairs–pairs is .01, .08, .07 and −.11 (95 % interval −.41 to .20) from the first hidden layer to the last, for triples (95 % right) .05, .03, .02 and −.10 (−.44 to .24); “fours” are not learned by it (67 % right).',
    'That order among the parities means much: beyond pairs it differs little from the spread over seeds.',
  ],
  reduced: (file) => ({
    ...file,
    stimuli: {
      ...file.stimuli,
      train: 4096,
      fit: 128,
      test: 192,
      features: { ...file.stimuli.features, noise: { bits: 4 } },
    },
    network: { ...file.network, hidden: [128, 64, 32, 32] },
    training: { ...file.training, learningRate: 0.002, batchSize: 256, epochs: 60 },
    seeds: 4,
  }),
};
export default figure;
