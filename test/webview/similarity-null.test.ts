import { expect, it } from 'vitest';
import { askedSimilarities } from '../../src/measures/similarity';
import { measureInfos } from '../../src/measures/measures';
import type { PairResults, Results } from '../../src/protocol/results';
import { similarityOf } from '../../webview/src/panels/similarity-networks';
import { aboveNull } from '../../src/protocol/above-null';
import { calibratedOf, isByChance } from '../../webview/src/panels/similarity-null';
import { coloursOf } from '../../webview/src/panels/similarity-words';
import { synthetic } from './synthetic';

const similarity = { measures: ['cka'], null: 99 } as const;
const [measure] = askedSimilarities({ similarity });
const group = { a: 'a', b: 'b', low: null, high: null, kind: 'none', pairs: 2, possible: 2 } as const;
const scores: PairResults = {
  ...{ measure: measure?.name ?? '', layer: 'hidden1', labels: ['a/0', 'b/0', 'b/1'] },
  matrix: [
    [1, 0.5, 0.4],
    [0.5, 1, 0.9],
    [0.4, 0.9, 1],
  ],
  groups: [{ ...group, mean: 0.45 }],
  ...{ mds: null, undefinedValues: {} },
};
const entry: PairResults = {
  ...scores,
  null: {
    permutations: 99,
    mean: [
      [null, 0.3, 0.3],
      [0.3, null, 0.2],
      [0.3, 0.2, null],
    ],
    calibrated: [
      [null, 0.29, 0.14],
      [0.29, null, 0.88],
      [0.14, 0.88, null],
    ],
    p: [
      [null, 0.01, 0.06],
      [0.01, null, 0.01],
      [0.06, 0.01, null],
    ],
    groups: [{ ...group, mean: 0.215 }],
  },
};

it('shows scores calibrated by their null in their place, and counts what is above it', () => {
  const base = synthetic().results;
  const results: Results = {
    ...base,
    measures: { ...base.measures, ...measureInfos({ rdm: base.rdm, similarity }) },
  };
  expect(isByChance(entry, 0, 2)).toBe(true);
  expect([isByChance(entry, 0, 1), isByChance(entry, 1, 1)]).toEqual([false, false]);
  expect(aboveNull(entry, { a: 'b', b: 'a' })).toEqual({ above: 1, of: 2, mean: 0.3 });
  const shown = calibratedOf(entry, results);
  if (!shown) throw new Error('There is a null.');
  const { matrix, groups } = similarityOf(shown, 'hidden1', results, coloursOf(shown.info));
  expect(matrix.caption).toContain('Linear CKA, calibrated. Larger: more alike; 1: the same.');
  expect(matrix.caption).toContain('Dots: no more alike than with shuffled stimuli (p > .05');
  expect(matrix.table?.rows[0]).toEqual(['a/0', 1, 0.29, 0.14]);
  expect(groups.table?.columns).toEqual(['network', 'with', 'similarity', 'pairs', 'above shuffled']);
  expect(groups.table?.rows[0]?.slice(-1)).toEqual(['1 of 2']);
  expect(calibratedOf(scores, results)).toBeNull();
});
