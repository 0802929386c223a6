import { type GalleryFigure, numbersOf } from './figure';
import type { Results } from '../../src/protocol/results';
import { mainLayer } from '../../src/protocol/layers';
import { againstPart } from '../../src/protocol/probe-words';

/** Of the probe that the file asks for, in the last hidden layer of the network of both tasks. */
function probed(results: Results, part: string, label = 'easy', other?: string): number[] {
  const [kind] = Object.keys(results.measures).flatMap(
    (name) => /^probe\.([a-z-]+)\.conflict$/.exec(name)?.[1] ?? [],
  );
  const network = results.networks.find(({ name }) => name === 'both');
  const site = mainLayer(network?.layers ?? [])?.name;
  return numbersOf(results, 'both', `probe.${kind}${part}`, { site, label, part: other });
}

/** Where the features conflict, of a decoder of a label that is drawn: the easy feature predicts it so often, and the hard one in 90 %. */
function drawn(results: Results, predictivity: number, beside = ''): number[] {
  return probed(results, `.conflict${beside}`, 'easy', againstPart('hard', predictivity, 0.9));
}

const figure: GalleryFigure = {
  number: 6,
  example: 'decoders-follow-the-easy-feature',
  question:
    'A decoder is fitted where an easy and a hard feature agree, so that either would do, or on a label that each of them predicts so often. Which one does it follow where they conflict?',
  source:
    'Lampinen, Chan, Li and Hermann (2025), arXiv 2507.22216; conflicting cues: Hermann and Lampinen (2020), arXiv 2006.12433',
  pictures: [
    {
      panel: 'probes',
      figure: 'Conflicts',
      caption:
        'Share of the conflicting stimuli for which the decoder says what the easy feature says, by layer; beside it the same before training, and from the inputs.',
    },
    {
      panel: 'probes',
      figure: 'Conflicts against predictivity',
      caption:
        'The same of decoders of a drawn label that the hard feature predicts in 90 % and the easy one as often as the axis says. The trained layer gives the better predictor nearly at all points; the layer before training, and the inputs, give the easy one even where it predicts far worse.',
    },
    {
      panel: 'probes',
      figure: 'By layer',
      caption:
        'What is decoded of either feature where nothing is confounded: both, from the last hidden layer.',
    },
  ],
  numbers: (results) =>
    [0.5, 0.6, 0.7, 0.8, 0.9, 1].flatMap((predictivity) =>
      [
        ['', 'the trained layer'],
        ['.untrained', 'the layer before training'],
      ].map(([beside, where]) => ({
        what: `easy predicts the label in ${Math.round(100 * predictivity)} %, hard in 90 %: conflicts in which the decoder of ${where} follows easy`,
        values: drawn(results, predictivity, beside),
        range: 'share' as const,
      })),
    ),
  effects: (results) => [
    {
      says: 'where the features conflict, the decoder of the last hidden layer follows the easy one (share of stimuli)',
      values: probed(results, '.conflict', 'easy', 'hard'),
      range: 'share',
      expect: 'above',
      than: 0.75,
    },
    ...['easy', 'hard'].map((label) => ({
      says: `the network computes ${label}: its accuracy on fresh stimuli`,
      values: numbersOf(results, 'both', 'accuracy', { label }),
      range: 'share' as const,
      expect: 'above' as const,
      than: 0.95,
    })),
    {
      says: 'of a label that easy predicts in 70 % and hard in 90 % the decoder of the layer before training follows easy all the same (share of conflicting stimuli)',
      values: drawn(results, 0.7, '.untrained'),
      range: 'share',
      expect: 'above',
      than: 0.5,
    },
    {
      says: 'the decoder of the trained layer follows hard there, as it should: no preference for easy is left',
      values: drawn(results, 0.7),
      range: 'share',
      expect: 'report',
    },
    {
      says: 'and of a label that both predict in 90 % the decoder of the trained layer follows either about as often',
      values: drawn(results, 0.9),
      range: 'share',
      expect: 'report',
    },
    {
      says: 'the same decoder of the layer before training follows the easy feature, too (share of stimuli)',
      values: probed(results, '.conflict.untrained', 'easy', 'hard'),
      range: 'share',
      expect: 'report',
    },
    {
      says: 'and so it does from the inputs (share of stimuli)',
      values: probed(results, '.conflict.inputs', 'easy', 'hard'),
      range: 'share',
      expect: 'report',
    },
  ],
  conclude: [
    'What a decoder finds in a layer is what is easily found there: of two features that would do, it takes the one with more variance, though the network computes both.',
    'A decoder that was fitted on confounded stimuli says nothing of which of the two the network uses.',
    'How far it goes depends on what the layer has: where a network computes both features, some stimuli in which they conflict are enough for the decoder to find the better predictor; before training, and from the inputs, it takes the easy one even where that predicts far worse.',
  ],
  notConclude: [
    'That the network itself prefers the easy feature: it answers both, each by an output of its own.',
    'That training made the preference: the decoder has it before training, and from the inputs. Where a label is drawn (the second picture) training takes most of it away.',
    'That the preference holds for every label: where both features predict the label equally well and not always, it is not there in the trained layer.',
  ],
  // Of the parity of three bits (that of two is hardly a hard one: replicates differ), among twelve others, in two layers.
  reduced: (file) => ({
    ...file,
    stimuli: {
      ...file.stimuli,
      features: { ...file.stimuli.features, h: { bits: 3 }, 'h noise': { bits: 6 }, 'e noise': { bits: 6 } },
      train: 2048,
      fit: 300,
      test: 300,
    },
    network: { ...file.network, hidden: [64, 32] },
    training: { ...file.training, learningRate: 0.003, batchSize: 128, epochs: 30, checkpoints: 2 },
    networks: { both: {} },
    analyses: {
      selectivity: { permutations: 0 },
      probe: {
        kinds: ['ridge'],
        labels: ['easy'],
        conflict: [['easy', 'hard'], { easy: [0.7, 0.9], hard: 0.9 }],
      },
    },
    seeds: 5,
  }),
};
export default figure;
