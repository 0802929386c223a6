import type { Results } from '../../src/protocol/results';
import { type GalleryFigure, minus } from './figure';
import { farthestFromTable, floorOf, type SweptAnswers, sweptAnswers } from './swept-answers';

const BEST = 'what each expert knows';

/** Points by the documents of each fact, the number of experts and the share of facts that each knows. */
const all = (results: Results): (SweptAnswers & { visits: number; experts: number; knows: number })[] =>
  sweptAnswers(results, 'transformer', 'facts').map((one) => ({
    ...one,
    visits: Number(one.values[0]),
    experts: Number(one.values[1]),
    knows: Number(one.values[2]),
  }));

/** Of each replicate the least, or another function, over some points. */
function overPoints(
  points: readonly SweptAnswers[],
  number: (point: SweptAnswers, replicate: number) => number,
  over: (...numbers: number[]) => number,
): number[] {
  return (points.at(0)?.greedy ?? []).map((_, replicate) =>
    over(...points.map((point) => number(point, replicate))),
  );
}

const average = (...numbers: number[]): number => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

const figure: GalleryFigure = {
  number: 27,
  example: 'denoising',
  question: 'Does a network know more than each of the experts that it was trained on, who err?',
  source: 'Abreu and others (2025), arXiv 2508.17669',
  pictures: [
    {
      panel: 'sweep',
      choices: { Against: 'knows' },
      figure: 'Answers to facts',
      caption:
        'How often the network tells what is true, against the share of facts that each expert knows, for 1, 10 and 100 experts, with 40 and 400 documents of each fact. Its likeliest answers follow the table of counts: of 10 experts and more the plurality knows more than each. Drawn in proportion to their probability its answers are right as often as an expert is.',
    },
    {
      panel: 'answers',
      figure: 'Answers to facts against temperature',
      caption:
        'The same against the temperature at which answers are drawn; 0 is the likeliest answer. The network comes down from the plurality to the single expert as the table of counts does.',
    },
    {
      panel: 'answers',
      figure: 'Margins of answers to facts',
      caption:
        'Each fact: by how much the logit of the true tail is ahead, against by how much its votes are. The likeliest answer says on which side of 0 a fact is; the margins, that the network has kept by how much votes are divided, least where most of what is said is wrong.',
    },
  ],
  numbers: (results) =>
    all(results).flatMap(({ visits, experts, knows, greedy, drawn, margins, asked: { counted } }) => [
      {
        what: `${visits} documents a fact, ${experts} experts that know ${knows}: likeliest answers (table of counts: ${(counted?.greedy ?? 0).toFixed(3)})`,
        values: greedy,
        range: 'share' as const,
      },
      {
        what: `${visits} documents a fact, ${experts} experts that know ${knows}: drawn at temperature 1 (table of counts: ${(counted?.sampled ?? 0).toFixed(3)})`,
        values: drawn,
        range: 'share' as const,
      },
      {
        what: `${visits} documents a fact, ${experts} experts that know ${knows}: correlation of the margins of logits and votes over facts`,
        values: margins,
        range: 'similarity' as const,
      },
    ]),
  effects(results) {
    const every = all(results);
    const most = Math.max(...every.map(({ visits }) => visits));
    const points = every.filter(({ visits }) => visits === most);
    const few = every.filter(({ visits }) => visits < most);
    const many = points.filter(({ experts, knows }) => experts >= 10 && knows >= 0.4);
    const one = points.filter(({ experts }) => experts === 1);
    const above = (point: SweptAnswers, replicate: number): number =>
      point.greedy[replicate] - floorOf(point.asked, BEST);
    const table = (point: SweptAnswers, replicate: number): number =>
      Math.abs(point.greedy[replicate] - (point.asked.counted?.greedy ?? NaN));
    return [
      {
        says: 'of 10 experts or more that know at least 0.4 the likeliest answers know more than each of them (likeliest − best expert, the least over points)',
        values: overPoints(many, above, Math.min),
        expect: 'above',
      },
      {
        says: 'answers that are drawn at temperature 1 are right as often as an expert is (distance of shares, the greatest over points)',
        values: overPoints(
          points,
          (point, replicate) => Math.abs(point.drawn[replicate] - floorOf(point.asked, BEST)),
          Math.max,
        ),
        expect: 'below',
        than: 0.1,
      },
      {
        says: 'of one expert the likeliest answers know what it knows (distance of shares, the greatest over points)',
        values: overPoints(one, (point, replicate) => Math.abs(above(point, replicate)), Math.max),
        expect: 'below',
        than: 0.05,
      },
      {
        says: 'the likeliest answers are right as often as those of the table of counts (distance of shares, the greatest over points)',
        values: overPoints(points, table, Math.max),
        expect: 'report',
      },
      {
        says: 'answers that are drawn at temperature 1 or more are right as often as those of the table of counts (distance of shares, the greatest over points and temperatures)',
        values: farthestFromTable(results, 'transformer', 'facts', 1),
        expect: 'report',
      },
      {
        says: 'the margins of the logits go with those of the votes, of 10 experts or more (correlation over facts, the least over points)',
        values: overPoints(
          points.filter(({ experts }) => experts >= 10),
          ({ margins }, replicate) => margins[replicate],
          Math.min,
        ),
        expect: 'report',
      },
      // The reduced form has one number of votes.
      ...(few.length === 0
        ? []
        : [
            {
              says: `with ${most} documents of each fact in place of fewer the likeliest answers know more (mean over points of 10 experts or more that know at least 0.4; difference of shares)`,
              values: minus(
                overPoints(many, ({ greedy }, replicate) => greedy[replicate], average),
                overPoints(
                  few.filter(({ experts, knows }) => experts >= 10 && knows >= 0.4),
                  ({ greedy }, replicate) => greedy[replicate],
                  average,
                ),
              ),
              expect: 'report' as const,
            },
          ]),
    ];
  },
  conclude: [
    'The likeliest answer of a network can know more than any of its teachers: where they err each by themselves, it is the plurality of their votes.',
    'It is temperature that shows it: the same network, with answers drawn at temperature 1, is right as often as its teachers are. It has learned how often each thing is said.',
    'By how much votes are divided is kept in the logits, though the likeliest answer hides it: the margins of logits and votes correlate over facts at 0.88 or more where 10 experts speak, and less of 100 (0.59 to 0.95), whose votes for a fact are more alike from fact to fact.',
    'A table of counts does as well: what transcends is the majority, which needs no network. Where most of what is said is wrong (100 experts that each know a fifth) the network counts worse than the table.',
  ],
  notConclude: [
    'That a network corrects its sources: of one expert it learns the errors, too, and of experts that err alike it would.',
    'How many experts are enough elsewhere: here wrong answers are spread evenly over eleven tails, which favours the plurality.',
  ],
  // Fewer experts and points, of as many documents each.
  reduced(file) {
    return {
      ...file,
      sweep: {
        'stimuli.documents.experts.visits': [200],
        'stimuli.documents.experts.experts': [1, 10],
        'stimuli.documents.experts.knows': [0.4],
      },
      stimuli: {
        seed: 0,
        documents: { experts: { heads: 10, relations: 4, tails: 12, experts: 10, knows: 0.4, visits: 200 } },
      },
      training: { ...file.training, steps: 400, checkpoints: 2 },
      seeds: 2,
    };
  },
};
export default figure;
