import { expect, it } from 'vitest';
import { labelPermutations } from '../../../../src/analysis/selectivity/label-permutations';

it('gives orders of all stimuli, the same each time, more of them beginning with the fewer', () => {
  const first = [...labelPermutations(30, 10).blocks()].flatMap((block) => [...block]);
  const again = [...labelPermutations(40, 10).blocks()].flatMap((block) => [...block]);
  expect(first).toHaveLength(300);
  expect(again.slice(0, 300)).toEqual(first);
  for (let k = 0; k < 30; k++) {
    expect(first.slice(10 * k, 10 * k + 10).sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  }
  expect(first.slice(0, 10)).not.toEqual(first.slice(10, 20));
});

it('draws too many to keep anew, without any difference', () => {
  const many = labelPermutations(65, 2 ** 18);
  const [a, b] = [many.blocks(), many.blocks()].map((blocks) => {
    for (const block of blocks) return block.subarray(0, 50);
    return null;
  });
  expect(a).toEqual(b);
  expect(a).not.toBeNull();
});
