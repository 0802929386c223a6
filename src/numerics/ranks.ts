import type { Workspace } from './kernels/workspace';
import { withWorkspace } from './unit-panels';

/** The order of numbers from the smallest to the largest, and which of them are tied. */
export interface Ranking {
  /** Indices, smallest number first; equal numbers in the order in which they stand. */
  readonly order: Uint32Array;
  /** Of each number, how many groups of tied numbers are smaller. */
  readonly dense: Uint32Array;
  /** How many numbers share each dense rank. */
  readonly ties: Uint32Array;
}

/** Bytes of numbers, of entries of the sort, and of all counts of digits (assembly/ranks.ts). */
const WHOLE = 4;
const NUMBER = 8;
const ENTRY = 16;
const PILES = 8 * 256 * WHOLE;

/** @returns where the sorted entries are in the workspace, which is committed, and where there is room for as many numbers */
function sorted(workspace: Workspace, values: Float64Array): { entries: number; room: number } {
  const n = values.length;
  const room = workspace.reserve(n * NUMBER);
  const [one, other] = [workspace.reserve(n * ENTRY), workspace.reserve(n * ENTRY)];
  const piles = workspace.reserve(PILES);
  workspace.commit(false);
  workspace.doubles.set(values, room / NUMBER);
  return { entries: workspace.kernels.sortNumbers(room, n, one, other, piles), room };
}

/**
 * @param values without NaN
 * @param rounding neighbours in the order that differ by no more are tied
 */
export function rank(values: Float64Array, rounding = 0): Ranking {
  const n = values.length;
  if (n === 0) return { order: new Uint32Array(), dense: new Uint32Array(), ties: new Uint32Array() };
  return withWorkspace((workspace) => {
    const [order, dense, ties] = [0, 1, 2].map(() => workspace.reserve(n * WHOLE));
    const { entries } = sorted(workspace, values);
    const { kernels, integers } = workspace;
    const groups = kernels.groupTied(entries, n, rounding, order, dense, ties);
    const found = (at: number, count: number): Uint32Array => integers.slice(at / WHOLE, at / WHOLE + count);
    return { order: found(order, n), dense: found(dense, n), ties: found(ties, groups) };
  });
}

/**
 * Ranks from 1; equal numbers get the mean of the ranks they fill.
 *
 * @param values without NaN
 * @param rounding neighbours in the order that differ by no more are tied
 */
export function averageRanks(values: Float64Array, rounding = 0): Float64Array {
  const n = values.length;
  if (n === 0) return new Float64Array();
  return withWorkspace((workspace) => {
    const { entries, room } = sorted(workspace, values);
    const { kernels, doubles } = workspace;
    kernels.averageRanks(entries, n, rounding, room);
    return doubles.slice(room / NUMBER, room / NUMBER + n);
  });
}
