import { describe, expect, it } from 'vitest';
import { corrected } from '../../../src/analysis/inference/corrections';
import type { NumberArray } from '../../../src/core/number-array';
import { stream } from '../../../src/core/stream';
import { rsa, type RsaAsked } from '../../../src/verbs/rsa';

const random = stream('rsa', 0);
const size = 12;
const pairs = (size * (size - 1)) / 2;
const truth = Float64Array.from({ length: pairs }, () => random.uniform());
const noisy = (noise: number): number[] => Array.from(truth, (one) => one + noise * random.normal());
const array = (...rdms: (readonly number[])[]): NumberArray => ({
  shape: [rdms.length, rdms[0].length],
  data: Float64Array.from(rdms.flat()),
});
const files: Record<string, NumberArray> = {
  subjects: array(...Array.from({ length: 5 }, () => noisy(0.2))),
  alone: array(noisy(0.1)),
  'good.npy': array([...truth]),
  'bad.npy': array(Array.from(truth, () => random.uniform())),
  'flat.npy': array(new Array<number>(pairs).fill(1)),
};
const room = { array: (file: string) => Promise.resolve(files[file]) };
const run = (asked: Partial<RsaAsked> = {}) =>
  rsa.run(
    { subjects: ['subjects'], models: ['good.npy', 'bad.npy'], method: 'pearson', draws: 200, ...asked },
    room,
  );

describe('repscope rsa', () => {
  it('finds the model that is right at the ceiling, above 0 and above one that is not', async () => {
    const found = await run();
    const [good, bad] = found.models;
    expect(good.name).toBe('good');
    expect(good.value).toBeGreaterThan(found.ceiling.lower ?? 1);
    expect(good.aboveZero.corrected).toBeLessThan(0.01);
    expect(good.ceiling.p).toBeGreaterThan(0.05);
    expect(bad.aboveZero.corrected).toBeGreaterThan(0.05);
    expect(bad.ceiling.corrected).toBeLessThan(0.05);
    expect(found.differences).toMatchObject([{ first: 'good', second: 'bad' }]);
    expect(found.differences[0].p).toBeLessThan(0.05);
    expect(found).toMatchObject({ resampled: ['stimuli', 'subjects'], degrees: 4, drawsUsed: 200 });
    expect(await run()).toEqual(found);
  });

  it('has tests by shares of draws, none of them 0', async () => {
    const found = await run({ test: 'bootstrap', correct: 'none', resample: ['stimuli'] });
    expect(found.models[0].aboveZero).toEqual({ p: 1 / 201, corrected: 1 / 201 });
    expect(found.differences[0].p).toBe(2 / 201);
    expect(found.degrees).toBe(size - 1);
  });

  it('has the weighted sum of all models beside them, cross-validated', async () => {
    const found = await run({ weighted: true, draws: 100, resample: ['subjects'] });
    const [good, bad, sum] = found.models;
    expect(sum.name).toBe('weighted sum');
    // Weights come from other subjects and stimuli: no sum is much better than the model that is right.
    expect(Math.abs((sum.value ?? 0) - (good.value ?? 1))).toBeLessThan(0.05);
    expect(bad.value).toBeLessThan(sum.value ?? 0);
    expect(sum.aboveZero.p).toBeLessThan(0.01);
    expect(found.differences).toHaveLength(3);
    expect(found.weighted).toBe(true);
    await expect(run({ weighted: true, method: 'spearman' })).rejects.toThrow('no weighted sum by spearman');
  });

  it('has no error, and no NaN, where the noise of folds is more than all that varies', async () => {
    const few = await Promise.all(
      [2, 3, 4, 5, 6].map((draws) => run({ weighted: true, draws, resample: ['subjects'] })),
    );
    const without = few.filter(({ models }) => models.some(({ error }) => error === null));
    expect(without.length).toBeGreaterThan(0);
    for (const { why, models } of without) {
      expect(why).toContain('take more (--draws)');
      for (const { error, low, aboveZero } of models)
        if (error === null) expect([low, aboveZero.p]).toEqual([null, null]);
    }
  });

  it('has no ceiling of one RDM, and says so', async () => {
    const found = await run({ subjects: ['alone'] });
    expect(found.resampled).toEqual(['stimuli']);
    expect(found.ceiling).toEqual({ lower: null, upper: null });
    expect(found.models[0].ceiling).toEqual({ p: null, corrected: null });
    expect(found.models[0].aboveZero.p).toBeLessThan(0.01);
    expect(found.why).toBe('One RDM has no noise ceiling.');
  });

  it('has nothing of a model whose distances are all equal, and says why', async () => {
    const found = await run({ models: ['flat.npy', 'good.npy'] });
    expect(found.models[1].aboveZero.p).toBeLessThan(0.01);
    expect(found.differences[0]).toMatchObject({ difference: null, p: null });
    expect(found.models[0]).toMatchObject({ value: null, low: null, aboveZero: { p: null } });
    expect(found.why).toContain('distances are all equal');
  });

  it.each<[Partial<RsaAsked>, string]>([
    [{ method: 'bures' }, 'There is no inference by bures: take pearson'],
    [{ resample: ['units'] }, 'There is nothing called units to draw'],
    [{ subjects: ['alone'], resample: ['subjects'] }, 'There is one RDM: subjects cannot be drawn'],
    [{ names: ['one'] }, 'There are 1 names and 2 model RDMs'],
    [{ names: ['one', 'one'] }, 'Two models have the same name.'],
  ])('says what to mend: %j', async (asked, sentence) => {
    await expect(run(asked)).rejects.toThrow(sentence);
  });
});

describe('p-values of many tests', () => {
  // As R's p.adjust has them.
  const ps = [0.01, 0.04, 0.03, 0.005, null, 0.03];

  it('are corrected for the false discovery rate', () => {
    expect(corrected(ps, 'fdr').map((p) => p && Number(p.toFixed(9)))).toEqual([
      ...[0.025, 0.04, 0.0375, 0.025],
      null,
      0.0375,
    ]);
  });

  it('are multiplied by their number, up to 1, or left', () => {
    expect(corrected([0.01, 0.6, null], 'bonferroni')).toEqual([0.02, 1, null]);
    expect(corrected(ps, 'none')).toEqual(ps);
  });
});
