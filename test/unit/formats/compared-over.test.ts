import { expect, it } from 'vitest';
import { whyUndefined } from '../../../src/formats/compared-over';
import { noColumns } from '../../../src/core/values';
import type { Results, RsaResults } from '../../../src/protocol/results';
import { valuesOf } from '../../../src/run/values';
import { rsa } from '../hazards/fabricate';

/** Two replicates without a similarity, compared over so many of so many pairs. */
const over = (used: number, of: number, what: RsaResults['over'] = 'stimuli'): RsaResults => ({
  ...rsa(),
  over: what,
  labels: ['a/0', 'a/1'],
  matrix: [
    [1, null],
    [null, 1],
  ],
  stimulusPairs: of,
  used: [
    [of, used],
    [used, of],
  ],
});

it('a similarity is undefined over too few pairs, of stimuli or of conditions, or of equal distances', () => {
  expect(whyUndefined(over(4, 10), 0, 1)).toBe(
    'only 4 of 10 pairs of stimuli have a distance in both RDMs, not more than half',
  );
  expect(whyUndefined(over(3, 6, 'conditions'), 0, 1)).toBe(
    'only 3 of 6 pairs of conditions have a distance in both RDMs, not more than half',
  );
  // Two conditions make one pair.
  expect(whyUndefined(over(1, 1, 'conditions'), 0, 1)).toBe(
    'fewer than two pairs of conditions have a distance in both RDMs',
  );
  expect(whyUndefined(over(9, 10), 0, 1)).toBe('all distances of one of the RDMs are equal');
});

it('the table of values gives the same reason', () => {
  const results: Pick<Results, 'networks' | 'rsa' | 'pairs' | 'values'> = {
    networks: [],
    rsa: [over(4, 10)],
    pairs: [],
    values: noColumns(),
  };
  const [{ value, why, source, other }] = valuesOf(results as Results).rows();
  expect({ value, why, source, other }).toEqual({
    value: null,
    why: whyUndefined(over(4, 10), 1, 0),
    source: 'a',
    other: 'a/0',
  });
});
