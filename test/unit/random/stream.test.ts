import { describe, expect, it } from 'vitest';
import { stream, type Stream } from '../../../src/core/stream';

/** Counts of `n` draws; Pearson's statistic against uniform has `bins − 1` degrees of freedom. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((a, b) => a + b, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

function count(n: number, bins: number, draw: () => number): number[] {
  const counts = new Array<number>(bins).fill(0);
  for (let i = 0; i < n; i++) counts[draw()]++;
  return counts;
}

/** Six standard deviations above the mean of a chi-square of that many degrees of freedom. */
const limit = (degrees: number): number => degrees + 6 * Math.sqrt(2 * degrees);

const moment = (values: readonly number[], power: number): number =>
  values.reduce((sum, value) => sum + value ** power, 0) / values.length;

function correlation(a: Stream, b: Stream, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += (a.uniform() - 0.5) * (b.uniform() - 0.5) * 12;
  return sum / n;
}

const N = 100_000;

describe('stream', () => {
  it('gives the same numbers for the same name, on every machine', () => {
    const golden = stream('golden', 1);
    expect([golden.bits(), golden.bits(), golden.bits()]).toEqual([3675932714, 1810709212, 3099781544]);
    expect([golden.uniform(), golden.normal(), golden.normal()]).toEqual([
      0.20726426661700503, 0.07791297527451901, 1.0453926811835326,
    ]);
    expect([golden.below(10), golden.below(1000), golden.below(2 ** 32)]).toEqual([0, 519, 113155494]);
    expect([...golden.permutation(8)]).toEqual([3, 5, 2, 6, 4, 1, 7, 0]);
  });

  it('tells names apart that look alike', () => {
    const names = [['a', 1], ['a', '1'], ['a1'], ['a', 'b'], ['ab'], ['a,b'], ['a', 1, 0], [], ['']];
    const firsts = names.map((name) => stream(...name).bits());
    expect(new Set(firsts).size).toBe(names.length);
  });

  it('makes neighbouring names independent', () => {
    const r = correlation(stream('weights', 0), stream('weights', 1), N);
    expect(Math.abs(r)).toBeLessThan(6 / Math.sqrt(N));
    // The first draws of many names are as uniform as the draws of one.
    let seed = 0;
    expect(
      chiSquare(count(20_000, 20, () => Math.floor(stream('seed', seed++).uniform() * 20))),
    ).toBeLessThan(limit(19));
  });

  it('is uniform, and so are pairs of neighbours', () => {
    const random = stream('uniform');
    expect(chiSquare(count(N, 100, () => Math.floor(random.uniform() * 100)))).toBeLessThan(limit(99));
    const pair = () => Math.floor(random.uniform() * 10) * 10 + Math.floor(random.uniform() * 10);
    expect(chiSquare(count(N, 100, pair))).toBeLessThan(limit(99));
  });

  it('stays in [0, 1)', () => {
    const random = stream('range');
    let [least, most] = [1, 0];
    for (let i = 0; i < N; i++) {
      const value = random.uniform();
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    expect(least).toBeGreaterThanOrEqual(0);
    expect(most).toBeLessThan(1);
  });

  it('has each of the 32 bits set half of the time', () => {
    const random = stream('bits');
    const ones = new Array<number>(32).fill(0);
    for (let i = 0; i < N; i++) {
      const bits = random.bits();
      for (let b = 0; b < 32; b++) ones[b] += (bits >>> b) & 1;
    }
    for (const n of ones) expect(Math.abs(n / N - 0.5)).toBeLessThan(3 / Math.sqrt(N));
  });

  it('draws normals with the moments 0, 1, 0, 3 and the tails of a normal', () => {
    const random = stream('normal');
    const values = Array.from({ length: N }, () => random.normal());
    expect(Math.abs(moment(values, 1))).toBeLessThan(6 / Math.sqrt(N));
    expect(Math.abs(moment(values, 2) - 1)).toBeLessThan(6 * Math.sqrt(2 / N));
    expect(Math.abs(moment(values, 3))).toBeLessThan(6 * Math.sqrt(15 / N));
    expect(Math.abs(moment(values, 4) - 3)).toBeLessThan(6 * Math.sqrt(96 / N));
    const beyond = values.filter((value) => value > 1.959963984540054).length / N;
    expect(Math.abs(beyond - 0.025)).toBeLessThan(6 * Math.sqrt((0.025 * 0.975) / N));
    // Both halves of a polar pair: no correlation between neighbours.
    const neighbours = values.slice(1).reduce((sum, value, i) => sum + value * values[i], 0) / N;
    expect(Math.abs(neighbours)).toBeLessThan(6 / Math.sqrt(N));
  });

  it.each([1, 2, 3, 7, 64, 1000])('below(%i) is uniform on its range', (n) => {
    const random = stream('below', n);
    const counts = count(N, n, () => random.below(n));
    expect(counts).toHaveLength(n);
    expect(chiSquare(counts)).toBeLessThanOrEqual(limit(n - 1));
  });

  it('below is without bias where 2³² does not divide', () => {
    // A plain remainder would give results below 2³⁰ with probability 1/2 instead of 1/3.
    const random = stream('bias');
    const n = 3 * 2 ** 30;
    let small = 0;
    for (let i = 0; i < N; i++) if (random.below(n) < 2 ** 30) small++;
    expect(Math.abs(small / N - 1 / 3)).toBeLessThan(6 * Math.sqrt(2 / 9 / N));
  });

  it('permutes: every number once, every order equally often', () => {
    const random = stream('permutation');
    expect([...random.permutation(1000)].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 1000 }, (_, i) => i),
    );
    expect([...random.permutation(0)]).toEqual([]);
    const orders = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const order = random.permutation(4).join();
      orders.set(order, (orders.get(order) ?? 0) + 1);
    }
    expect(orders.size).toBe(24);
    expect(chiSquare([...orders.values()])).toBeLessThan(limit(23));
  });
});
