import { expect, it } from 'vitest';
import { different } from '../../../src/run/cluster-units';

it('counts a label under two names, or turned round, once', () => {
  const easy = [0.9, 0.2, null];
  const hard = [0.5, 0.6, null];
  const turned = [0.1, 0.8, null];
  expect(different([easy, hard, [...easy], turned, [0.9, 0.2, 0.5]], 0.5)).toEqual([
    easy,
    hard,
    [0.9, 0.2, 0.5],
  ]);
  expect(
    different(
      [
        [1, -2],
        [-1, 2],
        [2, -4],
      ],
      0,
    ),
  ).toEqual([
    [1, -2],
    [2, -4],
  ]);
});
