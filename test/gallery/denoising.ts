import type { Results } from '../../src/protocol/results';
import type { GalleryFigure } from './figure';
import { floorOf, type SweptAnswers, sweptAnswers } from './swept-answers';

const BEST = 'what each expert knows';

/** Points by the number of experts and the share of facts that each knows. */
const all = (results: Results): (SweptAnswers & { experts: number; knows: number })[] =>
  sweptAnswers(results, 'transformer', 'facts').map((one) => ({
    ...one,
    experts: Number(one.values[0]),
    knows: Number(one.values[1]),
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
        'How often the network tells what is true, against the share of facts that each expert knows, for 1, 10 and 100 experts. Its likeliest answers follow the table of counts: of 10 experts and more the plurality knows more than each. Drawn in proportion to their probability its answers are right as often as an expert is.',
    },
  ],
  numbers: (results) =>
    all(results).flatMap(({ experts, knows, greedy, drawn, asked: { counted } }) => [
      {
        what: `${experts} experts that know ${knows}: likeliest answers (table of counts: ${(counted?.greedy ?? 0).toFixed(3)})`,
        values: greedy,
        range: 'share' as const,
      },
      {
        what: `${experts} experts that know ${knows}: drawn at temperature 1 (table of counts: ${(counted?.sampled ?? 0).toFixed(3)})`,
        values: drawn,
        range: 'share' as const,
      },
    ]),
  effects(results) {
    const points = all(results);
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
    ];
  },
  conclude: [
    'The likeliest answer of a network can know more than any of its teachers: where they err each by themselves, it is the plurality of their votes.',
    'It is temperature that shows it: the same network, with answers drawn at temperature 1, is right as often as its teachers are. It has learned how often each thing is said.',
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
