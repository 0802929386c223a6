import type { Results } from '../../src/protocol/results';
import { type Effect, type GalleryFigure, minus, numbersOf } from './figure';
import { floorOf, type SweptAnswers, sweptAnswers } from './swept-answers';

const network = 'retrieval';

interface Point extends SweptAnswers {
  readonly point: number;
  /** Documents of each codebook that define it and then use it. */
  readonly together: number;
  readonly distractors: number;
  readonly recall: number;
}

const all = (results: Results, set: string): Point[] =>
  sweptAnswers(results, network, set).map((one, point) => {
    const [together, distractors, recall] = one.values.map(Number);
    return { ...one, point, together, distractors, recall };
  });

function at(points: readonly Point[], wanted: Partial<Point>): Point {
  const found = points.find((one) =>
    Object.entries(wanted).every(([key, value]) => one[key as keyof Point] === value),
  );
  if (!found) throw new Error(`There is no point of ${JSON.stringify(wanted)}.`);
  return found;
}

const figure: GalleryFigure = {
  number: 22,
  example: 'retrieval-swept',
  question:
    'How does the use of what an oracle brings depend on recall, on distractors, and on documents that show in training how it is used?',
  source: 'Lampinen and others (2025), arXiv 2509.16189, who vary none of the three',
  pictures: [
    {
      panel: 'sweep',
      choices: { 'Evaluation set': 'latent', Against: 'recall' },
      figure: 'Answers to latent',
      caption:
        'How often inputs are encoded that were only ever defined, against how often the definition is among what is brought: with no distractor and with one, and with no document and with 6 documents of each codebook that define it and then use it. Lines without dots: who knew only what the legend says.',
    },
    {
      panel: 'sweep',
      choices: { 'Evaluation set': 'validation', Against: 'recall' },
      figure: 'Answers to validation',
      caption: 'The same of inputs that are encoded in training, in sequences that are not.',
    },
  ],
  numbers: (results) =>
    all(results, 'latent').flatMap(({ point, together, distractors, recall, greedy }) => {
      const where = `recall ${recall}, ${distractors} distractors, ${together} documents together`;
      return [
        { what: `latent: ${where}`, values: greedy, range: 'share' as const },
        {
          what: `operations of training (10⁹): ${where}`,
          values: numbersOf(results, network, 'trainingOperations', { point }).map((one) => one / 1e9),
        },
      ];
    }),
  effects(results) {
    const points = all(results, 'latent');
    const most = Math.max(...points.map(({ together }) => together));
    const alone = { distractors: 0, together: most };
    const best = at(points, { ...alone, recall: 1 });
    const trained: Effect = {
      says: 'inputs that are encoded in training are mostly encoded in new sequences, with the definition always brought and no distractor (share above a half)',
      values: at(all(results, 'validation'), { ...alone, recall: 1 }).greedy.map((share) => share - 0.5),
      expect: 'above',
    };
    // The reduced form has one point.
    if (points.length === 1) return [trained];
    const floor = floorOf(best.asked, 'which of them are codes of trained inputs');
    return [
      {
        says: 'what was only defined is encoded more often where its definition is always brought than where it never is (no distractor; difference of shares, paired by seed)',
        values: minus(best.greedy, at(points, { ...alone, recall: 0 }).greedy),
        expect: 'report',
      },
      trained,
      {
        says: 'with the definition always brought, what was only defined is encoded more often than one would who guessed among the codes that trained inputs have not (share above that floor)',
        values: best.greedy.map((share) => share - floor),
        expect: 'report',
      },
      {
        says: 'where it is brought half of the time, it is encoded as often as it is brought (share − 0.5)',
        values: at(points, { ...alone, recall: 0.5 }).greedy.map((share) => share - 0.5),
        expect: 'report',
      },
      {
        says: 'a distractor beside the definition makes it harder (recall 1; none − one, difference of shares)',
        values: minus(best.greedy, at(points, { ...alone, recall: 1, distractors: 1 }).greedy),
        expect: 'report',
      },
      {
        says: `documents that define and then use a codebook help (recall 1, no distractor; ${most} − 0, difference of shares)`,
        values: minus(best.greedy, at(points, { ...alone, recall: 1, together: 0 }).greedy),
        expect: 'report',
      },
      {
        says: 'without any such document it is encoded (recall 1, no distractor; share; the paper: about 6 %)',
        values: at(points, { ...alone, recall: 1, together: 0 }).greedy,
        range: 'share',
        expect: 'report',
      },
    ];
  },
  conclude: [
    'On average what was only defined is encoded the more often the more often its definition is brought: 13, 22 and 47 % at a recall of 0, .5 and 1, without distractors and with documents that show how it is used.',
    'Without documents that define and then use a codebook hardly anything of it is: 13 % (the paper: about 6 %). With a distractor beside the definition, 10 %.',
  ],
  notConclude: [
    'That these differences are certain: of three replicates one encoded 81 % at a recall of 1, the others 28 and 31 %; no interval of a difference leaves zero out. The change comes suddenly, and at other steps of training in each. With a world of 128 codebooks, 64 units and 800 steps (figure “Codebooks”) it is 91 %.',
    'That distractors make it impossible: these networks have two layers and few steps, and where documents move with what stands before them the positions no longer tell where the code is.',
    'That what is encoded in training needs what is brought: with so few codebooks the weights tell 80 to 99 % of it.',
  ],
  // One point, and batches half as large.
  reduced(file) {
    return {
      ...file,
      training: { ...file.training, batchSize: 32 },
      seeds: 2,
      sweep: {
        'stimuli.documents.codebooks.together': [6],
        'networks.retrieval.retrieval.distractors': [0],
        'networks.retrieval.retrieval.recall': [1],
      },
    };
  },
};
export default figure;
