import { expect, it } from 'vitest';
import { bootstrap } from '../../../../src/analysis/statistics/bootstrap';
import { stream } from '../../../../src/random/stream';

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

it('gives the interval that theory gives for a mean', () => {
  const values = Array.from({ length: 50 }, (_, i) => i);
  const statistic = ([drawn]: readonly Uint32Array[]) => mean(Array.from(drawn, (i) => values[i]));
  const found = bootstrap([50], statistic, { confidence: 0.95, draws: 4000, random: stream('test') });
  // Standard error of the mean of 0 … 49: 14.43 / √50 = 2.04.
  expect(found?.low).toBeCloseTo(24.5 - 1.96 * 2.04, 0);
  expect(found?.high).toBeCloseTo(24.5 + 1.96 * 2.04, 0);
});

it('draws groups apart, leaves undefined draws out, and gives none where most are undefined', () => {
  const options = { confidence: 0.9, draws: 200, random: stream('groups') };
  const sizes = new Set<string>();
  const found = bootstrap(
    [2, 3],
    (drawn) => {
      sizes.add(drawn.map((group) => group.length).join());
      return drawn[0][0] === 0 && drawn[1][0] === 0 ? null : 7;
    },
    options,
  );
  expect([...sizes]).toEqual(['2,3']);
  expect(found).toEqual({ low: 7, high: 7 });
  expect(bootstrap([2], () => null, options)).toBeNull();
});
