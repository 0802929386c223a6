import { withWorkspace } from '../../numerics/unit-panels';
import type { Rdm } from './rdm';

/** Bytes of a number, and of both rows of a pair. */
const NUMBER = 8;
const PAIR = 8;

/**
 * By row the smallest of its distances to others.
 *
 * @param count how many of each row, at least 1
 * @returns rows × count, each row's ascending; infinite where it has not so many
 */
export function smallestDistances(
  { size: rows, distances }: Pick<Rdm, 'size' | 'distances'>,
  count: number,
): Float64Array {
  if (rows === 0) return new Float64Array(0);
  return withWorkspace((workspace) => {
    const from = workspace.reserve(distances.byteLength);
    const [smallest, last] = [count, 1].map((each) => workspace.reserve(rows * each * NUMBER));
    workspace.commit(false);
    const { kernels, doubles } = workspace;
    doubles.set(distances, from / NUMBER);
    kernels.smallestDistances(from, rows, count, smallest, last);
    return doubles.slice(smallest / NUMBER, smallest / NUMBER + rows * count);
  });
}

/**
 * The pairs of rows whose distance is no more than a rounding above the bar of either, in the order of the triangle.
 *
 * @param bars by row
 * @returns two rows for each pair, the earlier first
 */
export function nearPairs(
  { size: rows, distances, rounding }: Pick<Rdm, 'size' | 'distances' | 'rounding'>,
  bars: Float64Array,
): Uint32Array {
  if (rows === 0) return new Uint32Array(0);
  return withWorkspace((workspace) => {
    const from = workspace.reserve(distances.byteLength);
    const barsAt = workspace.reserve(rows * NUMBER);
    const pairs = workspace.reserve(distances.length * PAIR);
    const found = workspace.reserve(NUMBER);
    workspace.commit(false);
    const { kernels, doubles, integers } = workspace;
    doubles.set(distances, from / NUMBER);
    doubles.set(bars, barsAt / NUMBER);
    kernels.nearPairs(from, rows, barsAt, rounding, pairs, found);
    return integers.slice(pairs / 4, pairs / 4 + 2 * doubles[found / NUMBER]);
  });
}
