import { minus, numbersOf, type GalleryFigure } from './figure';
import { overSeeds } from './pairs';

const PREDICTIVITY = 'stimuli.features.e.agrees.probability';
const RSA = 'rsa(correlation, pearson)';

const figure: GalleryFigure = {
  number: 10,
  example: 'what-shapes-features',
  question:
    'Two features predict the label of a network: a hard one, right in 90 % of the training stimuli, and an easy one. How often must the easy one be right for the network to follow it?',
  source: 'Hermann and Lampinen (2020), arXiv 2006.12433',
  pictures: [
    {
      panel: 'sweep',
      choices: { Layer: 'output' },
      caption:
        'Variance of what the networks answer that each feature explains, on stimuli where both are independent of the label, against how often the easy one was right in training. “label” is the network in question: it goes over from the hard feature to the easy one before that is right as often.',
    },
    {
      panel: 'probes',
      caption:
        'What a linear decoder reads from each layer of a trained network and of the same network before training: there the easy feature can be read, and the hard one cannot.',
    },
    {
      panel: 'rsa',
      caption:
        'RSA between networks, at the first point of the sweep (easy and hard independent): those that compute both features are like those that compute the easy one.',
    },
  ],
  numbers: (results) => {
    const found = pointsOf(results).flatMap(({ point, predictivity }) =>
      ['easy', 'hard'].map((label) => ({
        what: `easy right in ${Math.round(100 * predictivity)} %: variance of the answers to the label that ${label} explains`,
        values: numbersOf(results, 'label', 'varianceExplained', { point, site: 'output', label }),
      })),
    );
    const decoded = ['easy', 'hard'].map((label) => ({
      what: `${label}, decoded from the last hidden layer before training (balanced accuracy)`,
      values: untrained(results, label),
    }));
    const alike = [
      ['both', 'easy'],
      ['both', 'hard'],
      ['easy', 'easy'],
      ['hard', 'hard'],
      ['easy', 'hard'],
    ].map(([a, b]) => ({
      what: `RSA of networks that compute ${a} with those that compute ${b}`,
      values: overSeeds(results, RSA, 'hidden2', (mean) => mean(a, b)),
    }));
    return [...found, ...decoded, ...alike];
  },
  effects(results) {
    const follows = (predictivity: number): number[] => {
      const at = pointsOf(results).find((one) => one.predictivity === predictivity);
      if (!at) return [];
      const of = (label: string): number[] =>
        numbersOf(results, 'label', 'varianceExplained', { point: at.point, site: 'output', label });
      return minus(of('easy'), of('hard'));
    };
    return [
      {
        says: 'where the easy feature says nothing of the label, the network follows the hard one (variance of its answers: easy − hard)',
        values: follows(0.5),
        expect: 'below',
      },
      {
        says: 'where both are right in 90 %, it follows the easy one',
        values: follows(0.9),
        expect: 'above',
      },
      // The reduced form has no such point.
      ...(follows(0.8).length > 0
        ? [
            {
              says: 'an easy feature that is right in 80 % is preferred to a hard one that is right in 90 %',
              values: follows(0.8),
              expect: 'above' as const,
            },
          ]
        : []),
      {
        says: 'before training the easy feature can be decoded linearly from the last hidden layer',
        values: untrained(results, 'easy'),
        expect: 'above',
        than: 0.55,
      },
      {
        says: 'and the hard one cannot: it is decoded no better than by chance',
        values: untrained(results, 'hard'),
        expect: 'below',
        than: 0.55,
      },
      {
        says: 'networks that compute both features resemble those that compute the easy one more than those that compute the hard one (RSA)',
        values: overSeeds(results, RSA, 'hidden2', (mean) => mean('both', 'easy') - mean('both', 'hard')),
        expect: 'above',
      },
      {
        says: 'networks that compute the easy feature are more alike among themselves than those that compute the hard one (RSA)',
        values: overSeeds(results, RSA, 'hidden2', (mean) => mean('easy', 'easy') - mean('hard', 'hard')),
        expect: 'report',
      },
    ];
  },
  conclude: [
    'Which of two features a network follows is decided by how easy each is, and not only by how well it predicts: of equally good predictors the easy one wins by far.',
    'What wins is what could be read from the network before it was trained.',
    'A network that computes both features looks much like one that computes the easy one alone.',
  ],
  notConclude: [
    'That the hard feature is not learnt beside the easy one: it is in part, and can still be decoded.',
    'That decoding shows what is followed: the easy feature is decoded from networks that were trained on the hard one, too.',
    'That the easy feature of the paper is this one: here it is whether most of 16 bits are 1.',
  ],
  // Two points of five, with half of the replicates.
  reduced: (file) => ({
    ...file,
    stimuli: { ...file.stimuli, fit: 256, test: 256 },
    networks: Object.fromEntries(
      Object.entries(file.networks ?? {}).filter(([name]) => name !== 'untrained'),
    ),
    sweep: { [PREDICTIVITY]: [0.5, 0.9] },
    seeds: 4,
  }),
};

type Swept = Parameters<GalleryFigure['effects']>[0];

function pointsOf({ sweep }: Swept): { point: number; predictivity: number }[] {
  const points = sweep?.points ?? [];
  return points.map(({ values: [value] }, point) => ({ point, predictivity: Number(value) }));
}

function untrained(results: Swept, label: string): number[] {
  return numbersOf(results, 'label', 'probe.ridge.untrained', { site: 'hidden2', label });
}

export default figure;
