import type { Matrix } from '../../core/matrix';
import { withWorkspace } from '../../numerics/unit-panels';
import { squaresIn } from './rdm';
import { pairAt } from './triangle';

/** Bytes of a number, and of both rows of a pair. */
const NUMBER = 8;
const PAIR = 8;

/** Who is near whom of some points, by squared Euclidean distance. */
export interface Nearest {
  /** Points × coordinates. */
  readonly points: Matrix;
  /** How many are found of each point … */
  readonly count: number;
  /** … and how far away they are: points × count, each point's ascending; infinite where it has not so many. */
  readonly smallest: Float64Array;
  /** Pairs no farther apart than the last of those of either (but for rounding), in the order of the triangle: two points each, the earlier first … */
  readonly pairs: Uint32Array;
  /** … and their distances. */
  readonly distances: Float64Array;
  /** The largest of all distances. */
  readonly largest: number;
  /** Distances that differ by no more are equal but for rounding. */
  readonly rounding: number;
}

/**
 * The nearest others of every point. All distances are in the kernels' memory alone.
 *
 * @param points points × coordinates
 * @param count how many of each, at least 1
 */
export function nearest(points: Matrix, count: number): Nearest {
  const { rows } = points;
  return withWorkspace((workspace) => {
    const all = (rows * (rows - 1)) / 2;
    const from = workspace.reserve(all * NUMBER);
    const [smallestAt, last] = [count, 1].map((each) => workspace.reserve(rows * each * NUMBER));
    const pairsAt = workspace.reserve(all * PAIR);
    const found = workspace.reserve(NUMBER);
    const { largest, rounding } = squaresIn(workspace, points, from);
    const { kernels, doubles, integers } = workspace;
    doubles[found / NUMBER] = 0;
    if (rows > 0) {
      kernels.smallestDistances(from, rows, count, smallestAt, last);
      kernels.nearPairs(from, rows, last, rounding, pairsAt, found);
    }
    const smallest = doubles.slice(smallestAt / NUMBER, smallestAt / NUMBER + rows * count);
    const pairs = integers.slice(pairsAt / 4, pairsAt / 4 + 2 * doubles[found / NUMBER]);
    const distances = new Float64Array(pairs.length / 2);
    for (let k = 0; k < distances.length; k++)
      distances[k] = doubles[from / NUMBER + pairAt(rows, pairs[2 * k], pairs[2 * k + 1])];
    return { points, count, smallest, pairs, distances, largest, rounding };
  });
}
