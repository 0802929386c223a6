import type { Results } from '../../src/protocol/results';
import { type Effect, type GalleryFigure, hasNetwork, minus, numbersOf, right } from './figure';

const [reward, hindsight, cloning] = ['reward', 'hindsight', 'cloning'];
const [trained, latent] = ['reach trained', 'reach latent'];
const SITE = 'layer1.residual';

/** Shares above who walks at random (0), or does so until the goal is in view (1). */
function above(results: Results, network: string, set: string, floor: 0 | 1): number[] {
  const { score } = results.asked?.[set].floors[floor] ?? { score: 0 };
  return right(results, network, set).map((share) => share - score);
}

/** How well a label is decoded where a move is about to be said. */
const decoded = (results: Results, network: string, label: string, part = ''): number[] =>
  numbersOf(results, network, `probe.logistic${part}`, { site: SITE, label });

const figure: GalleryFigure = {
  number: 25,
  example: 'gridworld-by-reinforcement',
  question:
    'A network finds its way by reward alone. Does it find what it only passed by, and does hindsight help?',
  source:
    'Lampinen and others (2025), arXiv 2509.16189; hindsight: Andrychowicz and others (2017), arXiv 1707.01495',
  pictures: [
    {
      panel: 'dynamics',
      choices: { Network: reward },
      figure: 'Training',
      caption:
        'By reward alone: share of ways that are gone to their end within twice the shortest way, and of first moves that are those of the document, over training.',
    },
    {
      panel: 'dynamics',
      choices: { Network: hindsight },
      figure: 'Training',
      caption:
        'With hindsight: an episode that came by something else is learned from as one that sought it.',
    },
    {
      panel: 'dynamics',
      choices: { Network: cloning },
      figure: 'Training',
      caption: 'The same network, trained to say the moves of shortest ways, asked the same.',
    },
  ],
  numbers: (results) =>
    [reward, hindsight, cloning].flatMap((network) => [
      ...Object.keys(results.asked ?? {}).map((set) => ({
        what: `${set}, ${network}`,
        values: right(results, network, set),
        range: 'share' as const,
      })),
      ...['north', 'north to latent', 'north to other'].flatMap((label) => [
        {
          what: `whether the way goes ${label}, decoded from ${SITE}, ${network} (balanced accuracy)`,
          values: decoded(results, network, label),
        },
        {
          what: `… from a random label for each place (control task)`,
          values: decoded(results, network, label, '.control'),
        },
      ]),
      {
        what: `RSA of ${SITE} with how far places are apart in the maze, ${network}, what is sought and the move held`,
        values: numbersOf(results, network, 'partialRsa', { site: SITE, label: 'geodesic' }),
      },
    ]),
  effects: (results) => {
    const found = (network: string): Effect => ({
      says: `${network}: goals of training are reached from new starts more often than by who walks at random (share above that floor)`,
      values: above(results, network, trained, 0),
      expect: 'above',
    });
    // The reduced file has this alone.
    if (!hasNetwork(results, hindsight)) return [found(reward)];
    return [
      found(reward),
      found(hindsight),
      {
        says: 'goals of training are reached from new starts more often by reward than by cloning (difference of shares)',
        values: minus(right(results, reward, trained), right(results, cloning, trained)),
        expect: 'report',
      },
      {
        says: 'by reward goals of training are reached more often than what was never sought (difference of shares)',
        values: minus(right(results, reward, trained), right(results, reward, latent)),
        expect: 'above',
      },
      {
        says: 'what was never sought is reached more often with hindsight than without (difference of shares, paired by seed)',
        values: minus(right(results, hindsight, latent), right(results, reward, latent)),
        expect: 'above',
      },
      ...[reward, hindsight, cloning].flatMap((network): Effect[] => [
        {
          says: `${network}: what was never sought is reached more often than by who walks at random (share above that floor)`,
          values: above(results, network, latent, 0),
          expect: 'report',
        },
        {
          says: `${network}: whether the way to what was never sought goes north is decoded better than a random label of each place, while something else is sought (difference of balanced accuracies)`,
          values: minus(
            decoded(results, network, 'north to latent'),
            decoded(results, network, 'north to latent', '.control'),
          ),
          expect: 'report',
        },
      ]),
    ];
  },
  conclude: [
    'Who is rewarded for what it sought alone finds that, from places where nothing of training began (89 %), and finds what it passed by (20 %) less often than who walks at random until it is in view does (29 %).',
    'Hindsight is a way out without retrieval: what was passed by is learned from as though it had been sought, and is found then (58 %).',
    'Decodable is not usable: whether the way to what was never sought goes north can be decoded to some extent while something else is sought (66 to 68 %; a random answer for each place 52 %), as well in arms that do not find it as in the one that does.',
  ],
  notConclude: [
    'That hindsight finds as well what was never sought as what was: it finds less of it.',
    'That cloning is the weaker way in general: these documents show shortest ways alone, from three fifths of the places of one maze, and who follows them hardly comes by the other places. Who acts by chance at first sees them all.',
    'That these numbers are the paper’s: it has 3,072 mazes of seven by seven rooms, several goals an episode, a network hundreds of times as large, and retrieval in place of hindsight, which it does not try. Here the maze is one.',
    'That a first move which differs from the document’s is wrong: of several shortest ways documents go one.',
    'That the networks have the way to what is not sought in mind: where one is decides it, and a probe that reads something of the place decodes something of the way from there. The way to another goal of training is decoded little better.',
  ],
  // Two goals, and less to see.
  reduced(file) {
    return {
      ...file,
      stimuli: {
        seed: 0,
        documents: {
          grid: { mazes: 1, objects: 3, latent: 1, view: 3, moves: 4, heldOut: 0.4, questions: 60 },
        },
      },
      networks: {
        [reward]: { training: { phases: [{ steps: 300, reinforcement: { most: 16 } }] } },
      },
      training: { ...file.training, batchSize: 16, checkpoints: 2 },
      seeds: 3,
      analyses: { at: file.analyses?.at, selectivity: { permutations: 0 } },
    };
  },
};
export default figure;
