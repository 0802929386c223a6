import type { Results } from '../../src/protocol/results';
import { type GalleryFigure, minus, right } from './figure';

const once = (results: Results, scope: string): number[] => right(results, 'at once', scope);
const steps = (results: Results, scope: string): number[] =>
  right(results, 'step by step', `${scope} by chain`);

const figure: GalleryFigure = {
  number: 29,
  example: 'two-hops',
  question: 'Two facts are told, and what follows from them is not. Is it known at once, or step by step?',
  source: 'Abreu and others (2025), arXiv 2508.17669',
  pictures: [
    {
      panel: 'dynamics',
      figure: 'Training',
      caption:
        'Share of documents answered rightly over training by the network that is trained on what follows at once: within communities some of what was not told, across them nothing. It never saw a chain.',
    },
    {
      panel: 'dynamics',
      choices: { Network: 'step by step' },
      figure: 'Training',
      caption:
        'The same of the network that is trained on chains: what was not told is told step by step, across communities, too, of which no document tells anything that follows.',
    },
  ],
  numbers: (results) =>
    ['within', 'across'].flatMap((scope) => [
      { what: `${scope} communities, at once`, values: once(results, scope), range: 'share' as const },
      {
        what: `${scope} communities, step by step (both entities right)`,
        values: steps(results, scope),
        range: 'share' as const,
      },
    ]),
  effects: (results) => [
    {
      says: 'within communities what follows is told step by step more often than at once (difference of shares)',
      values: minus(steps(results, 'within'), once(results, 'within')),
      expect: 'above',
    },
    {
      says: 'across communities, too',
      values: minus(steps(results, 'across'), once(results, 'across')),
      expect: 'above',
    },
    {
      says: 'step by step within communities more often than across (difference of shares)',
      values: minus(steps(results, 'within'), steps(results, 'across')),
      expect: 'report',
    },
    {
      says: 'at once within communities more often than across (difference of shares)',
      values: minus(once(results, 'within'), once(results, 'across')),
      expect: 'report',
    },
  ],
  conclude: [
    'What follows from two facts that no single source has told can be told step by step by who has learned all their facts.',
    'At once it is hardly told, and across communities not at all: both facts are known, and are not put together.',
  ],
  notConclude: [
    'That composition at once never comes: with more of what follows in training, and training for much longer, it is known to come late (arXiv 2405.15071).',
    'That chains compare the same answers: a chain is right where both of its entities are, which is more to say, and the network that says it was trained on longer documents.',
  ],
  // Fewer communities and entities, and all that follows but what is asked.
  reduced(file) {
    return {
      ...file,
      stimuli: {
        seed: 0,
        documents: {
          hops: { communities: 4, entities: 8, relations: 4, degree: 4, inside: 3, composed: 1, heldOut: 40 },
        },
      },
      training: { ...file.training, learningRate: 0.005, steps: 400, batchSize: 64, checkpoints: 2 },
      seeds: 2,
    };
  },
};
export default figure;
