import { expect, it } from 'vitest';
import { chosenStimuli } from '../../../src/run/detail';
import type { DrawnExperiment } from '../../../src/run/drawn-experiment';

/** @param of the condition of each stimulus */
function chosen(of: number[], most: number): number[] {
  const counts = Array.from({ length: Math.max(...of) + 1 }, (_, one) => of.filter((c) => c === one).length);
  const conditions = { names: counts.map(String), counts, of: Uint16Array.from(of) };
  return [...chosenStimuli({ conditions } as DrawnExperiment, most)];
}

it('takes as many stimuli of each condition, by condition', () => {
  expect(chosen([0, 1, 0, 1, 0, 2], 4)).toEqual([0, 2, 1, 5]);
  expect(chosen([1, 0], 9)).toEqual([1, 0]);
});

it('takes of more conditions than there is room for some from all over, and not the first', () => {
  const of = Array.from({ length: 12 }, (_, at) => 11 - at);
  expect(chosen(of, 4).map((stimulus) => of[stimulus])).toEqual([0, 3, 6, 9]);
});
