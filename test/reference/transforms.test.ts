import { describe, expect, it } from 'vitest';
import { transforms } from '../../src/analysis/rdm/transforms/transforms';
import { rdm } from '../../src/verbs/rdm';
import { expectClose } from './support/matrices';
import fixture from './fixtures/transforms.json';

const { size, low, high, cases } = fixture;
const bounds = { low, high };

describe.each(transforms.map((transform) => [transform.name, transform] as const))(
  '%s',
  (name, transform) => {
    it.each(cases)('agrees with rsatoolbox and scipy: $name', ({ distances, made }) => {
      const found = transform.apply(Float64Array.from(distances), bounds, size);
      expectClose(found, (made as Record<string, number[]>)[name]);
    });

    it('leaves out what is not defined, and has no distance where all are equal', () => {
      const distances = Float64Array.of(3, NaN, 1, 2, NaN, 4);
      const found = transform.apply(distances, bounds, 4);
      for (const [at, one] of distances.entries()) expect(Number.isNaN(found[at])).toBe(Number.isNaN(one));
      if (name === 'geodesic') expectClose(found, [2 / 3, null, 0, 1 / 3, null, 1]);
      const equal = transform.apply(new Float64Array(6).fill(2), bounds, 4);
      const one = { rank: 3.5, 'square-root': Math.SQRT2, 'geo-topological': 0 }[name] ?? NaN;
      expect(Array.from(equal)).toEqual(new Array(6).fill(one));
    });
  },
);

describe('repscope rdm --transform', () => {
  const room = {
    array: () => Promise.resolve({ shape: [4, 1], data: Float64Array.of(0, 1, 3, 7) }),
    columns: () => Promise.reject(new Error('no table')),
  };
  const asked = { activations: 'a', metric: 'euclidean' };

  it('is applied to the distances, and named', async () => {
    const found = await rdm.run({ ...asked, transform: 'rank' }, room);
    expect(found).toMatchObject({
      definition: 'euclidean',
      transform: 'rank',
      values: [1, 3, 6, 2, 5, 4],
    });
    const bounded = await rdm.run({ ...asked, transform: 'geo-topological', low: 0, high: 100 }, room);
    expectClose(bounded.values, [0, 2 / 6, 1, 1 / 6, 5 / 6, 3 / 6]);
  });

  it.each([
    [{ low: 10 }, 'are those of --transform geo-topological'],
    [{ transform: 'rank', high: 10 }, 'are those of --transform geo-topological'],
    [{ transform: 'geo-topological', low: 90 }, 'The lower quantile (90 %) is above the upper one (80 %)'],
    [{ transform: 'root' }, 'There is no transform root'],
  ])('says what to mend: %j', async (how, sentence) => {
    await expect(rdm.run({ ...asked, ...how }, room)).rejects.toThrow(sentence);
  });
});
