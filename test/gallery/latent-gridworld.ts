import type { Results } from '../../src/protocol/results';
import { type GalleryFigure, minus, numbersOf, right } from './figure';

const network = 'baseline';

/** Share of the variance of the last layer that the way explains, where the network is about to say a move. */
const explained = (results: Results, label: string): number[] =>
  numbersOf(results, network, 'varianceExplained', { site: 'layer2.residual', label });

const floor = (results: Results, set: string, at: number): number =>
  results.asked?.[set].floors[at]?.score ?? 0;

const figure: GalleryFigure = {
  number: 24,
  example: 'latent-gridworld',
  question: 'Does a network find what it passed by on its ways and never sought?',
  source: 'Lampinen and others (2025), arXiv 2509.16189; mazes as of Chan and others (2022)',
  pictures: [
    {
      panel: 'dynamics',
      figure: 'Training',
      caption:
        'Share of ways that are gone to their end by the network’s own moves within twice the shortest way, and of first moves that are right, over training: to goals of training, and to objects that it passed by in the same mazes and never sought.',
    },
  ],
  numbers: (results) => [
    ...Object.keys(results.asked ?? {}).map((set) => ({
      what: set,
      values: right(results, network, set),
      range: 'share' as const,
    })),
    ...['way', 'way to latent', 'way to other'].map((label) => ({
      what: `variance of layer2.residual that the ${label} explains, while a goal of training is sought`,
      values: explained(results, label),
    })),
  ],
  effects: (results) => [
    {
      says: 'goals of training are reached from new starts more often than objects that were never sought (difference of shares)',
      values: minus(right(results, network, 'reach trained'), right(results, network, 'reach latent')),
      expect: 'above',
    },
    {
      says: 'goals of training are reached more often than by who walks at random until the goal is in view (share above that floor)',
      values: right(results, network, 'reach trained').map(
        (share) => share - floor(results, 'reach trained', 1),
      ),
      expect: 'report',
    },
    {
      says: 'objects that were never sought are reached more often than by who walks at random (share above that floor)',
      values: right(results, network, 'reach latent').map(
        (share) => share - floor(results, 'reach latent', 0),
      ),
      expect: 'report',
    },
    {
      says: 'while a goal is sought, the way to it explains more of the last layer than the way to an object that was never sought (difference of shares of variance)',
      values: minus(explained(results, 'way'), explained(results, 'way to latent')),
      expect: 'report',
    },
    {
      says: 'the way to another goal of training explains more of it than the way to an object that was never sought (difference of shares of variance)',
      values: minus(explained(results, 'way to other'), explained(results, 'way to latent')),
      expect: 'report',
    },
  ],
  conclude: [
    'What is passed by on the way to something else is in the training documents, and is not found when it is sought: no more often than by who walks at random until it is in view.',
  ],
  notConclude: [
    'That the network knows nothing of where these objects lie: it is trained to say what will be seen, objects among it.',
    'That goals of training are reached by a map of the maze: no way of training begins at these starts, but some pass through them.',
    'That these numbers are the paper’s: it has a hundred mazes of five by five rooms, views of five by five places and a network hundreds of times as large. Here a third of the goals of training are missed, too.',
    'That a way which shows what is sought would not help: whether it does where it is brought into the context is asked by the figure “Gridworld with retrieval”.',
    'That a first move which differs from the document’s is wrong: of several shortest ways documents go one.',
  ],
  // Two mazes, and a narrower network.
  reduced(file) {
    return {
      ...file,
      stimuli: {
        seed: 0,
        documents: { grid: { mazes: 2, rooms: 2, objects: 6, latent: 2, view: 3, questions: 14 } },
      },
      network: { transformer: { layers: 2, width: 32, heads: 4 } },
      training: { ...file.training, steps: 300, batchSize: 32, checkpoints: 2 },
      seeds: 3,
      analyses: { ...file.analyses, selectivity: { permutations: 0 } },
    };
  },
};
export default figure;
