import { describe, expect, it } from 'vitest';
import { stream } from '../../../src/core/stream';
import type { UnitScaling } from '../../../src/protocol/similarity-names';
import { similarity, type SimilarityAsked, type SimilarityFound } from '../../../src/verbs/similarity';

const random = stream('two arrays', 0);
const arrays = Object.fromEntries(
  [
    ['a', 5],
    ['b', 3],
  ].map(([name, units]) => {
    const shape = [12, Number(units)];
    return [name, { shape, data: Float64Array.from({ length: shape[0] * shape[1] }, () => random.normal()) }];
  }),
);

async function found(asked: SimilarityAsked): Promise<SimilarityFound> {
  const all = await similarity.run(asked, { array: (file) => Promise.resolve(arrays[file]) });
  return all[0];
}

describe('similarity of two arrays', () => {
  it('has both directions of a measure that has one, each with its null', async () => {
    const measure = 'matching-semi';
    const forth = await found({ first: 'a', second: 'b', measure, null: 19 });
    const back = await found({ first: 'b', second: 'a', measure, null: 19 });
    expect(forth.value).not.toBe(forth.reverse?.value);
    expect(back).toMatchObject({
      ...{ value: forth.reverse?.value, null: forth.reverse?.null },
      reverse: { value: forth.value, null: forth.null },
    });
    expect(await found({ first: 'a', second: 'b', measure: 'cka' })).not.toHaveProperty('reverse');
  });

  it('partly whitens as it is told: not at all with an alpha of 1, wholly with 0', async () => {
    const by = async (measure: string, alpha?: number): Promise<number> =>
      (await found({ first: 'a', second: 'b', measure, ...(alpha === undefined ? {} : { alpha }) }))
        .value as number;
    expect(await by('shape', 1)).toBeCloseTo(await by('procrustes'), 12);
    // The mean canonical correlation is over the smaller rank, the angle over both.
    expect(await by('shape', 0)).toBeCloseTo(Math.acos(((await by('cca')) * 3) / Math.sqrt(15)), 12);
    expect(await by('shape')).toBe(await by('shape', 0.5));
  });

  it('scales units first as it is told', async () => {
    const by = async (measure: string, units: UnitScaling): Promise<number> =>
      (await found({ first: 'a', second: 'b', measure, units })).value as number;
    expect(await by('cka', 'raw')).toBe((await found({ first: 'a', second: 'b', measure: 'cka' })).value);
    expect(await by('cka', 'whitened')).toBeCloseTo(
      ((await by('cca-squared', 'raw')) * 3) / Math.sqrt(15),
      10,
    );
    expect(await by('matching-soft', 'z-scored')).toBeCloseTo(await by('matching-soft', 'raw'), 10);
    expect(Math.abs((await by('cka', 'z-scored')) - (await by('cka', 'raw')))).toBeGreaterThan(1e-4);
  });
});
