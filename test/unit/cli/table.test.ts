import { describe, expect, it } from 'vitest';
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

  it('show as many pairs as can be read, and say where the others are', () => {
    expect(rsaTable(results(['a', 'b', 'c']), 'there')).not.toContain('there');
    const many = rsaTable(results(Array.from({ length: 216 }, (_, at) => `net ${at}`)), 'tables/rsa.csv');
    expect(many.split('\n')).toHaveLength(28);
    expect(many).toMatch(/and 23412 more pairs of networks, in tables\/rsa\.csv$/);
  });
});
