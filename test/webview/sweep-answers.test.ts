import { expect, it } from 'vitest';
import type { Interval, Results } from '../../src/protocol/results';
import { Values } from '../../src/core/values';
import { marginsOf, shownMargins } from '../../webview/src/panels/answers-margins';
import { againstTemperature } from '../../webview/src/panels/answers-temperatures';
import { answersAgainst } from '../../webview/src/panels/sweep-answers';
import type { SweptMeasure } from '../../webview/src/panels/sweep-rows';
import { synthetic } from './synthetic';

const { results } = synthetic();
const source = results.networks[0]?.name ?? '';
const points = ['1', '10'].flatMap((experts) =>
  ['0.2', '0.4'].map((knows) => ({ values: [experts, knows] })),
);
const settings = ['documents.experts', 'documents.knows'];
const askedAt = (point: number): Results['asked'] => ({
  facts: {
    says: 'What is true.',
    documents: 10,
    floors: [{ name: 'one expert', score: point % 2 === 0 ? 0.2 : 0.4 }],
    ceiling: { name: 'any expert', score: 0.9 },
    counted: {
      ...{ votes: 40, greedy: 0.6 + point / 100, sampled: 0.3 },
      drawn: [{ temperature: 0.5, share: 0.4 + point / 100 }],
      margins: [-1, null, 2],
    },
  },
});

function swept(): Results {
  const values = new Values();
  const replicates = points.flatMap((_, point) =>
    [0, 1].map((seed) => {
      for (const [measure, value, part] of [
        ['accuracy', 0.5],
        ['sampledAccuracy', 0.25],
        ['drawnAccuracy', 0.4, '0.5'],
        ['answerMargin', -0.5, '1'],
        ['answerMargin', 0.25, '2'],
        ['answerMargin', 1.5, '3'],
        ['answerMargin.votes', 0.9],
      ] as const)
        values.add(
          {
            ...{ measure, part },
            source,
            ...(point === 0 ? {} : { point: String(point) }),
            seed: String(seed),
            checkpoint: 'end',
            label: 'facts',
          },
          value + point / 100 + seed / 1000,
        );
      return {
        ...results.networks[0]?.replicates[0],
        ...(point === 0 ? {} : { point }),
        seed,
        status: 'done',
      };
    }),
  );
  return {
    ...results,
    ...{ tasks: {}, labels: [], values: values.columns },
    networks: [{ ...results.networks[0], tasks: [], replicates }] as Results['networks'],
    asked: askedAt(0) ?? {},
    sweep: {
      settings,
      points: points.map((one, at) => (at === 0 ? one : { ...one, asked: askedAt(at) ?? {} })),
    },
  };
}

/** Numbers, and means of intervals. */
function closeTo(found: readonly unknown[], wanted: readonly number[], digits = 12): void {
  const numbers = found.map((one) => (typeof one === 'number' ? one : (one as Interval).mean));
  expect(numbers.length).toBe(wanted.length);
  for (const [at, number] of numbers.entries()) expect(number).toBeCloseTo(wanted[at] ?? NaN, digits);
}

it('says how sets are answered at each point, beside what is known without a network', () => {
  const whole = swept();
  const { sweep } = whole;
  if (!sweep) throw new Error('Nothing is swept.');
  const asked = {
    sweep,
    varied: [0, 1],
    setting: 1,
    rows: [],
    measure: 'accuracy',
    title: '',
    isPair: false,
  } as unknown as SweptMeasure;
  const rows = answersAgainst(whole, asked, '')?.table?.rows ?? [];
  const at = (experts: string, knows: string, answers: string): unknown =>
    rows.find((row) => row[0] === experts && row[1] === knows && row[3] === answers)?.at(-1);
  expect((at('1', '0.2', 'likeliest answer') as Interval).mean).toBeCloseTo(0.5005, 12);
  expect((at('10', '0.4', 'drawn at temperature 1') as Interval).mean).toBeCloseTo(0.2805, 12);
  expect(at('10', '0.4', 'table of counts, likeliest')).toBe(0.63);
  expect(at('10', '0.4', 'one expert')).toBe(0.4);
  expect(at('10', '0.2', 'one expert')).toBe(0.2);
  expect(at('1', '0.4', 'any expert')).toBe(0.9);
  expect(rows.length).toBe(4 * 6);
});

it('says how sets are answered at temperatures, beside a table of counts at the same', () => {
  const { table } = againstTemperature(swept(), 'facts');
  expect(table.columns).toEqual(['point', 'network', 'answers', 'T 0', 'T 0.5']);
  const row = (point: string, answers: string): readonly unknown[] =>
    table.rows.find((one) => one[0] === point && one[2] === answers) ?? [];
  const means = row('experts 10, knows 0.4', 'network').slice(3) as Interval[];
  closeTo(means, [0.5305, 0.4305]);
  closeTo(row('experts 10, knows 0.4', 'table of counts').slice(3), [0.63, 0.43]);
  closeTo(row('experts 1, knows 0.4', 'one expert').slice(3), [0.4, 0.4]);
});

it('has a point for each document with votes, and the correlation', () => {
  const table = marginsOf(swept(), 'facts')?.table;
  const { all } = shownMargins(swept(), 'facts')[3] ?? {};
  expect(all?.map(({ document, votes }) => [document, votes])).toEqual([
    [1, -1],
    [3, 2],
  ]);
  closeTo(all?.map(({ logits }) => logits) ?? [], [-0.4695, 1.5305]);
  closeTo(table?.rows[3]?.slice(2) ?? [], [0.9305, 0.93, 0.931]);
});

it('is not there where nothing is asked', () => {
  const { asked: _, ...none } = swept();
  expect(answersAgainst(none, { sweep: none.sweep } as SweptMeasure, '')).toBeUndefined();
});
