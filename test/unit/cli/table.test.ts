import { describe, expect, it } from 'vitest';
import { groupMeans } from '../../../src/analysis/rsa/groups';
import { interval, share } from '../../../src/analysis/statistics/interval';
import { resultsTable, rsaTable } from '../../../src/cli/table';
import { columns } from '../../../src/cli/text';
import type { Results } from '../../../src/protocol/results';

/** Of results only what the tables show. */
function results(names: readonly string[], layer = 'hidden1'): Results {
  const interval = { mean: 0.5, low: 0.4, high: 0.6, n: 3, values: [0.4, 0.5, 0.6] };
  const groups = names.flatMap((a, at) =>
    names.slice(at).map((b) => ({ a, b, mean: 0.5, low: 0.4, high: 0.6, pairs: 9 })),
  );
  return {
    tasks: { easy: {} },
    networks: names.map((name) => ({
      name,
      replicates: [],
      summary: { accuracy: { easy: interval }, layers: [] },
    })),
    rsa: [{ layer, metric: 'correlation', comparison: 'pearson', groups }],
    definitions: { interval: '95 % interval.' },
  } as unknown as Results;
}

describe('tables in the terminal', () => {
  it('have straight columns with names of wide characters', () => {
    const [, , head, , wide, , plain] = resultsTable(results(['网络', 'abcdef'])).split('\n');
    for (const line of [wide, plain])
      expect(columns(line.slice(0, line.indexOf('accuracy')))).toBe(head.indexOf('layer'));
  });

  it('say the last hidden layer in words', () => {
    expect(rsaTable(results(['a', 'b'], 'lastHidden'), 'there')).toMatch(/^RSA of the last hidden layer \(/);
  });

  it('say of how many replicates a mean is, where not of all, and which intervals are approximate', () => {
    const of = results(['a']);
    const [network] = of.networks;
    const dead = interval([null, -0.017, null], 0.95);
    const few = interval([0.9, 0.91, 0.93], 0.95, share);
    network.summary.accuracy.easy = interval([1, 1, 1], 0.95, share);
    network.summary.layers = [dead, few].map((varianceExplained) => ({
      name: 'hidden1',
      varianceExplained: { easy: varianceExplained },
    })) as unknown as typeof network.summary.layers;
    const text = resultsTable(of);
    expect(text).toContain('accuracy  100.0 % (all equal)\n');
    expect(text).toContain('-0.017 (1 of 3)\n');
    expect(text).toMatch(/0\.913 ≈ \[0\.\d{3}, 0\.\d{3}\]\n/);
    expect(text).toMatch(/≈: approximate, of fewer than five replicates\.$/);
    of.rsa[0].groups = groupMeans(
      [
        [1, null],
        [null, 1],
      ],
      ['a', 'a'],
      0.95,
    );
    expect(rsaTable(of, 'there')).toMatch(/^a – a +– \(0 of 1\)$/m);
  });

  it('show as many pairs as can be read, and say where the others are', () => {
    expect(rsaTable(results(['a', 'b', 'c']), 'there')).not.toContain('there');
    const many = rsaTable(results(Array.from({ length: 216 }, (_, at) => `net ${at}`)), 'tables/rsa.csv');
    expect(many.split('\n')).toHaveLength(28);
    expect(many).toMatch(/and 23412 more pairs of networks, in tables\/rsa\.csv$/);
  });
});
