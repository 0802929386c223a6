import { describe, expect, it } from 'vitest';
import type { Interval, Results } from '../../../src/protocol/results';
import { compareResults } from '../../../src/run/compare-results';

function interval(values: number[]): Interval {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, low: null, high: null, kind: 'none', n: values.length, values };
}

/** Results with what is compared, and nothing else. */
function results(networks: Record<string, { accuracy: number[]; share: number[] }>): Results {
  return {
    labels: [{ name: 't', source: 'task' }],
    networks: Object.entries(networks).map(([name, { accuracy, share }]) => ({
      name,
      summary: {
        accuracy: { t: interval(accuracy) },
        layers: [{ name: 'hidden1', varianceExplained: { t: interval(share) } }],
      },
    })),
  } as unknown as Results;
}

describe('comparing two runs', () => {
  const here = results({
    a: { accuracy: [0.9, 0.91, 0.92], share: [0.5, 0.3, 0.1] },
    b: { accuracy: [1], share: [1] },
  });
  const there = results({
    a: { accuracy: [0.8, 0.81, 0.79], share: [0.2, 0.4, 0.45] },
    b: { accuracy: [0.5], share: [0.5] },
    c: { accuracy: [1], share: [1] },
  });
  const comparison = compareResults({ name: 'x', results: here }, { name: 'y', results: there }, 0.95);

  it('shows a label that both runs have under two names once, with both', () => {
    const doubled = (of: Results, name: string): Results => ({
      ...of,
      labels: [
        { name: 'e', source: 'feature', sameAs: null },
        { name: 't', source: 'task', sameAs: { label: name } },
      ] as never,
      networks: of.networks.map((network) => ({
        ...network,
        summary: {
          ...network.summary,
          layers: network.summary.layers.map((layer) => ({
            ...layer,
            varianceExplained: { ...layer.varianceExplained, e: layer.varianceExplained.t },
          })),
        },
      })),
    });
    const shares = (other: string): string[] =>
      compareResults(
        { name: 'x', results: doubled(here, 'e') },
        { name: 'y', results: doubled(there, other) },
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

  it('does not judge from one replicate', () => {
    const single = comparison.rows.filter(({ network }) => network === 'b');
    expect(single.map(({ beyondSeeds }) => beyondSeeds)).toEqual([null, null]);
    expect(single[0].difference).toBeCloseTo(0.5, 10);
  });

  it('names what only one of them has', () => {
    expect(comparison.onlyHere).toEqual([]);
    expect(comparison.onlyThere).toEqual(['network c']);
  });
});
