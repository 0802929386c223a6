import { describe, expect, it } from 'vitest';
import { averageLinkage } from '../../src/numerics/average-linkage';
import { classicalMds } from '../../src/analysis/mds';
import { welchInterval } from '../../src/analysis/statistics/welch';
import { expectClose } from './support/matrices';
import linkage from './fixtures/linkage.json';
import mds from './fixtures/mds.json';
import welch from './fixtures/welch.json';

it.each(linkage.cases)('average linkage agrees with scipy', ({ rows, merges, order }) => {
  const found = averageLinkage(rows);
  expectClose(
    found.merges.flatMap(({ a, b, height }) => [a, b, height]),
    merges.flat(),
  );
  expect(found.order).toEqual(order);
});

describe('average linkage', () => {
  it('takes none, one, and equal items', () => {
    expect(averageLinkage([])).toEqual({ merges: [], order: [] });
    expect(averageLinkage([[1]])).toEqual({ merges: [], order: [0] });
    const equal = averageLinkage([[1], [1], [1], [1]]);
    expect([...equal.order].sort()).toEqual([0, 1, 2, 3]);
    expect(equal.merges.map(({ height }) => height)).toEqual([0, 0, 0]);
  });
});

it.each(mds.cases)('classical scaling agrees with numpy', (given) => {
  const found = classicalMds(given.similarity);
  expectClose(found.x, given.x);
  expectClose(found.y, given.y);
  expectClose(found.share, given.share);
  expect(found.stress).toBeCloseTo(given.stress, 10);
});

describe('classical scaling', () => {
  it('leaves out what is undefined, and needs three', () => {
    const [given] = mds.cases;
    const wider = [...given.similarity.map((row) => [...row, null]), [null, null, null, null, 1]];
    const found = classicalMds(wider);
    expect(found.x[4]).toBeNull();
    expectClose(found.x.slice(0, 4), given.x);
    expect(() =>
      classicalMds([
        [1, 0.5],
        [0.5, 1],
      ]),
    ).toThrow('needs three replicates');
  });

  it('puts equal items on one point', () => {
    const ones = [0, 1, 2].map(() => [1, 1, 1]);
    expect(classicalMds(ones)).toEqual({ x: [0, 0, 0], y: [0, 0, 0], stress: 0, share: [0, 0] });
  });
});

it.each(welch.cases)('Welch’s interval agrees with scipy', ({ first, second, ...expected }) => {
  const { difference, low, high, error } = welchInterval(first, second, 0.95);
  expectClose(
    [difference, low, high, error],
    [expected.difference, expected.low, expected.high, expected.error],
  );
});

describe('Welch’s interval', () => {
  it('has no bounds where one group has one value, or nothing varies', () => {
    expect(welchInterval([1], [2, null], 0.95)).toEqual({
      difference: 1,
      low: null,
      high: null,
      error: null,
    });
    expect(welchInterval([1, 1], [2, 2], 0.95)).toEqual({ difference: 1, low: null, high: null, error: 0 });
    expect(welchInterval([null], [2], 0.95).difference).toBeNull();
  });
});
