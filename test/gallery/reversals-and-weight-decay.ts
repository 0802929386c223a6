import type { AskedResults, Results } from '../../src/protocol/results';
import { type Effect, fewReversals, type GalleryFigure, minus } from './figure';
import { floorOf, sweptAnswers } from './swept-answers';

const network = 'transformer';

interface Point {
  readonly where: string;
  readonly greedy: readonly number[];
  readonly asked: AskedResults;
}

function points(results: Results, set: string): Point[] {
  return sweptAnswers(results, network, set).map(({ values: [decay, tied], greedy, asked }) => ({
    where: `weight decay ${decay}, ${tied === 'true' ? 'tied' : 'untied'}`,
    greedy,
    asked,
  }));
}

const NO_TWO = 'that no two entities have the same answer';

/** Of each replicate the greatest, or the least, over all points. */
function over(all: readonly Point[], of: (...values: number[]) => number): number[] {
  return (all[0]?.greedy ?? []).map((_, replicate) => of(...all.map(({ greedy }) => greedy[replicate])));
}

const figure: GalleryFigure = {
  number: 30,
  example: 'reversals-and-weight-decay',
  question: 'Does weight decay turn round what was learned in one direction?',
  source:
    'Kim and others (2025), arXiv 2509.21993; the facts of Lampinen and others (2025), arXiv 2509.16189',
  recipe:
    'There networks of twelve layers learn eight relations of kin in a thousand families; a relation that is left out follows from others, too. Here relations are random permutations, so that nothing but the inverse tells it, and the network has two layers.',
  pictures: [
    {
      panel: 'sweep',
      choices: { 'Evaluation set': 'reversal', Against: 'weightDecay' },
      figure: 'Answers to reversal',
      caption:
        'How often held-out reversals are told, against weight decay, with a readout of its own and with the table of embeddings as readout (tied). Lines without dots: who knew only what the legend says.',
    },
    {
      panel: 'sweep',
      choices: { 'Evaluation set': 'trained inverse', Against: 'weightDecay' },
      figure: 'Answers to trained inverse',
      caption: 'The same of inverses that were trained.',
    },
  ],
  numbers: (results) =>
    Object.keys(results.asked ?? {}).flatMap((set) =>
      points(results, set).map(({ where, greedy }) => ({
        what: `${set}: ${where}`,
        values: greedy,
        range: 'share' as const,
      })),
    ),
  effects(results) {
    const [held, trained, forward] = ['reversal', 'trained inverse', 'trained forward'].map((set) =>
      points(results, set),
    );
    const learned: Effect = {
      says: 'what is trained is told in both directions at every weight decay (share of trained inverses, the least over points)',
      values: over(trained, Math.min),
      range: 'share',
      expect: 'above',
      than: 0.8,
    };
    // The reduced form has fewer points, and says no more.
    if (held.length === 2) return [learned];
    return [
      {
        says: 'the held-out reversals are told at no weight decay more often than by one who knew only that no two entities have the same answer (share − that floor, the greatest over points)',
        values: minus(
          over(held, Math.max),
          held[0].greedy.map(() => floorOf(held[0].asked, NO_TWO)),
        ),
        expect: 'below',
      },
      learned,
      {
        says: 'facts are told in the direction of training (share, the least over points)',
        values: over(forward, Math.min),
        range: 'share',
        expect: 'report',
      },
    ];
  },
  conclude: [
    'With this recipe weight decay turns no fact round, be the readout a table of its own or that of the embeddings: held-out reversals are told as rarely with it as without.',
    'It is no want of skill: 460 other facts are said and told in both directions, and where the fact stands in the context its reversal is told.',
  ],
  notConclude: [
    'That weight decay cannot do it: where it was found to, networks were deeper, trained for very much longer, and what was left out followed from other relations, too.',
    'That it comes with more training or decay of this size: one replicate told 0 % of the held-out reversals after 4,800 steps at 0, .1, .3, 1 and 3 (tied: 0 to 2.5 % up to 1), and 0 % after 20,000 at .3 and 1. At 3 it learns less of what is trained, too (85 %).',
  ],
  reduced(file) {
    return {
      ...file,
      stimuli: fewReversals,
      training: { ...file.training, steps: 250, checkpoints: 2 },
      seeds: 3,
      sweep: { 'training.weightDecay': [0, 0.5], 'network.transformer.tied': [false] },
    };
  },
};
export default figure;
