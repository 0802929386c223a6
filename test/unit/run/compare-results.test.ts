import { describe, expect, it } from 'vitest';
import { END, Values } from '../../../src/core/values';
import { tableOf } from '../../support/table';
import type { Results } from '../../../src/protocol/results';
import { compareResults } from '../../../src/run/compare-results';

/** Results with what is compared, and nothing else. */
function results(
  networks: Record<string, { accuracy: number[]; share: number[] }>,
  more: (share: number) => Record<string, number> = () => ({}),
): Results {
  return {
    labels: [{ name: 't', source: 'task' }],
    ...tableOf(
      Object.entries(networks).map(([name, { accuracy, share }]) => ({
        ...{ name, tasks: ['t'], trained: true, parameters: 0 },
        layers: [{ name: 'hidden1', role: 'hidden' as const, units: 1 }],
        replicates: accuracy.map((value, seed) => ({
          seed,
          accuracy: { t: value },
          layers: [{ name: 'hidden1', varianceExplained: { t: share[seed], ...more(share[seed]) } }],
        })),
      })),
    ),
    confidence: 0.95,
  } as unknown as Results;
}

describe('comparing two runs', () => {
  const ours = {
    a: { accuracy: [0.9, 0.91, 0.92], share: [0.5, 0.3, 0.1] },
    b: { accuracy: [1], share: [1] },
  };
  const theirs = {
    a: { accuracy: [0.8, 0.81, 0.79], share: [0.2, 0.4, 0.45] },
    b: { accuracy: [0.5], share: [0.5] },
    c: { accuracy: [1], share: [1] },
  };
  const [here, there] = [results(ours), results(theirs)];
  const comparison = compareResults({ name: 'x', results: here }, { name: 'y', results: there }, 0.95);

  it('shows a label that both runs have under two names once, with both', () => {
    const doubled = (of: typeof theirs | typeof ours, name: string): Results => ({
      ...results(of, (e) => ({ e })),
      labels: [
        { name: 'e', source: 'feature', sameAs: null },
        { name: 't', source: 'task', sameAs: { label: name } },
      ] as never,
    });
    const shares = (other: string): string[] =>
      compareResults(
        { name: 'x', results: doubled(ours, 'e') },
        { name: 'y', results: doubled(theirs, other) },
        0.95,
      )
        .rows.filter(({ measure, network }) => measure === 'varianceExplained' && network === 'a')
        .map(({ label }) => label);
    expect(shares('e')).toEqual(['t = e']);
    expect(shares('f').sort()).toEqual(['e', 't']);
  });

  it('says here − there with an interval, and whether seeds could do it', () => {
    const [first, second] = comparison.rows;
    expect(first).toMatchObject({
      network: 'a',
      measure: 'accuracy',
      label: 't',
      n: [3, 3],
      beyondSeeds: true,
    });
    expect(first.difference).toBeCloseTo(0.11, 10);
    // t(.975, 4) = 2.7764, standard error √(2 · .01² / 3)
    expect(first.low).toBeCloseTo(0.11 - 2.776445 * Math.sqrt(2e-4 / 3), 6);
    expect(second).toMatchObject({
      network: 'a',
      measure: 'varianceExplained',
      layer: 'hidden1',
      beyondSeeds: false,
    });
  });

  it('compares networks of other names where they are paired by hand', () => {
    const pairs = [
      { here: 'b', there: 'c' },
      { here: 'b', there: 'nowhere' },
    ];
    const found = compareResults({ name: 'x', results: here }, { name: 'y', results: there }, 0.95, pairs);
    expect(found.paired).toEqual(pairs.slice(0, 1));
    // c is the network b of here to the last number.
    expect(found.unchanged).toEqual(['b']);
    expect(found.onlyThere).toEqual([]);
    const swapped = compareResults({ name: 'x', results: here }, { name: 'y', results: there }, 0.95, [
      { here: 'a', there: 'b' },
    ]);
    const row = swapped.rows.find(({ network, measure }) => network === 'a' && measure === 'accuracy');
    expect(row).toMatchObject({ against: 'b', there: 0.5, n: [3, 1] });
  });

  it('has the intervals of both means', () => {
    const [{ hereEnds, thereEnds, here: mean }] = comparison.rows;
    for (const ends of [hereEnds, thereEnds]) expect(ends?.[0]).toBeLessThan(ends?.[1] ?? 0);
    expect(hereEnds?.[0]).toBeLessThan(mean ?? 0);
    expect(comparison.rows.find(({ network }) => network === 'b')?.hereEnds).toBeNull();
  });

  it('does not judge from one replicate', () => {
    const single = comparison.rows.filter(({ network }) => network === 'b');
    expect(single.map(({ beyondSeeds }) => beyondSeeds)).toEqual([null, null]);
    expect(single[0].difference).toBeCloseTo(0.5, 10);
  });

  it('compares how alike layers are, after all else', () => {
    const [a, b] = [ours, theirs].map((of, run) => {
      const made = results(of);
      const values = Values.of(made.values);
      for (const seed of [0, 1, 2])
        values.add(
          {
            ...{ measure: 'angularProcrustes', source: 'a', seed: String(seed), checkpoint: END },
            ...{ site: 'hidden1', other: 'output' },
          },
          0.5 + 0.4 * run + 0.01 * seed,
        );
      return made;
    });
    const { rows } = compareResults({ name: 'x', results: a }, { name: 'y', results: b }, 0.95);
    expect(rows.slice(0, -1)).toEqual(comparison.rows);
    expect(rows.at(-1)).toMatchObject({
      ...{ network: 'a', measure: 'angularProcrustes', title: 'angular Procrustes distance' },
      ...{ layer: 'hidden1', other: 'output', label: '', n: [3, 3], beyondSeeds: true },
    });
    expect(rows.at(-1)?.difference).toBeCloseTo(-0.4, 12);
  });

  it('counts neither networks that are the same, replicate by replicate, nor a task twice', () => {
    const twice = (of: typeof ours): Results => {
      const made = results(of);
      const values = Values.of(made.values);
      for (const [seed, value] of of.a.accuracy.entries())
        values.add(
          { measure: 'accuracy', source: 'a', seed: String(seed), checkpoint: END, label: 'u' },
          value,
        );
      const labels = [
        { name: 't', source: 'task', sameAs: null },
        { name: 'u', source: 'task', sameAs: { label: 't', reversed: false } },
      ];
      return { ...made, labels: labels as never };
    };
    const edited = { ...ours, a: { accuracy: [0.8, 0.8, 0.7], share: ours.a.share } };
    const { rows, unchanged } = compareResults(
      { name: 'x', results: twice(ours) },
      { name: 'y', results: twice(edited) },
      0.95,
    );
    expect(unchanged).toEqual(['b']);
    expect(rows.map(({ network, measure, label }) => [network, measure, label])).toEqual([
      ['a', 'accuracy', 't = u'],
      ['a', 'varianceExplained', 't = u'],
    ]);
  });

  it('names what only one of them has', () => {
    expect(comparison.onlyHere).toEqual([]);
    expect(comparison.onlyThere).toEqual(['network c']);
  });
});
