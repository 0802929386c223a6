import type { Results } from '../../src/protocol/results';
import { type GalleryFigure, minus, numbersOf } from './figure';

const first = 'and, or';
const second = 'a not b, b not a';

/** Of 00, 01, 10, 11 through {and, or}: 1, 1, √2, 0, 1, 1 apart; through the other two gates 1, 1, 0, √2, 1, 1. Pearson's r of the two lists. */
const byAlgebra = ((): number => {
  const mean = (4 + Math.SQRT2) / 6;
  const same = 4 * (1 - mean) ** 2;
  return (same + 2 * (Math.SQRT2 - mean) * -mean) / (same + (Math.SQRT2 - mean) ** 2 + mean ** 2);
})();

/** RSA (Euclidean distance, Pearson) of a circuit, which is the same for every seed, with each replicate of a network. */
function likeness(results: Results, circuit: string, network: string): number[] {
  const found = results.rsa.find(({ layer, metric }) => layer === 'hidden1' && metric === 'euclidean');
  if (!found) throw new Error('RDMs of hidden1 are not compared by Euclidean distance.');
  const row = found.matrix[found.labels.indexOf(`${circuit}/0`)];
  return found.labels.flatMap((label, at) => (label.startsWith(`${network}/`) ? [row[at] ?? NaN] : []));
}

const figure: GalleryFigure = {
  number: 5,
  example: 'two-ways-to-xor',
  question:
    'Two circuits compute XOR without an error, through {AND, OR} and through {A∧¬B, ¬A∧B}. How alike do their hidden units look, and which do trained networks resemble?',
  source: 'Lampinen, Chan, Li and Hermann (2025), arXiv 2507.22216',
  pictures: [
    {
      panel: 'rsa',
      choices: { 'Compared by': 'RSA by Euclidean distance, Pearson' },
      figure: 'Similarity of networks',
      caption:
        'RSA of the hidden layer, replicate by replicate: the two circuits are opposite, trained networks are mostly like the second and unlike the first.',
    },
    {
      panel: 'rsa',
      figure: 'Replicates on a plane',
      caption:
        'The same as places on a plane: trained networks lie about the second circuit, and not all do.',
    },
  ],
  numbers: (results) => [
    ...[first, second].map((circuit) => ({
      what: `RSA of “${circuit}” with each trained network`,
      values: likeness(results, circuit, 'trained'),
    })),
    ...['a', 'b', 'xor'].map((label) => ({
      what: `variance of hidden1 of trained networks that ${label} explains`,
      values: numbersOf(results, 'trained', 'varianceExplained', { site: 'hidden1', label }),
    })),
  ],
  effects: (results) => [
    {
      says: 'the Euclidean RDMs of the two circuits correlate at about −0.8 (here: their correlation)',
      values: likeness(results, first, second),
      expect: 'below',
      than: -0.79,
      exact: true,
    },
    {
      says: 'that is what algebra says of the four stimuli (distance from it)',
      values: likeness(results, first, second).map((found) => Math.abs(found - byAlgebra)),
      expect: 'below',
      than: 1e-12,
      exact: true,
    },
    ...[first, second, 'trained'].map((network) => ({
      says: `“${network}” computes XOR: its accuracy`,
      values: numbersOf(results, network, 'accuracy', { label: 'xor' }),
      expect: 'above' as const,
      than: 0.99,
      exact: true as const,
    })),
    {
      says: 'trained networks are more like {A∧¬B, ¬A∧B} than like {AND, OR} (difference of RSA)',
      values: minus(likeness(results, second, 'trained'), likeness(results, first, 'trained')),
      expect: 'report',
    },
  ],
  conclude: [
    'The same computation through other sub-components can look opposite to RSA: unlike representations need not mean unlike functions.',
    'Replicates of one network differ in the way they take, and so are not alike, though all compute the same.',
  ],
  notConclude: [
    'That networks in general take the second way: these have 16 ReLU units, and all four stimuli.',
    'That a likeness to one circuit means that its gates are there: RDMs of four stimuli have six numbers.',
  ],
  // A circuit costs nothing, and four stimuli next to nothing.
  reduced: (file) => file,
};
export default figure;
