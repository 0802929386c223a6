import type { Results } from '../../src/protocol/results';
import { type GalleryFigure, minus, numbersOf, smaller } from './figure';

const site = 'hidden4';
const of = (results: Results, network: string, measure: string, label?: string): number[] =>
  numbersOf(results, network, measure, label === undefined ? { site } : { site, label });
const gap = (results: Results, network: string): number[] =>
  minus(of(results, network, 'varianceExplained', 'easy'), of(results, network, 'varianceExplained', 'hard'));

const figure: GalleryFigure = {
  number: 15,
  example: 'same-function-any-geometry',
  question:
    'The same function in other weights: units scaled, copied, added unread. What is left of the shares of variance that easy and hard features take?',
  source: 'Theiss, Braun, Saxe and Grant (2026)',
  pictures: [
    {
      panel: 'interventions',
      figure: 'The same function',
      caption:
        'The range that shares of variance, components, RSA and CKA take while no output changes, with what they are in the network as it was trained.',
    },
    {
      panel: 'overview',
      caption:
        'The trained network, and its balanced form: norms in and out equal, copies merged, unread units dropped.',
    },
  ],
  numbers: (results) => [
    ...['easy', 'hard'].flatMap((label) => [
      {
        what: `${label}, as trained: share of ${site}`,
        values: of(results, 'both', 'varianceExplained', label),
      },
      {
        what: `${label}, least of the same function`,
        values: of(results, 'rewritten', 'range.varianceExplained.least', label),
      },
      {
        what: `${label}, most of the same function`,
        values: of(results, 'rewritten', 'range.varianceExplained.most', label),
      },
      {
        what: `${label}, in the balanced form`,
        values: of(results, 'balanced', 'varianceExplained', label),
      },
    ]),
  ],
  effects: (results) => [
    {
      says: 'the same function has weights in which easy explains far more of the last hidden layer than in others (most less least)',
      values: minus(
        of(results, 'rewritten', 'range.varianceExplained.most', 'easy'),
        of(results, 'rewritten', 'range.varianceExplained.least', 'easy'),
      ),
      expect: 'above',
      than: 0.2,
    },
    {
      says: 'and yet no output changes (largest change, of the largest output)',
      values: numbersOf(results, 'rewritten', 'change.outputs'),
      expect: 'below',
      than: 1e-3,
    },
    {
      says: 'in the balanced form easy still explains more than hard (difference of shares)',
      values: gap(results, 'balanced'),
      expect: 'above',
    },
    {
      says: 'as it did in the network as it was trained (difference of shares)',
      values: gap(results, 'both'),
      expect: 'above',
    },
  ],
  conclude: [
    'Shares of variance are no property of the function: weights that leave every output as it is can make them nearly anything.',
    'Here training had balanced the weights: in the balanced form, in which a unit is as large as what it contributes, the bias is what it was, so it is one of contributions.',
  ],
  notConclude: [
    'That the bias is an artefact of scales: it is there in the balanced form.',
    'That a balanced form is the true one: for one hidden ReLU layer it is the least-norm form, layer by layer it is a heuristic.',
  ],
  // Everything by half, as of "Easy and hard features".
  reduced: (file) => ({
    ...smaller(file, { noise: 6, hidden: [128, 64, 32, 32], batchSize: 512 }),
    analyses: { ...file.analyses, selectivity: { permutations: 0 } },
    seeds: 4,
  }),
};
export default figure;
