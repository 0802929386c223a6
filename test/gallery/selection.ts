import type { Results } from '../../src/protocol/results';
import type { GalleryFigure } from './figure';
import { minus } from './figure';
import { farthestFromTable, floorOf, type SweptAnswers, sweptAnswers } from './swept-answers';

const BEST = 'what each expert knows';

/** Points by the documents of each fact and how much experts prefer what they know. */
const all = (results: Results): (SweptAnswers & { visits: number; prefers: number })[] =>
  sweptAnswers(results, 'transformer', 'facts').map((one) => ({
    ...one,
    visits: Number(one.values[0]),
    prefers: Number(one.values[1]),
  }));

const figure: GalleryFigure = {
  number: 28,
  example: 'selection',
  question: 'Experts speak of what they know. Do even drawn answers of a network know more than each?',
  source: 'Abreu and others (2025), arXiv 2508.17669',
  pictures: [
    {
      panel: 'sweep',
      choices: { Against: 'prefers' },
      figure: 'Answers to facts',
      caption:
        'How often the network tells what is true, against how much experts prefer to speak of what they know (0.5: not at all), with 10, 40 and 400 documents of each fact. Each of 100 experts knows a tenth.',
    },
    {
      panel: 'sweep',
      choices: { Against: 'visits' },
      figure: 'Answers to facts',
      caption:
        'The same against the documents of each fact, its votes. The network, the table of counts, what each expert knows and what any of them knows, in one plot.',
    },
    {
      panel: 'answers',
      figure: 'Answers to facts against temperature',
      caption:
        'The same against the temperature at which answers are drawn; 0 is the likeliest answer. Even at temperatures above 1 answers know more than each expert, where these keep to what they know.',
    },
    {
      panel: 'answers',
      figure: 'Margins of answers to facts',
      caption:
        'Each fact: by how much the logit of the true tail is ahead, against by how much its votes are.',
    },
  ],
  numbers: (results) =>
    all(results).flatMap(({ visits, prefers, greedy, drawn, margins, asked: { counted } }) => [
      {
        what: `${visits} documents a fact, preference ${prefers}: likeliest answers (table of counts: ${(counted?.greedy ?? 0).toFixed(3)})`,
        values: greedy,
        range: 'share' as const,
      },
      {
        what: `${visits} documents a fact, preference ${prefers}: drawn at temperature 1 (table of counts: ${(counted?.sampled ?? 0).toFixed(3)})`,
        values: drawn,
        range: 'share' as const,
      },
      {
        what: `${visits} documents a fact, preference ${prefers}: correlation of the margins of logits and votes over facts`,
        values: margins,
        range: 'similarity' as const,
      },
    ]),
  effects(results) {
    const points = all(results);
    const most = Math.max(...points.map(({ visits }) => visits));
    const at = (preference: number, visits = most): (typeof points)[number] => {
      const found = points.find((one) => one.prefers === preference && one.visits === visits);
      if (!found) throw new Error(`There is no point of preference ${preference} and ${visits} documents.`);
      return found;
    };
    const least = Math.min(...points.map(({ visits }) => visits));
    const best = (point: SweptAnswers): number => floorOf(point.asked, BEST);
    const above = (point: SweptAnswers): number[] => point.drawn.map((share) => share - best(point));
    return [
      {
        says: 'where experts speak mostly of what they know (preference 0.95), even answers that are drawn at temperature 1 know more than each of them (drawn − best expert)',
        values: above(at(0.95)),
        expect: 'above',
        than: 0.2,
      },
      {
        says: 'where they have no preference, drawn answers are right as often as an expert is (distance of shares)',
        values: above(at(0.5)).map(Math.abs),
        expect: 'below',
        than: 0.1,
      },
      {
        says: 'the likeliest answers know more than those that are drawn (preference 0.95)',
        values: minus(at(0.95).greedy, at(0.95).drawn),
        expect: 'above',
      },
      {
        says: 'answers that are drawn at temperature 1 or more are right as often as those of the table of counts (distance of shares, the greatest over points and temperatures)',
        values: farthestFromTable(results, 'transformer', 'facts', 1),
        expect: 'report',
      },
      // The reduced form has one number of votes.
      ...(least === most
        ? []
        : [
            {
              says: `with ${most} documents of each fact the likeliest answers know more than with ${least} (preference 0.8; difference of shares)`,
              values: minus(at(0.8, most).greedy, at(0.8, least).greedy),
              expect: 'above' as const,
            },
            {
              says: 'the same where experts have no preference',
              values: minus(at(0.5, most).greedy, at(0.5, least).greedy),
              expect: 'report' as const,
            },
          ]),
    ];
  },
  conclude: [
    'Who is trained on experts of different things who speak of what they know has more than each of them even in answers that are drawn: most of what is said of a fact is said by who knows it.',
    'How many documents there are of each fact decides what the likeliest answer adds: votes have to be counted.',
  ],
  notConclude: [
    'That this needs networks: the table of counts shows it, too. Without preference the network knows less than the table: nine in ten documents are wrong, and few steps of training do not count them all.',
    'That the network tells experts apart: nothing in a document says who speaks.',
  ],
  // Fewer facts, experts and points.
  reduced(file) {
    return {
      ...file,
      sweep: {
        'stimuli.documents.experts.visits': [200],
        'stimuli.documents.experts.prefers': [0.5, 0.95],
      },
      stimuli: {
        seed: 0,
        documents: {
          experts: { heads: 10, relations: 4, tails: 12, experts: 40, knows: 0.1, prefers: 0.5, visits: 200 },
        },
      },
      training: { ...file.training, steps: 400, checkpoints: 2 },
      seeds: 2,
    };
  },
};
export default figure;
