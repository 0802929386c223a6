import { effectsOfShares, sharesByLayer } from './easy-vs-hard';
import { type GalleryFigure, numbersOf } from './figure';

const figure: GalleryFigure = {
  number: 1,
  example: 'easy-vs-hard-sgd',
  question:
    'The same by the recipe that the authors’ thread speaks of: 64 inputs, SGD with early stopping, 65,536 stimuli. Are the shares 55 to 5?',
  source:
    'Lampinen, Chan, Li and Hermann (2025), arXiv 2507.22216, and their thread; Lampinen and others (2024), arXiv 2405.05847',
  pictures: [
    {
      panel: 'overview',
      caption:
        'Accuracy, and the share of variance that each task explains by layer: both are computed, and hard takes next to nothing of the variance.',
    },
    {
      panel: 'dynamics',
      caption:
        'Over training, up to where each replicate stopped: easy comes at once, hard late and all at once.',
    },
  ],
  numbers: sharesByLayer,
  effects: (results) => [
    {
      says: 'hard explains less than a seventh of the last hidden layer, though it is computed (share)',
      values: numbersOf(results, 'both', 'varianceExplained', { site: 'hidden4', label: 'hard' }),
      range: 'atMostAll',
      expect: 'below',
      than: 1 / 7,
    },
    ...effectsOfShares(results),
  ],
  conclude: [
    'With this recipe the published picture is there: easy takes many times the variance of hard, in every replicate, and both are computed.',
  ],
  notConclude: [
    'That the numbers are those of the paper to the digit: here easy takes a little less than 55 %, and hard a little more than 5 %, with wide intervals.',
  ],
  // Parity of three bits, in networks and stimuli of a quarter or half the size.
  reduced: (file) => ({
    ...file,
    stimuli: {
      ...file.stimuli,
      features: {
        ...file.stimuli.features,
        'e noise': { bits: 12 },
        h: { bits: 3 },
        'h noise': { bits: 13 },
      },
      train: 16384,
      fit: 256,
      test: 256,
    },
    network: { ...file.network, hidden: [128, 64, 32, 32] },
    networks: { both: {} },
    analyses: { selectivity: { permutations: 0 } },
    seeds: 5,
  }),
};
export default figure;
