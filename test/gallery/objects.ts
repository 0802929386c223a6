import { minus, numbersOf, type GalleryFigure } from './figure';
import { overSeeds } from './pairs';

const [CIRCLE, XOR] = ['circle', 'yellow or checkered'];
const LAYERS = ['hidden1', 'hidden2', 'hidden3'];
const RSA = 'rsa(correlation, pearson)';

const figure: GalleryFigure = {
  number: 14,
  example: 'objects',
  question:
    'A network sees pictures of objects and says of each whether it is a circle, and whether it is either yellow or checkered (XOR). It does both equally well. What does one see in its representation?',
  source:
    'the introduction of Lampinen, Chan, Li and Hermann (2025), arXiv 2507.22216; objects of shapes, colours and textures as in Hermann and Lampinen (2020), arXiv 2006.12433',
  pictures: [
    {
      panel: 'overview',
      caption:
        'Accuracy, and the share of the variance of each layer that each task explains: both are answered without errors, and the circle takes more.',
    },
    {
      panel: 'pca',
      caption:
        'The last hidden layer of a network that does both, in its first two components, coloured by the first task. In the report, point at a dot to see its object.',
    },
    {
      panel: 'rsa',
      caption: 'Similarity of networks that do both tasks, either one, or none.',
    },
  ],
  numbers: (results) => [
    ...LAYERS.flatMap((site) =>
      [CIRCLE, XOR].map((label) => ({
        what: `variance of ${site} that “${label}” explains`,
        values: numbersOf(results, 'both', 'varianceExplained', { site, label }),
      })),
    ),
    ...[
      ['both', 'circle only'],
      ['both', 'xor only'],
      ['circle only', 'circle only'],
      ['xor only', 'xor only'],
    ].map(([a, b]) => ({
      what: `RSA of “${a}” with “${b}”, last hidden layer`,
      values: overSeeds(results, RSA, 'hidden3', (mean) => mean(a, b)),
    })),
  ],
  effects: (results) => [
    {
      says: `“${CIRCLE}” explains more of the variance of the last hidden layer than “${XOR}”`,
      values: minus(
        numbersOf(results, 'both', 'varianceExplained', { site: 'hidden3', label: CIRCLE }),
        numbersOf(results, 'both', 'varianceExplained', { site: 'hidden3', label: XOR }),
      ),
      expect: 'above',
    },
    ...[CIRCLE, XOR].map((label) => ({
      says: `the network answers “${label}”: its accuracy on fresh pictures`,
      values: numbersOf(results, 'both', 'accuracy', { label }),
      expect: 'above' as const,
      than: 0.95,
    })),
    {
      says: 'networks that do both resemble those that find circles more than those that do the XOR (RSA)',
      values: overSeeds(
        results,
        RSA,
        'hidden3',
        (mean) => mean('both', 'circle only') - mean('both', 'xor only'),
      ),
      expect: 'report',
    },
    {
      says: 'networks that find circles are more alike among themselves than those that do the XOR (RSA)',
      values: overSeeds(
        results,
        RSA,
        'hidden3',
        (mean) => mean('circle only', 'circle only') - mean('xor only', 'xor only'),
      ),
      expect: 'report',
    },
  ],
  conclude: [
    'With pictures, too, two labels that are answered equally well take different shares of what a layer varies by: what one property decides takes more than what needs two.',
    'A picture of the layer shows first whether an object is a circle, though the network knows as well which are yellow or checkered, but not both.',
  ],
  notConclude: [
    'That the circle matters more to what the network does: it answers both alike.',
    'That “circle” is linear in the pixels: it is one property of the object, and pixels have to be combined to see it; colour is far nearer to them than shape.',
  ],
  // Half of the pictures, and no untrained networks.
  reduced: (file) => ({
    ...file,
    stimuli: { ...file.stimuli, train: 1024, fit: 256, test: 256 },
    networks: Object.fromEntries(
      Object.entries(file.networks ?? {}).filter(([name]) => name !== 'untrained'),
    ),
    training: { ...file.training, batchSize: 64, checkpoints: 2 },
    seeds: 4,
  }),
};

export default figure;
