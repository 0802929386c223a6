import { describe, expect, it } from 'vitest';
import { stream } from '../../src/core/stream';
import { rdm } from '../../src/analysis/rdm/rdm';
import { squareOf } from '../../src/analysis/rdm/triangle';
import { neighbourOrder, trustworthiness } from '../../src/analysis/structure/neighbourhoods';
import { planeDistances } from '../../src/analysis/structure/plane';
import { CURVE, fuzzyGraph, umap } from '../../src/analysis/structure/umap';
import structure from './fixtures/structure.json';
import fixture from './fixtures/umap.json';
import { matrix64 } from './support/matrices';

const x = matrix64(structure.x);
const n = x.rows;
const distances = squareOf(rdm(x, 'euclidean').distances, n);
const order = neighbourOrder(distances, n);

describe.each(['5', '12'] as const)('the fuzzy graph of UMAP with %s neighbours', (k) => {
  const { from, to, weight } = fuzzyGraph(distances, order, n, Number(k));

  it('is that of numpy and scipy', () => {
    const expected = fixture.graphs[k];
    expect(Array.from(from, (one, at) => [one, to[at]])).toEqual(expected.map(([i, j]) => [i, j]));
    expected.forEach(([, , wanted], at) => expect(Math.abs(weight[at] - wanted)).toBeLessThan(1e-5));
  });

  it('is the same in any unit of distance, and each item has a neighbour of weight 1', () => {
    const far = fuzzyGraph(
      distances.map((one) => 1000 * one),
      order,
      n,
      Number(k),
    );
    expect(far.to).toEqual(to);
    far.weight.forEach((one, at) => expect(Math.abs(one - weight[at])).toBeLessThan(1e-5));
    for (let i = 0; i < n; i++)
      expect(Math.max(...Array.from(weight).filter((_, at) => from[at] === i))).toBeCloseTo(1, 12);
  });
});

it('the curve of the map is that which umap-learn fits', () => {
  expect(Math.abs(CURVE.a - fixture.curve[0])).toBeLessThan(1e-6);
  expect(Math.abs(CURVE.b - fixture.curve[1])).toBeLessThan(1e-6);
});

it('lays two groups that share no neighbour out apart, and keeps neighbourhoods', () => {
  const random = stream('umap test');
  const [count, cols] = [60, 6];
  const data = Float64Array.from(
    { length: count * cols },
    (_, at) => random.normal() + (Math.floor(at / cols) % 2 === 0 ? 0 : 30),
  );
  const apart = squareOf(rdm({ rows: count, cols, data }, 'euclidean').distances, count);
  const near = neighbourOrder(apart, count);
  const start = {
    rows: count,
    cols: 2,
    data: Float64Array.from({ length: 2 * count }, () => random.normal()),
  };
  const plane = umap(fuzzyGraph(apart, near, count, 10), start, random);
  const map = neighbourOrder(planeDistances(plane), count);
  // No item has one of the other group among its nearest.
  for (let i = 0; i < count; i++)
    for (const j of map.subarray(i * (count - 1), i * (count - 1) + 5)) expect(j % 2).toBe(i % 2);
  expect(trustworthiness(near, map, count, 10)).toBeGreaterThan(0.9);
});
