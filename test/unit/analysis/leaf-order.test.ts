import { describe, expect, it } from 'vitest';
import { averageLinkageOf, type Merge, rowDistances } from '../../../src/numerics/average-linkage';
import { optimalLeafOrder } from '../../../src/numerics/leaf-order';
import { stream } from '../../../src/core/stream';

type Tree = ReturnType<typeof averageLinkageOf>;

/** All orders that a tree's branches can be turned to. */
function turned(merges: readonly Merge[]): number[][] {
  const n = merges.length + 1;
  const groups: number[][][] = Array.from({ length: n }, (_, leaf) => [[leaf]]);
  for (const { a, b } of merges)
    groups.push(
      groups[a].flatMap((left) =>
        groups[b].flatMap((right) => [
          [...left, ...right],
          [...right, ...left],
        ]),
      ),
    );
  return groups[groups.length - 1];
}

/** The least length by its definition: of ways through a group between two leaves, half by half. */
function leastLength(merges: readonly Merge[], distances: Float64Array): number {
  const n = merges.length + 1;
  const leaves: number[][] = Array.from({ length: n }, (_, leaf) => [leaf]);
  const ways: Map<string, number>[] = leaves.map(([leaf]) => new Map([[`${leaf} ${leaf}`, 0]]));
  for (const { a, b } of merges) {
    const through = new Map<string, number>();
    for (const [first, left] of ways[a])
      for (const [second, right] of ways[b]) {
        const [[u, m], [k, w]] = [first.split(' ').map(Number), second.split(' ').map(Number)];
        const length = left + distances[m * n + k] + right;
        for (const name of [`${u} ${w}`, `${w} ${u}`])
          through.set(name, Math.min(length, through.get(name) ?? Infinity));
      }
    ways.push(through);
  }
  return Math.min(...ways[ways.length - 1].values());
}

function check({ merges, order }: Tree, distances: Float64Array): number {
  const n = order.length;
  const found = optimalLeafOrder(merges, distances, order);
  expect([...found].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
  const at = new Map(found.map((leaf, place) => [leaf, place]));
  // The leaves of every group are beside each other: the branches were turned, and nothing else.
  const groups: number[][] = Array.from({ length: n }, (_, leaf) => [leaf]);
  for (const { a, b } of merges) {
    const group = [...groups[a], ...groups[b]];
    const places = group.map((leaf) => at.get(leaf) ?? NaN);
    expect(Math.max(...places) - Math.min(...places)).toBe(group.length - 1);
    groups.push(group);
  }
  return lengthOf(found, distances);
}

function lengthOf(leaves: readonly number[], distances: Float64Array): number {
  return leaves.slice(1).reduce((sum, leaf, i) => sum + distances[leaves[i] * leaves.length + leaf], 0);
}

const random = stream('leaf order');
/** Distances of points in a plane; of coarse ones many are equal. */
const points = (n: number, coarse: boolean): Float64Array =>
  rowDistances(
    Array.from({ length: n }, () =>
      [random.normal(), random.normal()].map((value) => (coarse ? Math.round(value) : value)),
    ),
  );

describe.each([false, true])('the optimal order of leaves, distances equal at times: %s', (coarse) => {
  it.each([2, 3, 5, 8, 10])('is the shortest of all turns of the branches: %s leaves', (n) => {
    for (let trial = 0; trial < 10; trial++) {
      const distances = points(n, coarse);
      const tree = averageLinkageOf(distances, n);
      const all = turned(tree.merges).map((leaves) => lengthOf(leaves, distances));
      expect(check(tree, distances)).toBeCloseTo(Math.min(...all), 10);
    }
  });

  it.each([17, 40])('has the least length by its definition: %s leaves', (n) => {
    const distances = points(n, coarse);
    const tree = averageLinkageOf(distances, n);
    expect(check(tree, distances)).toBeCloseTo(leastLength(tree.merges, distances), 10);
  });

  it('of a chain, in which each merger adds one leaf', () => {
    const n = 30;
    const merges = Array.from({ length: n - 1 }, (_, at) => ({
      a: at + 1,
      b: at === 0 ? 0 : n + at - 1,
      height: at,
    }));
    const order = Array.from({ length: n }, (_, at) => n - 1 - at);
    // The first merger is of leaves 1 and 0, each later one of the next leaf and all before it.
    const distances = points(n, coarse);
    expect(check({ merges, order }, distances)).toBeCloseTo(leastLength(merges, distances), 10);
  });
});
