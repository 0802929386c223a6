import { minus, numbersOf, type GalleryFigure } from './figure';
import { overSeeds } from './pairs';
import type { Results } from '../../src/protocol/results';

const FEATURES = ['colour', 'shape', 'texture'] as const;
const RSA = 'rsa(correlation, pearson)';
const LAYER = 'hidden2';

const explained = (results: Results, network: string, label: string): number[] =>
  numbersOf(results, network, 'varianceExplained', { site: LAYER, label });

/** Each feature with the networks that are trained on another one. */
const untaught = FEATURES.flatMap((label) =>
  FEATURES.filter((other) => other !== label).map((other) => ({ label, network: `${other} only` })),
);

const figure: GalleryFigure = {
  number: 10,
  example: 'trifeature',
  question:
    'Networks see pictures of objects and classify colour, shape or texture, or all three. What of the features that a network is not asked for is still in its layers?',
  source: 'Hermann and Lampinen (2020), arXiv 2006.12433',
  recipe:
    'From the paper are the stimuli, objects of ten colours, shapes and textures, and the question. Ours are rendered in 12 × 12 pixels, and the networks have two hidden layers without convolutions in place of AlexNet and ResNet-50; the paper decodes features, we say what variance they explain.',
  pictures: [
    {
      panel: 'overview',
      caption:
        'Accuracy, and the share of the variance of each layer that each feature explains. Before training (“untrained”) colour takes most; a network that is trained on one feature keeps less of the others than was there before.',
    },
    {
      panel: 'rsa',
      caption:
        'RSA in the last hidden layer: networks of different features have next to nothing in common, those of all three are most like those of shape and colour.',
    },
  ],
  numbers: (results) => [
    ...['all three', ...FEATURES.map((feature) => `${feature} only`), 'untrained'].flatMap((network) =>
      FEATURES.map((label) => ({
        what: `“${network}”: variance of ${LAYER} that ${label} explains`,
        values: explained(results, network, label),
      })),
    ),
    ...FEATURES.map((feature) => ({
      what: `RSA of “all three” with “${feature} only”, ${LAYER}`,
      values: overSeeds(results, RSA, LAYER, (mean) => mean('all three', `${feature} only`)),
    })),
  ],
  effects: (results) => [
    ...untaught.map(({ label, network }) => ({
      says: `${label} explains less of ${LAYER} of “${network}”, which is not asked for it, than of “untrained” (trained less untrained)`,
      values: minus(explained(results, network, label), explained(results, 'untrained', label)),
      // Texture takes so little before training that there is hardly anything to lose.
      expect: label === 'texture' ? ('report' as const) : ('below' as const),
    })),
    ...FEATURES.map((label) => ({
      says: `${label} explains more of ${LAYER} of “${label} only” than of “untrained” (trained less untrained)`,
      values: minus(explained(results, `${label} only`, label), explained(results, 'untrained', label)),
      expect: 'above' as const,
    })),
    {
      says: 'before training colour explains more than shape',
      values: minus(explained(results, 'untrained', 'colour'), explained(results, 'untrained', 'shape')),
      expect: 'above',
    },
    {
      says: 'and more than texture',
      values: minus(explained(results, 'untrained', 'colour'), explained(results, 'untrained', 'texture')),
      expect: 'above',
    },
    ...FEATURES.map((label) => ({
      says: `“${label} only” answers ${label}: its accuracy on fresh pictures (chance .1)`,
      values: numbersOf(results, `${label} only`, 'accuracy', { label }),
      expect: 'above' as const,
      than: 0.5,
    })),
  ],
  conclude: [
    'Training on one feature makes it take more of a layer, and leaves less of the others than was there before training: they are suppressed, and not all gone.',
    'How much of an untaught feature is left depends on how near it is to the pixels: colour is there before anything is learned, and is still there where shape or texture is asked for; shape is next to gone where colour is.',
  ],
  notConclude: [
    'That what explains no variance cannot be decoded: variance explained is of what is large in a layer.',
    'That the shares are those of the paper: its networks are far larger and convolutional, its pictures of 224 pixels; what is held against it here is the direction.',
  ],
  // A third of the pictures, four networks of five, half of the training.
  reduced: (file) => ({
    ...file,
    stimuli: { ...file.stimuli, train: 1536, fit: 256, test: 256 },
    networks: Object.fromEntries(
      Object.entries(file.networks ?? {}).filter(([name]) => name !== 'all three'),
    ),
    training: { ...file.training, epochs: 20, checkpoints: 2 },
    analyses: { selectivity: { permutations: 0 } },
    seeds: 4,
  }),
};

export default figure;
