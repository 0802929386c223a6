import { describe, expect, it } from 'vitest';
import { statisticRows } from '../../src/core/extended';
import { pca } from '../../src/verbs/pca';
import { selectivity } from '../../src/verbs/selectivity';
import { expectClose } from './support/matrices';
import ofComponents from './fixtures/pca.json';
import ofUnits from './fixtures/selectivity.json';

it.each(ofComponents.cases)('pca of an array agrees with scikit-learn: $name', async (given) => {
  const { rows, cols, data } = given.activations;
  const array = () => Promise.resolve({ shape: [rows, cols], data: Float32Array.from(data) });
  const found = await pca.run({ activations: 'a.npy', components: given.components }, { array });
  expect(found).toMatchObject({ definition: 'pca', n: rows, units: cols });
  expectClose(found.values, given.ratio);
  expectClose(found.variances, given.variance);
  expect(found.loadings).toHaveLength(given.rank);
  found.loadings.forEach((row, k) => {
    expectClose(row, given.loadings.data.slice(k * cols, (k + 1) * cols));
    expectClose(
      found.scores[k],
      Array.from({ length: rows }, (_, i) => given.scores.data[i * given.components + k]),
    );
  });
  const shares = given.ratio.reduce((sum, share) => sum + share ** 2, 0);
  if (given.components === Math.min(rows, cols)) expectClose([found.participationRatio], [1 / shares]);
});

it('pca of an array in which nothing varies has no shares, and says why', async () => {
  const array = () => Promise.resolve({ shape: [3, 2], data: Float64Array.of(1, 2, 1, 2, 1, 2) });
  const found = await pca.run({ activations: 'a.npy' }, { array });
  expect(found).toMatchObject({ values: [null, null], why: 'No unit varies.', participationRatio: null });
});

describe('selectivity of an array', () => {
  const { stimuli, units } = ofUnits;

  it.each(ofUnits.cases)('agrees with scikit-learn: $activations, $label', async (given) => {
    const data = Float32Array.from(ofUnits.activations[given.activations as 'signed' | 'rectified']);
    const room = {
      array: () => Promise.resolve({ shape: [stimuli, units], data }),
      columns: () => Promise.resolve(new Map([['label', given.of.map((of) => `value ${of}`)]])),
    };
    const asked = { activations: 'a.npy', labels: 'l.csv', label: 'label', permutations: 19 };
    const { values, counts, missing } = await selectivity.run(asked, room);
    expect(counts.reduce((sum, count) => sum + count)).toBe(stimuli);
    expect(missing).toBe(0);
    for (const name of ['dprime', 'auroc', 'correlation'] as const)
      statisticRows(values[name]).forEach((row, at) =>
        row.forEach((value, unit) =>
          expect(value).toBeCloseTo((given.expected as Record<typeof name, number[][]>)[name][at][unit], 9),
        ),
      );
    expect(values.p.dprime.length).toBe(values.dprime.length);
  });
});
