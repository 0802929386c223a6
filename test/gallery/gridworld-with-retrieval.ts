import type { Results } from '../../src/protocol/results';
import { readExperiment } from '../../src/sources/read-experiment';
import { drawWorld, movesAllowed, placesOf, type GridSettings } from '../../src/stimuli/documents/grid-world';
import { drawDocuments } from '../../src/stimuli/documents/kinds';
import { distancesTo, isInView } from '../../src/stimuli/documents/maze';
import { type Effect, type GalleryFigure, minus, right } from './figure';

const NETWORKS = ['nothing', 'a way at random', 'a way that shows it'];
const [nothing, random, shows] = NETWORKS;
const SOUGHT = ['trained', 'latent'] as const;

/** What an oracle may bring before a way is gone: means over ways. */
interface Brought {
  /** The share with which one gets there in time who goes the shortest way to some place of it, follows it until what is sought is in sight, and goes there. */
  readonly followed: number;
  /** The share that seeks the same. */
  readonly same: number;
}

function broughtTo(results: Results, sought: (typeof SOUGHT)[number]): Brought {
  const { experiment } = readExperiment(results.experiment);
  const plan = experiment?.stimuli.documents?.plan;
  if (!experiment || !plan) throw new Error('These are no documents.');
  const settings = plan.settings as GridSettings;
  const { seed } = experiment.stimuli;
  const corpus = drawDocuments(plan, seed);
  const world = drawWorld(settings, seed);
  const ways = world.asked[sought].reach;
  const all = ways.map((way, document) => {
    const maze = world.mazes[way.maze];
    const aside = distancesTo(maze, way.start);
    const others = [...corpus.relevant(`reach ${sought}`, document)].map((at) => world.train[at]);
    const moves = others.map((other) => {
      const places = placesOf(world, other, settings.moves);
      const inSight = places.flatMap((place, step) =>
        isInView(maze, place, maze.objects[way.goal], settings.view) ? [step] : [],
      );
      return Math.min(
        ...inSight.flatMap((step) =>
          places
            .slice(0, step + 1)
            .map((place, from) => aside[place] + step - from + maze.to[way.goal][places[step]]),
        ),
      );
    });
    const count = Math.max(1, others.length);
    return {
      followed: moves.filter((one) => one <= movesAllowed(world, way)).length / count,
      same: others.filter(({ goal }) => goal === way.goal).length / count,
    };
  });
  const mean = (of: keyof Brought): number => all.reduce((sum, one) => sum + one[of], 0) / all.length;
  return { followed: mean('followed'), same: mean('same') };
}

const figure: GalleryFigure = {
  number: 24.5,
  example: 'gridworld-with-retrieval',
  question:
    'A way that passed by an object is brought before the object is sought. Does a network find what it never sought then?',
  source: 'Lampinen and others (2025), arXiv 2509.16189; mazes as of Chan and others (2022)',
  pictures: [
    {
      panel: 'overview',
      caption:
        'Share of ways that are gone to their end by the network’s own moves within twice the shortest way (reach), and of first moves that are those of the document (move), to goals of training and to what was never sought; and the share of variance of each layer that the way explains, where the network is about to say a move.',
    },
    {
      panel: 'dynamics',
      choices: { Network: shows },
      figure: 'Training',
      caption:
        'With a way before each document that comes within sight of what is sought: the same over training.',
    },
  ],
  numbers: (results) =>
    ['move to trained', 'reach trained', 'move to latent', 'reach latent']
      .flatMap((set) =>
        NETWORKS.map((network) => ({
          what: `${set}, ${network}`,
          values: right(results, network, set),
          range: 'share' as const,
        })),
      )
      .concat(
        SOUGHT.map((sought) => ({
          what: `what may be brought before “reach ${sought}”: share that seeks the same`,
          values: [broughtTo(results, sought).same],
          range: 'share' as const,
        })),
      ),
  effects: (results) => [
    ...SOUGHT.toReversed().flatMap((sought): Effect[] =>
      [`reach ${sought}`, `move to ${sought}`].flatMap((set): Effect[] => [
        {
          says: `${set}: more often with a way that shows it than with one at random (difference of shares)`,
          values: minus(right(results, shows, set), right(results, random, set)),
          expect: 'report',
        },
        {
          says: `${set}: more often with a way that shows it than with nothing (difference of shares)`,
          values: minus(right(results, shows, set), right(results, nothing, set)),
          expect: 'report',
        },
      ]),
    ),
    {
      says: 'who goes to the nearest place of what is brought and follows it gets in time to what was never sought (share of ways)',
      values: [broughtTo(results, 'latent').followed],
      expect: 'above',
      than: 0.9,
      exact: true,
    },
  ],
  conclude: [
    'That a way to what was never sought is brought does not make these networks find it: they get to 10 % of it with such a way, to 14 % with one at random and to 11 % with nothing. It is not the oracle’s fault: who followed the way that is brought would get to all.',
    'What is brought seems to be looked at where it can be copied: with a way that shows it goals of training are reached in 29 % in place of 22 %, and first moves are those of the document in 56 % in place of 43 to 46 % (three replicates; against a way at random the intervals hold 0). Half of what is brought there seeks the same; of what was never sought none does.',
  ],
  notConclude: [
    'That retrieval does not help in gridworlds: the paper finds that it clearly does, in a network of 12 layers and a thousand times as many weights. To use a way that sought something else one has to find in it what is sought, and oneself: these networks learn the first step of that at most.',
    'That it is the number of steps, or that training shows ways that can be copied: of 2,400 steps, 64 mazes, a width of 64, and in training none but ways that seek something else, one replicate got to 38 % of the goals of training and to 17 % of what was never sought. With the 8 mazes of “Latent gridworld”, of 1,600 steps, one got to 57 and 20 %, where three without retrieval got to 66 and 17 %: few mazes are learned by heart.',
    'That goals of training are found here: with 32 mazes and few steps who walks at random until the goal is in view is as good as a network that is brought nothing (21 and 22 %).',
  ],
  // Few mazes, and steps.
  reduced: (file) => ({
    ...file,
    stimuli: {
      seed: 0,
      documents: { grid: { mazes: 4, rooms: 2, objects: 6, latent: 2, view: 3, questions: 14 } },
    },
    training: { ...file.training, steps: 60, batchSize: 16, checkpoints: 2 },
    seeds: 2,
  }),
};
export default figure;
