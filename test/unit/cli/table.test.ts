import { describe, expect, it } from 'vitest';
import { groupMeans } from '../../../src/analysis/rsa/groups';
import { modelTestsTable } from '../../../src/cli/model-tests-table';
import { resultsTable, rsaTable } from '../../../src/cli/table';
import { columns } from '../../../src/cli/text';
import type { Results } from '../../../src/protocol/results';
import { tableOf } from '../../support/table';
import { network, results as fabricated } from '../hazards/fabricate';

/** Of results only what the tables show. */
function results(names: readonly string[], layer = 'hidden1'): Results {
  const groups = names.flatMap((a, at) =>
    names.slice(at).map((b) => ({ a, b, mean: 0.5, low: 0.4, high: 0.6, pairs: 9 })),
  );
  return {
    stimuli: { coincide: false },
    tasks: { easy: {} },
    ...tableOf(
      names.map((name) => ({ ...network({ name, accuracy: { easy: [0.4, 0.5, 0.6] } }), layers: [] })),
    ),
    confidence: 0.95,
    rsa: [
      {
        layer,
        metric: 'correlation',
        comparison: 'pearson',
        groups,
        labels: names.map((name) => `${name}/0`),
      },
    ],
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

  it('have the tests of model RDMs of a recording, and no shares of variance where there are RDMs alone', () => {
    const p = { p: 0.01, corrected: 0.02 };
    const of = {
      ...results([]),
      networks: [
        { name: 'IT', recorded: true, layers: [{ name: 'IT', role: 'hidden', units: 0 }], replicates: [] },
      ],
      modelTests: [
        {
          ...{ network: 'IT', layer: 'IT', method: 'rho-a', seeds: [1, 2], stimuli: 92, confidence: 0.95 },
          ceiling: { lower: 0.25, upper: 0.5 },
          models: [{ name: 'animacy', value: 0.125, low: 0, high: null, aboveZero: p, ceiling: p }],
        },
      ],
    } as unknown as Results;
    expect(resultsTable(of)).toBe('Replicates: IT 0.');
    expect(modelTestsTable(of)).toMatch(
      /^Model RDMs of IT: Rho-a, 2 replicates, 92 stimuli\nnoise ceiling: 0\.2500 to 0\.5000\n\nmodel.*\nanimacy +0\.1250 +– +0\.0200 +0\.0200$/,
    );
  });

  it('say of how many replicates a mean is, where not of all, and which intervals are approximate', () => {
    const shares = [
      [null, -0.017, null],
      [0.9, 0.91, 0.93],
    ];
    const made = network({ name: 'a', accuracy: { easy: [1, 1, 1] } });
    made.replicates.forEach((replicate, seed) => {
      replicate.layers = shares.map((of, at) => ({
        ...{ name: `hidden${at + 1}`, varianceExplained: { easy: of[seed] } },
      }));
    });
    const of = { ...results(['a']), ...tableOf([made]) };
    const text = resultsTable(of);
    expect(text).toContain('accuracy  100.0 % (all equal)\n');
    expect(text).toContain('-0.017 (1 of 3)\n');
    expect(text).toMatch(/0\.913 ≈ \[0\.\d{3}, 0\.\d{3}\]\n/);
    expect(text).toMatch(/≈: approximate, of fewer than 5 replicates .*\.$/);
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

const table = (coincide: boolean, reasons: (string | undefined)[] = []): string => {
  const made = network({
    name: 'n',
    accuracy: { t: reasons.map(() => 1) },
    varianceExplained: { t: reasons.map(() => -0.0004) },
  });
  made.replicates.forEach((replicate, seed) => {
    const reason = reasons[seed];
    if (reason !== undefined) Object.assign(replicate, { status: 'failed', reason });
  });
  const found = fabricated([made]);
  const whole = { ...found, stimuli: { ...found.stimuli, coincide }, confidence: 0.95 };
  return resultsTable({ ...whole, definitions: { interval: '95 % t-interval' } } as unknown as Results);
};

it('does not call stimuli fresh that training shows', () => {
  expect(table(false, [undefined])).toContain('Accuracy on fresh stimuli');
  expect(table(true, [undefined])).not.toMatch(/fresh/i);
  expect(table(true, [undefined])).toContain('Accuracy on the whole design');
});

it('shows no minus before zero', () => {
  expect(table(false, [undefined])).not.toContain('-0.000');
});

it('says once more why replicates failed, those with the same reason together', () => {
  const diverged = (step: number) =>
    `Training diverged: the loss was not finite at step ${step} (epoch 0.${step}).`;
  const text = table(false, [undefined, diverged(3), 'Out of memory.', diverged(7)]);
  expect(text.split('\n').filter((line) => line.startsWith('Failed'))).toEqual([
    `Failed: n, seeds 1, 3: ${diverged(3)}`,
    'Failed: n, seed 2: Out of memory.',
  ]);
});
