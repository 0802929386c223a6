import { expect, it } from 'vitest';
import { classLabel } from '../../../../src/analysis/selectivity/class-label';
import { labelPermutations } from '../../../../src/analysis/selectivity/label-permutations';
import { selectivity } from '../../../../src/analysis/selectivity/selectivity';
import { shareOfUntrained } from '../../../../src/analysis/selectivity/share-of-untrained';
import type { SelectivityResults } from '../../../../src/protocol/results';

const of = (binary: boolean, cols: number, ...data: number[]): SelectivityResults => {
  const label = classLabel('x', ['a', 'b'], binary, [0, 0, 1, 1]);
  const activations = { rows: 4, cols, data: Float32Array.from(data) };
  return selectivity(activations, [label], labelPermutations(0, 4)).selectivity.x;
};
// Units by column. AUROC: 1, .5, undefined.
const trained = [1, 1, 4, 2, 2, 4, 3, 1, 4, 4, 2, 4];
// AUROC: .75, .0 and 1, undefined.
const untrained = [
  [1, 4, 3, 3, 2, 2, 4, 1],
  [1, 0, 2, 0, 3, 0, 4, 0],
];

it('is the share of untrained units, of all replicates, that prefer as strongly', () => {
  const shares = shareOfUntrained(untrained.map((data) => of(true, 2, ...data)))(of(true, 3, ...trained));
  expect(shares.auroc).toEqual([2 / 3, 1, null]);
  expect(shares.maximum.auroc).toBe(1);
});

it('has a row for each value of a categorical label', () => {
  const shares = shareOfUntrained([of(false, 2, ...untrained[0])])(of(false, 3, ...trained));
  expect(shares.auroc).toEqual([
    [0.5, 1, null],
    [0.5, 1, null],
  ]);
});

it('counts perfect units as the strongest: only perfect untrained ones are as selective', () => {
  const perfect = of(true, 1, 0, 0, 1, 1);
  const shares = (null_: SelectivityResults) => shareOfUntrained([null_])(perfect);
  expect(shares(of(true, 2, ...untrained[0]))).toMatchObject({ dprime: [0], maximum: { dprime: 0 } });
  expect(shares(of(true, 2, 0, 1, 0, 4, 3, 2, 3, 3))).toMatchObject({
    dprime: [0.5],
    maximum: { dprime: 1 },
  });
});

it('is null where no untrained unit is defined', () => {
  const shares = shareOfUntrained([of(true, 1, 0, 0, 0, 0)])(of(true, 3, ...trained));
  expect(shares.auroc).toEqual([null, null, null]);
  expect(shares.maximum.auroc).toBeNull();
});
