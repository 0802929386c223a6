import type { Results } from '../../src/protocol/results';
import { type GalleryFigure, minus, numbersOf, smaller } from './figure';

/** Of a change, at a dose. */
const at = (results: Results, network: string, measure: string, label: string, dose: string): number[] =>
  numbersOf(results, network, `change.${measure}`, { label, part: dose });

const figure: GalleryFigure = {
  number: 17,
  example: 'causal-check',
  question:
    'What does each output depend on? States are moved along a feature, held, and rebuilt from few components.',
  source: 'Lampinen, Chan, Li and Hermann (2025), arXiv 2507.22216',
  pictures: [
    {
      panel: 'interventions',
      caption:
        'What is left of each task, by dose of each change of the last hidden layer: moved along a feature, with the units held at 0 that prefer easy, and rebuilt from its first components; beside them as much changed at random.',
    },
  ],
  numbers: (results) => [
    ...['easy', 'hard'].flatMap((along) =>
      ['0.5', '1'].map((dose) => ({
        what: `answers of ${along} flipped by ${dose} times the difference of the means of ${along}`,
        values: at(results, `steer ${along}`, 'flips', along, dose),
        range: 'share' as const,
      })),
    ),
    ...['1', '2', '3', '4'].flatMap((count) =>
      ['easy', 'hard'].map((label) => ({
        what: `accuracy of ${label} from ${count === '1' ? 'one component' : `${count} components`}`,
        values: at(results, 'rebuild', 'accuracy', label, count),
        range: 'share' as const,
      })),
    ),
  ],
  effects: (results) => [
    {
      says: 'from the first component alone easy is answered, and hard is not (difference of accuracies)',
      values: minus(
        at(results, 'rebuild', 'accuracy', 'easy', '1'),
        at(results, 'rebuild', 'accuracy', 'hard', '1'),
      ),
      expect: 'above',
      than: 0.2,
    },
    ...[
      ['easy', 'hard'],
      ['hard', 'easy'],
    ].flatMap(([own, other]) => [
      {
        says: `moved by the difference of the means of ${own}, its answers flip (share)`,
        values: at(results, `steer ${own}`, 'flips', own, '1'),
        range: 'share' as const,
        expect: 'above' as const,
        than: 0.85,
      },
      {
        says: `and those of ${other} do not (share)`,
        values: at(results, `steer ${own}`, 'flips', other, '1'),
        range: 'share' as const,
        expect: 'below' as const,
        than: 0.1,
      },
    ]),
  ],
  conclude: [
    'Each output depends on its own direction, the hard one as much as the easy one, whatever variance they take.',
    'A picture of the first component keeps the easy feature and loses the hard one.',
  ],
  notConclude: [
    'That what is moved is how the network uses it: a shift along the means is one way to flip an output.',
    'That large doses say anything of natural states: look at how far states are moved from those that occur.',
  ],
  // Everything by half, as of "Easy and hard features".
  reduced(file) {
    const { both = {}, 'steer easy': easy = {}, 'steer hard': hard = {}, rebuild = {} } = file.networks ?? {};
    return {
      ...smaller(file, { noise: 6, hidden: [128, 64, 32, 32], batchSize: 512 }),
      networks: { both, 'steer easy': easy, 'steer hard': hard, rebuild },
      analyses: { selectivity: { permutations: 0 } },
      seeds: 4,
    };
  },
};
export default figure;
