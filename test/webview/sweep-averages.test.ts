import { expect, it } from 'vitest';
import { interval } from '../../src/analysis/statistics/interval';
import type { Interval } from '../../src/protocol/results';
import { averages } from '../../webview/src/panels/sweep-averages';
import type { SweptMeasure } from '../../webview/src/panels/sweep-rows';
import { synthetic } from './synthetic';

const settings = ['training.dropout', 'training.weightDecay', 'network.activation'];
const points = ['0', '0.1'].flatMap((dropout) =>
  ['0', '0.01'].flatMap((decay) => ['relu', 'tanh'].map((name) => ({ values: [dropout, decay, name] }))),
);
/** A share of three replicates that each setting adds to: .1, .2 and .4; replicates are .01 apart. */
const at = (point: number): Interval => {
  const [dropout, decay, name] = points[point].values;
  const base = (dropout === '0' ? 0 : 0.1) + (decay === '0' ? 0 : 0.2) + (name === 'relu' ? 0 : 0.4);
  return interval([base, base + 0.01, base + 0.02], 0.95);
};
const { results } = synthetic();

function asked(read: (point: number) => Interval | undefined, varied = [0, 1, 2]): SweptMeasure {
  const info = results.measures.varianceExplained;
  return {
    ...{ sweep: { settings, points }, info, title: info.title, isPair: false, measure: 'varianceExplained' },
    ...{ varied, setting: 0, rows: [{ panel: 'net', name: 'easy', colour: 0, read }] },
  };
}

it('averages each setting over all values of the others, replicate by replicate', () => {
  const found = averages(results, asked(at));
  const rows = found?.table?.rows ?? [];
  expect(rows.map(([setting, value, network, label]) => [setting, value, network, label])).toEqual([
    ['dropout', '0', 'net', 'easy'],
    ['dropout', '0.1', 'net', 'easy'],
    ['weightDecay', '0', 'net', 'easy'],
    ['weightDecay', '0.01', 'net', 'easy'],
    ['activation', 'relu', 'net', 'easy'],
    ['activation', 'tanh', 'net', 'easy'],
  ]);
  const means = rows.map((row) => (row[4] as Interval).mean ?? NaN);
  [0.31, 0.41, 0.26, 0.46, 0.16, 0.56].forEach((mean, row) => expect(means[row]).toBeCloseTo(mean, 12));
  // Over replicates, of which each is the mean over points: .01 apart as at a point. Points themselves lie far apart.
  const { low, high } = rows[0][4] as Interval;
  expect((high ?? NaN) - (low ?? NaN)).toBeLessThan(0.06);
});

it('says nothing of a setting while a point lacks replicates, and is not there where fewer than three vary', () => {
  const rows = averages(
    results,
    asked((point) => (point === 7 ? interval([0.5], 0.95) : at(point))),
  )?.table?.rows;
  expect(rows?.map((row) => row[4] === null)).toEqual([false, true, false, true, false, true]);
  expect(averages(results, asked(at, [0, 1]))).toBeUndefined();
});
