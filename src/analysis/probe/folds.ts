import { stream } from '../../core/stream';
import type { Target } from './probe';

/** Rows that stay together: which group each is of, counted from 0. */
export interface Stimuli {
  readonly count: number;
  readonly of: Uint32Array;
}

/**
 * Folds in which rows of one stimulus stay together, and classes (of a real label its ranks) are as frequent as they can be: stimuli in random
 * order, those of a class after each other, go each into the fold that has fewest rows of their class, and of those the fewest rows.
 *
 * @param count how many folds
 * @param random name of the stream
 * @returns the fold of each row
 */
export function foldsOf(
  stimuli: Stimuli,
  target: Target,
  count: number,
  random: readonly (string | number)[],
): Uint32Array {
  const members = membersOf(stimuli);
  const order = [...stream('probe-folds', ...random).permutation(stimuli.count)];
  const strata = strataOf(target, members, order, count);
  order.sort((a, b) => strata[a] - strata[b]);
  const rows = new Float64Array(count);
  const rowsOfStratum = new Float64Array(count);
  const folds = new Uint32Array(stimuli.of.length);
  order.forEach((stimulus, at) => {
    if (at > 0 && strata[order[at - 1]] !== strata[stimulus]) rowsOfStratum.fill(0);
    let best = 0;
    for (let fold = 1; fold < count; fold++)
      if ((rowsOfStratum[fold] - rowsOfStratum[best] || rows[fold] - rows[best]) < 0) best = fold;
    for (const row of members[stimulus]) folds[row] = best;
    rows[best] += members[stimulus].length;
    rowsOfStratum[best] += members[stimulus].length;
  });
  return folds;
}

/** Rows of each stimulus. */
export function membersOf({ count, of }: Stimuli): number[][] {
  const members = Array.from({ length: count }, (): number[] => []);
  of.forEach((stimulus, row) => members[stimulus].push(row));
  return members;
}

/** The class that most rows of a stimulus have, the first of several. */
export function classOf(target: Target, members: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const row of members) counts.set(target.of[row], (counts.get(target.of[row]) ?? 0) + 1);
  return [...counts].reduce((best, one) =>
    one[1] > best[1] || (one[1] === best[1] && one[0] < best[0]) ? one : best,
  )[0];
}

/** The mean of a real label over the rows of a stimulus. */
export function meanOf(target: Target, members: readonly number[]): number {
  return members.reduce((sum, row) => sum + target.of[row], 0) / members.length;
}

/** By stimulus: its class, or of a real label as many neighbours in rank as there are folds. */
function strataOf(
  target: Target,
  members: readonly number[][],
  order: readonly number[],
  folds: number,
): number[] {
  if (target.kind === 'classes') return members.map((rows) => classOf(target, rows));
  const means = members.map((rows) => meanOf(target, rows));
  const strata = new Array<number>(members.length);
  [...order]
    .sort((a, b) => means[a] - means[b])
    .forEach((stimulus, rank) => (strata[stimulus] = Math.floor(rank / folds)));
  return strata;
}

/** Of a fold the rows that are in it, and all others. */
export function split(folds: Uint32Array, fold: number): { train: Uint32Array; test: Uint32Array } {
  const rows = folds.map((_, row) => row);
  return {
    train: rows.filter((row) => folds[row] !== fold),
    test: rows.filter((row) => folds[row] === fold),
  };
}
