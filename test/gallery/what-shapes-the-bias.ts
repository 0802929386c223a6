import { mainLayer } from '../../src/protocol/layers';
import type { Results } from '../../src/protocol/results';
import { resultsAt } from '../../src/protocol/results-at';
import { type Effect, type GalleryFigure, minus, numbersOf } from './figure';

const DROPOUT = 'training.dropout';
const HIDDEN = 'network.hidden';

/** A point of the sweep, with what it is called. */
interface Point {
  readonly point: number;
  readonly dropout: string;
  readonly layers: number;
  readonly called: string;
}

function pointsOf({ sweep }: Results): Point[] {
  if (!sweep) throw new Error('Nothing is swept.');
  const [byDropout, byHidden] = [DROPOUT, HIDDEN].map((path) => sweep.settings.indexOf(path));
  return sweep.points.map(({ values }, point) => {
    const dropout = values[byDropout];
    const layers = (JSON.parse(values[byHidden]) as number[]).length;
    return {
      point,
      dropout,
      layers,
      called: `${['', 'one hidden layer', 'two hidden layers', 'three hidden layers'][layers]}, dropout ${dropout}`,
    };
  });
}

/** The share of the last hidden layer that a task explains. */
function shares(results: Results, { point }: Point, label: string): number[] {
  const [{ layers }] = resultsAt(results, point).networks;
  return numbersOf(results, 'both', 'varianceExplained', { point, label, site: mainLayer(layers)?.name });
}

/** Whether every replicate computes both tasks: of others nothing is claimed. */
function computesBoth(results: Results, { point }: Point): boolean {
  return ['easy', 'hard'].every(
    (label) => Math.min(...numbersOf(results, 'both', 'accuracy', { point, label })) > 0.97,
  );
}

const figure: GalleryFigure = {
  number: 13,
  example: 'what-shapes-the-bias',
  question: 'What makes the bias towards easy features grow, shrink or turn: depth, dropout?',
  source: 'Lampinen and others (2024), arXiv 2405.05847',
  pictures: [
    {
      panel: 'sweep',
      caption:
        'Variance of the last hidden layer that each task explains, against dropout, a small picture for each depth; above it whether the tasks are computed at all.',
    },
  ],
  numbers: (results) =>
    pointsOf(results).flatMap((at) =>
      ['easy', 'hard'].map((label) => ({
        what: `${at.called}: ${label}`,
        values: shares(results, at, label),
      })),
    ),
  effects(results) {
    const points = pointsOf(results);
    const depths = [2, 3].map((layers) =>
      points.find((one) => one.layers === layers && one.dropout === '0.1'),
    );
    const [shallow, deep] = depths.flatMap((one) => one ?? []);
    return [
      {
        says: 'in networks as small as these the hard task takes more of the last of three hidden layers than of the last of two, where the paper found that depth widens the gap (dropout 0.1, difference of shares)',
        values: minus(shares(results, deep, 'hard'), shares(results, shallow, 'hard')),
        expect: 'above',
      },
      ...points.map((at): Effect => {
        const both = computesBoth(results, at);
        return {
          says: `${at.called}: easy explains more than hard${both ? '' : ' (not all replicates compute both tasks: nothing is claimed)'}`,
          values: minus(shares(results, at, 'easy'), shares(results, at, 'hard')),
          expect: both ? 'above' : 'report',
        };
      }),
    ];
  },
  conclude: [
    'The easy feature takes more variance in every network that computes both.',
    'How much more depends on depth and dropout, and not always as in larger networks: say of which networks one speaks.',
  ],
  notConclude: [
    'That depth narrows the gap: in the networks of the paper, which are larger, it widens it.',
    'Anything of points at which a task is not computed: there the shares say what was not learned.',
  ],
  // The shallowest networks that learn the hard task well, and the deepest.
  reduced: (file) => ({
    ...file,
    sweep: {
      [DROPOUT]: [0.1],
      [HIDDEN]: [
        [64, 64],
        [64, 64, 64],
      ],
    },
    analyses: { selectivity: { permutations: 0 } },
    seeds: 4,
  }),
};
export default figure;
