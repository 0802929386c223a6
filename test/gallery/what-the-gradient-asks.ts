import { Findings } from '../../src/analysis/findings';
import type { Results } from '../../src/protocol/results';
import { type GalleryFigure, minus, numbersOf, smaller } from './figure';

const last = 'hidden2';
const asked = `${last}.gradient`;

/** While hard is still guessed its accuracy is below this. */
const GUESSED = 0.6;

/** What a label explains of a site at an epoch, one number per replicate. */
function shareAt(results: Results, epoch: number, site: string, label: string): number[] {
  const { values = [] } =
    new Findings(results, epoch).mean('both', 'varianceExplained', { site, label }) ?? {};
  return values.map((value) => value ?? NaN);
}

/** The epoch of the last checkpoint at which every replicate still guesses the hard feature. */
function waiting({ networks, ...results }: Results): number {
  const [{ replicates }] = networks;
  const epochs = replicates[0].checkpoints.map(({ epoch }) => epoch);
  const guessed = epochs.filter((epoch) => {
    const { values = [] } =
      new Findings({ networks, ...results }, epoch).mean('both', 'accuracy', { label: 'hard' }) ?? {};
    return values.every((value) => value !== null && value < GUESSED);
  });
  return guessed.at(-1) ?? 0;
}

const figure: GalleryFigure = {
  number: 31,
  example: 'what-the-gradient-asks',
  question: 'An easy feature takes most of a layer. Is that what the loss asks of the layer?',
  source:
    'Lampinen, Chan, Li and Hermann (2025), arXiv 2507.22216 (the easy feature takes more); the comparison with gradients is ours',
  recipe: 'The inputs of figure 1, and a network of two layers. Of the gradient nothing is published there.',
  pictures: [
    {
      panel: 'dynamics',
      choices: { Layer: `${asked} (64 units)` },
      figure: 'Training',
      caption:
        'In the middle the share of the gradient at the last hidden layer that each feature explains: half each at the beginning; once the easy feature is answered it is nearly all of the hard one.',
    },
    {
      panel: 'dynamics',
      choices: { Layer: `${last} (64 units)` },
      figure: 'Training',
      caption: 'The same of the activations of that layer: what they show all the while is the easy feature.',
    },
  ],
  numbers: (results) =>
    [
      { when: 'at the beginning', epoch: 0 },
      { when: 'while hard is guessed', epoch: waiting(results) },
    ].flatMap(({ when, epoch }) =>
      [last, asked].flatMap((site) =>
        ['easy', 'hard'].map((label) => ({
          what: `variance of ${site} that ${label} explains, ${when}`,
          values: shareAt(results, epoch, site, label),
          range: 'atMostAll' as const,
        })),
      ),
    ),
  effects: (results) => {
    const epoch = waiting(results);
    const gap = (at: number, site: string): number[] =>
      minus(shareAt(results, at, site, 'easy'), shareAt(results, at, site, 'hard'));
    return [
      {
        says: 'at the beginning the gradient at the last hidden layer is of the easy feature as of the hard one (difference of the shares of variance)',
        values: gap(0, asked),
        expect: 'report',
      },
      {
        says: 'at the beginning the hard feature explains much of it (share of variance)',
        values: shareAt(results, 0, asked, 'hard'),
        range: 'atMostAll',
        expect: 'above',
        than: 0.25,
      },
      {
        says: 'while the easy feature is answered and the hard one guessed, the gradient is of the hard one (hard − easy)',
        values: gap(epoch, asked).map((value) => -value),
        expect: 'above',
        than: 0.5,
      },
      {
        says: 'at the same time the activations of the same layer are of the easy one (easy − hard)',
        values: gap(epoch, last),
        expect: 'above',
        than: 0.5,
      },
      {
        says: 'at the end, when both are answered, the activations still are (easy − hard)',
        values: minus(
          numbersOf(results, 'both', 'varianceExplained', { site: last, label: 'easy' }),
          numbersOf(results, 'both', 'varianceExplained', { site: last, label: 'hard' }),
        ),
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
  },
  conclude: [
    'What a layer is asked for and what it comes to represent are two things. At the beginning the loss asks about as much for the hard feature as for the easy one; what comes of it, for most of the training, is a layer of the easy one.',
    'A layer in which a feature explains nothing may be where the loss asks for nothing else: for most of the training the gradient is of the hard feature alone, and the activations do not show it.',
  ],
  notConclude: [
    'That the gradient is what changes: weights follow its products with what comes in, over all stimuli and scaled by Adam. That the hard feature is asked for at each stimulus does not mean that a small step of the weights could give it.',
    'That the easy feature is better learned: both are answered without errors at the end.',
    'Much from shares of the gradient once both are answered: it is then small, and of the few stimuli that are least sure.',
  ],
  reduced: (file) => {
    const small = smaller(file, { noise: 4, hidden: [64, 32], batchSize: 128 });
    return { ...small, training: { ...small.training, learningRate: 0.002, epochs: 40 }, seeds: 3 };
  },
};
export default figure;
