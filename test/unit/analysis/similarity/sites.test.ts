import { describe, expect, it } from 'vitest';
import type { Matrix } from '../../../../src/core/matrix';
import { stream } from '../../../../src/core/stream';
import { normalsOf } from '../../../../src/analysis/similarity/normals';
import { calibrate } from '../../../../src/analysis/similarity/null';
import { similarities } from '../../../../src/analysis/similarity/similarities';
import type { Similarity } from '../../../../src/analysis/similarity/similarity';
import {
  compareManySites,
  compareSites,
  nullOfSites,
  type PreparedSites,
  prepareSites,
} from '../../../../src/analysis/similarity/sites';

const n = 40;

const rectified = (value: number): number => Math.max(0.2 * value, value);

/** Leaky rectified layers one after the other, over inputs of which the first are the same for all. */
function layers(name: string, shared: number, widths: readonly number[]): Matrix<Float64Array>[] {
  const common = stream('inputs of all');
  const own = stream('inputs', name);
  const inputs = Array.from({ length: n }, () =>
    Array.from({ length: 6 }, (_, k) => [common.normal(), own.normal()][k < shared ? 0 : 1]),
  );
  let before = inputs;
  return widths.map((width) => {
    const weights = before[0].map(() => Array.from({ length: width }, () => own.normal()));
    before = before.map((row) =>
      Array.from({ length: width }, (_, j) =>
        rectified(row.reduce((sum, value, k) => sum + value * weights[k][j], 0)),
      ),
    );
    return { rows: n, cols: width, data: Float64Array.from(before.flat()) };
  });
}

const named = (name: string): Similarity => {
  const found = similarities.find((one) => one.name === name);
  if (!found) throw new Error(`There is no ${name}.`);
  return found;
};
const permutations = 1000;
const prepared = (measure: Similarity, sites: readonly Matrix<Float64Array>[]): PreparedSites =>
  prepareSites(
    measure,
    sites.map((site) => measure.prepare(site)),
    true,
  );

/** The null by permutations, and by what is taken for it. */
function both(measure: Similarity, a: PreparedSites, b: PreparedSites) {
  const { value } = compareSites(measure, a, b);
  const pairs = a.sides.flatMap((first) => b.sides.map((second) => [first, second] as const));
  const counted = calibrate(measure, pairs, value, n, permutations);
  return { counted, found: nullOfSites(measure, a, b, value, { n, permutations }) };
}

describe('the null of a similarity that is a product', () => {
  const products = similarities.filter(({ product }) => product !== undefined);
  const [first, second] = [layers('a', 1, [5, 12, 3]), layers('b', 1, [8, 6])];

  it.each(products)('is that of permutations: $name', (measure: Similarity) => {
    for (const [i, j] of [
      [0, 0],
      [1, 1],
    ]) {
      const sides = [first[i], second[j]].map((site) => prepared(measure, [site]));
      const { counted, found } = both(measure, sides[0], sides[1]);
      // Four standard errors of what is counted.
      expect(Math.abs(found.mean - counted.mean)).toBeLessThan(
        (4 * counted.deviation) / Math.sqrt(permutations),
      );
      const error = Math.sqrt((counted.p * (1 - counted.p)) / permutations);
      expect(Math.abs(found.p - counted.p)).toBeLessThan(4 * error + 0.005);
    }
  });

  it.each(products)('is that of the maximum where the best pair counts: $name', (measure: Similarity) => {
    const [a, b] = [first, second].map((sites) => prepared(measure, sites));
    const { counted, found } = both(measure, a, b);
    expect(Math.abs(found.mean - counted.mean)).toBeLessThan(0.1 * counted.deviation);
    expect(Math.abs(found.p - counted.p)).toBeLessThan(0.02);
    const one = nullOfSites(measure, prepared(measure, [first[0]]), prepared(measure, [second[0]]), 0, {
      n,
      permutations,
    });
    expect(found.mean).toBeGreaterThan(one.mean);
  });
});

it.each(similarities)('is the same of many at once: $name', (measure: Similarity) => {
  const all = [layers('a', 1, [5, 12, 3]), layers('b', 1, [8, 6]), layers('c', 4, [7])].map((sites) =>
    prepared(measure, sites),
  );
  const compared = compareManySites(measure, all.slice(1), all.slice(0, 2));
  for (const [one, other] of [
    [0, 0],
    [1, 0],
    [1, 1],
  ]) {
    const { value, at } = compareSites(measure, all[one + 1], all[other]);
    expect(compared(one, other).value).toBeCloseTo(value, 12);
    expect(compared(one, other).at).toEqual(at);
  }
});

it('draws the same whether the numbers are kept or are too many for that', () => {
  const drawn = (...most: number[]): number[][] => {
    const normals = normalsOf('cka', { draws: 20, needs: 7 }, ...most);
    return Array.from({ length: 20 }, (_, draw) => [...normals(draw)]);
  };
  const kept = drawn();
  expect(drawn(100)).toEqual(kept);
  expect(drawn()).toEqual(kept);
  const random = stream('null of the best pair of sites', 'cka');
  expect(kept.flat()).toEqual(Array.from({ length: 140 }, () => random.normal()));
});

it('is the mean of both directions where they differ, and so is its null', () => {
  const measure = named('predictivity');
  const [a, b] = [layers('a', 3, [5]), layers('b', 3, [8])].map((sites) => prepared(measure, sites));
  const { value, at } = compareSites(measure, a, b);
  expect(at).toEqual([0, 0]);
  const [x, y] = [a.sides[0], b.sides[0]];
  expect(value).toBe((measure.compare(x, y) + measure.compare(y, x)) / 2);
  expect(compareSites(measure, b, a).value).toBe(value);
  const ways = [
    nullOfSites(measure, a, b, value, { n, permutations: 19 }),
    nullOfSites(measure, b, a, value, { n, permutations: 19 }),
  ];
  expect(ways.map(({ p }) => p)).toEqual([0.05, 0.05]);
  expect(ways.every(({ mean }) => mean < value)).toBe(true);
});
