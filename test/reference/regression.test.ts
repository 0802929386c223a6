import { describe, expect, it } from 'vitest';
import { partial } from '../../src/analysis/inference/partial';
import type { NumberArray } from '../../src/core/number-array';
import { nonNegative } from '../../src/numerics/nnls';
import { compareRdms, type CompareRdmsAsked, type RdmsCompared } from '../../src/verbs/compare-rdms';
import { expectClose } from './support/matrices';
import fixture from './fixtures/regression.json';

const rows = (...rdms: number[][]): NumberArray => ({
  shape: [rdms.length, rdms[0].length],
  data: Float64Array.from(rdms.flat()),
});
const { target, models } = fixture;
const sum = models[0].map((value, at) => 2 * value + 0.5 * models[1][at]);
const files: Record<string, NumberArray> = {
  target: rows(target),
  // Two files: models are counted through.
  'a/first.npy': rows(models[0], models[1], models[2]),
  'last.npy': rows(models[3]),
  sums: rows(
    sum,
    sum.map((value) => 3 * value),
    sum,
  ),
  same: rows(models[0], models[0]),
};
const room = { array: (file: string) => Promise.resolve(files[file]) };
const run = (asked: Partial<CompareRdmsAsked>): Promise<RdmsCompared> =>
  compareRdms.run({ first: 'target', others: ['a/first.npy', 'last.npy'], ...asked }, room);

describe('partial similarities', () => {
  it.each(Object.entries(fixture.partial))('are those of residuals: %s', async (method, expected) => {
    const { values = [], models: names } = await run({ method, way: 'partial' });
    expectClose(values[0], expected);
    expect(names).toEqual(['first 1', 'first 2', 'first 3', 'last']);
  });

  it('of Kendall’s tau are (τ₀₁ − τ₀₂ τ₁₂) / √((1 − τ₀₂²)(1 − τ₁₂²))', () => {
    const [a, b, c] = [0.5, 0.3, -0.2];
    const found = partial({ rows: 3, cols: 3, data: Float64Array.of(1, a, b, a, 1, c, b, c, 1) });
    expect(found?.[0]).toBeCloseTo((a - b * c) / Math.sqrt((1 - b * b) * (1 - c * c)), 14);
  });

  it('are not defined where models depend on each other, with the reason', async () => {
    const found = await run({ others: ['same'], way: 'partial' });
    expect(found.values).toEqual([[null, null]]);
    expect(found.why).toContain('a model is a sum of others');
  });
});

describe.each(Object.entries(fixture.regressions))('regression on model RDMs, %s', (method, expected) => {
  it.each(['regression', 'non-negative-regression'] as const)(
    '%s agrees with numpy and scipy',
    async (way) => {
      const [found] = (await run({ method, way })).regressions ?? [];
      expectClose(found.weights ?? [], expected[way].weights);
      expectClose([found.value], [expected[way].value]);
      if (way === 'regression') expectClose(found.unique, expected.regression.unique);
      expect(found.acrossRdms).toBeNull();
    },
  );

  it('finds the weights of a sum, also across stimuli and RDMs', async () => {
    const { regressions = [] } = await run({ first: 'sums', method, way: 'non-negative-regression' });
    expect(regressions).toHaveLength(3);
    for (const { value, acrossStimuli, acrossRdms } of regressions)
      expectClose([value, acrossStimuli, acrossRdms], [1, 1, 1]);
    expectClose(regressions[1].weights ?? [], [6, 1.5, 0, 0]);
  });
});

describe('regression', () => {
  it('is no better on stimuli that it was not fitted to', async () => {
    const [{ value, acrossStimuli }] = (await run({ way: 'regression' })).regressions ?? [];
    expect(acrossStimuli).toBeLessThan(value ?? 0);
  });

  it.each<[Partial<CompareRdmsAsked>, string]>([
    [{ method: 'spearman', way: 'regression' }, 'There is no regression by spearman: take pearson'],
    [{ method: 'rho-a', way: 'partial' }, 'There is no partial by rho-a: take pearson'],
  ])('says what to mend: %j', async (asked, sentence) => {
    await expect(run(asked)).rejects.toThrow(sentence);
  });
});

describe('non-negative least squares', () => {
  it('leaves out what would be below 0', () => {
    const gram = { rows: 2, cols: 2, data: Float64Array.of(1, 0.9, 0.9, 1) };
    expectClose(nonNegative(gram, Float64Array.of(1, 0.5)), [1, 0]);
    expectClose(nonNegative(gram, Float64Array.of(-1, -0.5)), [0, 0]);
  });
});
