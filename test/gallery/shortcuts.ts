import { normalQuantile } from '../../src/numerics/normal-quantile';
import type { Results } from '../../src/protocol/results';
import { type GalleryFigure, minus, numbersOf } from './figure';

const PREDICTIVITY = 'stimuli.features.shortcut.agrees.probability';
const AVAILABILITY = 'stimuli.features.shortcut.amplification';
/** How often the sign of the core feature is right. */
const CORE = 0.9;
const NETWORKS = ['relu', 'linear'];

const figure: GalleryFigure = {
  number: 11,
  example: 'shortcuts',
  question:
    'A core feature predicts a label in 90 % of the stimuli, a shortcut in up to as many, and the shortcut is easier to see in the inputs. Does a network follow it more than the optimal classifier would?',
  source: 'Hermann, Mobahi, Fel and Mozer (2023), arXiv 2310.16228',
  recipe:
    'From the paper are the stimuli (two latent numbers in 100 inputs, 3,200 of them, the core feature right in 90 %), the optimal classifier that bias is held against, and the comparison of a linear network with one of a hidden layer. Our own are the width of that layer, the optimizer and how long is trained, and the measure: bias is of the variance of the answers on fresh stimuli, where the paper’s is of decisions over a grid of both features (the program in PyTorch gives both).',
  pictures: [
    {
      panel: 'sweep',
      choices: { Layer: 'output', Labels: 'Tasks and features', Against: 'amplification' },
      caption:
        'Variance of the answers that each feature explains, against the availability of the shortcut, a small picture for how often the shortcut was right in training.',
    },
    {
      panel: 'sweep',
      choices: { Layer: 'output', Labels: 'Tasks and features', Against: 'amplification' },
      figure: 'Variance explained over',
      caption:
        'The same as maps: availability of the shortcut across, how often it was right upwards. Colours change upwards, and next to nothing across.',
    },
  ],
  numbers: (results) =>
    NETWORKS.flatMap((network) =>
      pointsOf(results).map(({ point, predictivity, availability }) => ({
        what: `${network}, shortcut right in ${Math.round(100 * predictivity)} %, ${availability} times as strong: bias`,
        values: bias(results, network, point, predictivity),
      })),
    ),
  effects(results) {
    const points = pointsOf(results);
    const most = Math.max(...points.map(({ availability }) => availability));
    const at = (network: string, predictivity: number, availability: number): number[] => {
      const found = points.find(
        (one) => one.predictivity === predictivity && one.availability === availability,
      );
      return found ? bias(results, network, found.point, predictivity) : [];
    };
    const grows = (network: string): number[] => minus(at(network, CORE, most), at(network, CORE, 1));
    const reliance = (predictivity: number): number[] =>
      at('relu', predictivity, 1).map((value) => value + optimal(predictivity));
    return [
      {
        says: `bias of the network with a hidden layer of ReLU, the shortcut ${most} times as strong (the paper: above 0)`,
        values: at('relu', CORE, most),
        expect: 'report',
      },
      {
        says: 'a network relies on the shortcut more where that was right more often in training (90 % against 60 %)',
        values: minus(reliance(CORE), reliance(0.6)),
        expect: 'above',
      },
      ...[
        { expect: 'below' as const, than: 0.1 },
        { expect: 'above' as const, than: -0.1 },
      ].map((side) => ({
        says: `the converged linear network has next to no bias, however available the shortcut is (within ±.1, ${most} times as strong)`,
        values: at('linear', CORE, most),
        ...side,
      })),
      ...NETWORKS.map((network) => ({
        says: `${network} answers by the core feature where the shortcut says nothing: its accuracy on fresh stimuli`,
        values: numbersOf(results, network, 'accuracy', { label: 'the label' }),
        expect: 'above' as const,
        than: 0.8,
      })),
      {
        says: `how much its bias grows from 1 to ${most} times (the paper: above 0)`,
        values: grows('relu'),
        expect: 'report',
      },
      {
        says: 'how much that of the linear network grows (the paper: not at all)',
        values: grows('linear'),
        expect: 'report',
      },
    ];
  },
  conclude: [
    'How much a network relies on a shortcut follows how often it was right, as for the optimal classifier.',
    'Reliance says something only beside that of the optimal classifier: where the shortcut predicts the label, some of it is no bias.',
  ],
  notConclude: [
    'That availability never matters: here networks with one hidden layer were trained to the end on stimuli without noise, where they come close to the optimal classifier. The recipe is not the paper’s (see above); with this one the bias is small, as the numbers say.',
    'That a bias before convergence is one of the architecture: an unconverged linear network shows one, too.',
    'That intervals over replicates say how far a bias is from that of another draw of stimuli: the program in PyTorch, which draws its own 3,200, has both networks above those of RepScope at all nine points, by up to .03 where the shortcut is right in 60 or 75 %, by .04 to .08 where it is right in 90 %. What they share is the direction: there the bias grows with availability by a little (1 to 10 times: ReLU .03 and .06, linear .05 and .09), and a hidden layer of ReLU does not make it grow more. (In PyTorch ReLU is a little above the linear network at 60 and 75 %, 10 times as strong, and below it at 90 %, for answers as for decisions over a grid.)',
  ],
  // The corners of the grid.
  reduced: (file) => ({
    ...file,
    stimuli: { ...file.stimuli, fit: 256, test: 512 },
    sweep: { [PREDICTIVITY]: [0.6, CORE], [AVAILABILITY]: [1, 10] },
    seeds: 2,
  }),
};

function pointsOf({ sweep }: Results): { point: number; predictivity: number; availability: number }[] {
  const points = sweep?.points ?? [];
  return points.map(({ values: [predictivity, availability] }, point) => ({
    point,
    predictivity: Number(predictivity),
    availability: Number(availability),
  }));
}

/** The share of the shortcut in what both features explain of the answers, above that of the optimal classifier. */
function bias(results: Results, network: string, point: number, predictivity: number): number[] {
  const of = (label: string): number[] =>
    numbersOf(results, network, 'varianceExplained', { point, site: 'output', label });
  const core = of('core');
  return of('shortcut').map((value, at) => value / (value + core[at]) - optimal(predictivity));
}

/**
 * The same of linear discriminant analysis, in closed form: features of variance 1 within classes with means ±μ, μ = Φ⁻¹(predictivity), have the weights μ. On fresh
 * stimuli the core has the variance 1 + μ², the shortcut (independent of the label there) 1.
 */
function optimal(predictivity: number): number {
  const [core, shortcut] = [CORE, predictivity].map((p) => normalQuantile(p) ** 2);
  return shortcut / (shortcut + core * (1 + core));
}

export default figure;
