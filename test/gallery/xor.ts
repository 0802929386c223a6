import { overSeeds } from './pairs';
import { type GalleryFigure, numbersOf } from './figure';
import type { Results } from '../../src/protocol/results';

const RSA = 'rsa(euclidean, pearson)';
const ALONE = 'xor only';
const BESIDE = 'xor and and';

/** RSA of each replicate of a network with every other of its replicates. */
function others(results: Results, network: string): number[][] {
  const found = results.rsa.find(({ layer, metric }) => layer === 'hidden1' && metric === 'euclidean');
  if (!found) throw new Error('RDMs of hidden1 are not compared by Euclidean distance.');
  const replicates = found.labels.flatMap((label, at) => (label.startsWith(`${network}/`) ? [at] : []));
  return replicates.map((row) =>
    replicates.filter((column) => column !== row).map((column) => found.matrix[row][column] ?? NaN),
  );
}

const figure: GalleryFigure = {
  number: 5,
  example: 'xor',
  question:
    'The smallest networks that compute XOR, from eight seeds: do all of them find the same way to compute it?',
  source:
    'Lampinen, Chan, Li and Hermann (2025), arXiv 2507.22216, in the smallest networks; “Two ways to XOR” holds wider ones against circuits',
  pictures: [
    {
      panel: 'rsa',
      choices: { 'Compared by': 'RSA by Euclidean distance, Pearson' },
      figure: 'Similarity of networks',
      caption:
        'RSA of the hidden layer, replicate by replicate. Replicates of “xor only” are alike in groups, and opposite from group to group, though all of them compute the same.',
    },
    {
      panel: 'rsa',
      figure: 'Replicates on a plane',
      caption: 'The same as places on a plane.',
    },
  ],
  numbers: (results) => [
    ...[ALONE, BESIDE, 'untrained'].map((network) => ({
      what: `RSA of hidden1, “${network}” with itself`,
      values: overSeeds(results, RSA, 'hidden1', (mean) => mean(network, network)),
    })),
    ...['xor', 'and'].flatMap((label) =>
      [ALONE, BESIDE].map((network) => ({
        what: `variance of hidden1 of “${network}” that “${label}” explains`,
        values: numbersOf(results, network, 'varianceExplained', { site: 'hidden1', label }),
      })),
    ),
  ],
  effects: (results) => [
    {
      says: 'replicates of “xor only” have others that are unlike them (the lowest RSA of each with another)',
      values: others(results, ALONE).map((found) => Math.min(...found)),
      expect: 'below',
    },
    {
      says: 'and others that are like them: ways are found more than once (the highest RSA of each with another)',
      values: others(results, ALONE).map((found) => Math.max(...found)),
      expect: 'above',
      than: 0.5,
    },
    ...[ALONE, BESIDE].map((network) => ({
      says: `“${network}” computes XOR: its accuracy`,
      values: numbersOf(results, network, 'accuracy', { label: 'xor' }),
      expect: 'above' as const,
      than: 0.99,
    })),
    {
      says: 'asked for AND, too, replicates are more alike (“xor and and” with itself less “xor only” with itself)',
      values: overSeeds(results, RSA, 'hidden1', (mean) => mean(BESIDE, BESIDE) - mean(ALONE, ALONE)),
      expect: 'report',
    },
  ],
  conclude: [
    'Replicates that compute the same without an error need not be alike: there is more than one way to XOR, and the seed decides which is found.',
    'The mean similarity of replicates says little of the pairs: look at the matrix.',
  ],
  notConclude: [
    'That a network whose replicates are alike has only one way to do its task: of eight seeds rare ways are not seen.',
    'That the similarities are precise: RDMs of four stimuli have six numbers.',
  ],
  // Four stimuli cost next to nothing.
  reduced: (file) => file,
};
export default figure;
