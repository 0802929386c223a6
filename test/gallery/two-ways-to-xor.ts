import { fitted, only, similarity } from '../../src/analysis/inference/fit';
import { comparisonsOf } from '../../src/protocol/pair-results';
import type { Results } from '../../src/protocol/results';
import { type GalleryFigure, minus, numbersOf } from './figure';

const first = 'and, or';
const second = 'a not b, b not a';
/** Networks that are trained on XOR alone, and on the gates of one circuit beside it. */
const asked = ['trained', `trained on ${first}`, `trained on ${second}`] as const;
/** The feature itself, and what it can be computed from. */
const labels = ['xor', 'and', 'or', 'a not b', 'b not a'] as const;

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

/** How much of each circuit is in the hidden layer of a network. */
interface Mixed {
  /** Weight of the first circuit, of both: 1 where the layer is all of its kind, 0 where it is all of the other's. */
  readonly share: number;
  /** Linear CKA of the layer with the weighted sum. */
  readonly fit: number;
}

/**
 * Each replicate of a network as a sum of the circuits, weights of 0 or more, by least squares. What is summed are doubly centred RDMs of squared distances (those of units add up), whose
 * cosine is linear CKA; those of the two circuits are equally long, as one is the other with b turned round.
 */
function mixed(results: Results, network: string): Mixed[] {
  const found = comparisonsOf(results).find(
    ({ layer, measure }) => layer === 'hidden1' && measure === 'linearCka',
  );
  if (!found) throw new Error('Replicates are not compared by linear CKA in hidden1.');
  const { labels: replicates, matrix } = found;
  const size = replicates.length;
  const gram = { rows: size, cols: size, data: Float64Array.from(matrix.flat(), (value) => value ?? NaN) };
  const products = { gram, norms: new Float64Array(size).fill(1) };
  const circuits = [first, second].map((name) => replicates.indexOf(`${name}/0`));
  return replicates.flatMap((label, at) => {
    if (!label.startsWith(`${network}/`)) return [];
    const weights = fitted(products, circuits, only(size, at), 'nonNegative');
    const fit = weights && similarity(products, weights, only(size, at));
    if (!weights || fit === null) throw new Error(`${label} is no sum of the circuits.`);
    const [one, other] = circuits.map((circuit) => weights[circuit]);
    return [{ share: one / (one + other), fit }];
  });
}

const shares = (results: Results, network: string): number[] =>
  mixed(results, network).map(({ share }) => share);

const explained = (results: Results, label: string): number[] =>
  numbersOf(results, 'trained', 'varianceExplained', { site: 'hidden1', label });

const figure: GalleryFigure = {
  number: 5,
  example: 'two-ways-to-xor',
  question:
    'Two circuits compute XOR without an error, through {AND, OR} and through {A∧¬B, ¬A∧B}. How alike do their hidden units look, which do trained networks resemble, and how much of each is in them?',
  source: 'Lampinen, Chan, Li and Hermann (2025), arXiv 2507.22216',
  pictures: [
    {
      panel: 'rsa',
      choices: { 'Compared by': 'RSA by Euclidean distance, Pearson' },
      figure: 'Similarity of networks',
      caption:
        'RSA of the hidden layer, replicate by replicate: the two circuits are opposite, networks trained on XOR alone are mostly like the second and unlike the first, networks that are asked for gates of a circuit, too, like that one.',
    },
    {
      panel: 'rsa',
      figure: 'Replicates on a plane',
      caption:
        'The same as places on a plane: networks trained on XOR alone lie about the second circuit, and not all do; those of other tasks lie about the circuit of theirs.',
    },
  ],
  numbers: (results) => [
    ...asked.flatMap((network) =>
      [first, second].map((circuit) => ({
        what: `RSA of “${circuit}” with each network “${network}”`,
        values: likeness(results, circuit, network),
      })),
    ),
    ...[...asked, 'untrained'].flatMap((network) => [
      {
        what: `“${network}” as a sum of the circuits: weight of {AND, OR} (1: all of this kind; 0: all of the other)`,
        values: shares(results, network),
      },
      {
        what: `“${network}”: linear CKA with that sum`,
        values: mixed(results, network).map(({ fit }) => fit),
      },
    ]),
    ...['a', 'b', ...labels].map((label) => ({
      what: `variance of hidden1 of “trained” that “${label}” explains`,
      values: explained(results, label),
    })),
    ...labels.map((label) => ({
      what: `RSA of hidden1 of “trained” with the RDM of “${label}”`,
      values: numbersOf(results, 'trained', 'modelRsa', { site: 'hidden1', label }),
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
    ...[first, second, ...asked].map((network) => ({
      says: `“${network}” computes XOR: its accuracy`,
      values: numbersOf(results, network, 'accuracy', { label: 'xor' }),
      expect: 'above' as const,
      than: 0.99,
      exact: true as const,
    })),
    {
      says: 'trained networks are more like {A∧¬B, ¬A∧B} than like {AND, OR} (difference of RSA)',
      values: minus(likeness(results, second, 'trained'), likeness(results, first, 'trained')),
      expect: 'above',
    },
    {
      says: 'as a sum of the two circuits, {AND, OR} has less than half of their weight (on average)',
      values: shares(results, 'trained'),
      expect: 'below',
      than: 0.5,
    },
    {
      says: 'and yet some: on average they are not all of one kind',
      values: shares(results, 'trained'),
      expect: 'above',
    },
    {
      says: 'asked for AND and OR beside XOR, networks are mostly of that kind (weight of {AND, OR})',
      values: shares(results, asked[1]),
      expect: 'above',
      than: 0.5,
    },
    {
      says: 'asked for A∧¬B and ¬A∧B beside XOR, they are all but wholly of the other (weight of {AND, OR})',
      values: shares(results, asked[2]),
      expect: 'below',
      than: 0.1,
    },
    ...(['and', 'or', 'a not b', 'b not a'] as const).map((label) => ({
      says: `in networks trained on XOR alone “${label}” explains more of the hidden layer than “xor” does (difference of shares)`,
      values: minus(explained(results, label), explained(results, 'xor')),
      expect: label.includes('not') ? ('above' as const) : ('report' as const),
    })),
  ],
  conclude: [
    'The same computation through other sub-components can look opposite to RSA: unlike representations need not mean unlike functions.',
    'Replicates of one network differ in the way they take, and so are not alike, though all compute the same.',
    'Trained on XOR alone, networks take a mixture, mostly of {A∧¬B, ¬A∧B}; what else they are asked for decides: with AND and OR among their tasks they go over to the other way, with the answer to XOR as before.',
    'What the feature is computed from can take more of a layer than the feature itself, though nothing but the feature is asked for.',
  ],
  notConclude: [
    'That networks in general take the second way: these have 16 ReLU units, and all four stimuli.',
    'That a likeness to one circuit means that its gates are there: RDMs of four stimuli have six numbers, and of untrained networks, too, most is a sum of the two circuits.',
  ],
  // A circuit costs nothing, and four stimuli next to nothing.
  reduced: (file) => file,
};
export default figure;
