import { log } from '../core/elementary';
import type { Matrix } from '../core/matrix';
import type { Value } from '../protocol/results';
import { type Nearest, nearest } from './rdm/nearest';

/** Of fewer points the estimate says nothing: its standard error is the dimension over √n. */
const LEAST = 10;

export interface NeighbourDimension {
  /** Null of too few points, and where the second neighbour is everywhere as near as the first. */
  dimension: Value;
  /** Points that lie on another one. */
  leftOut: number;
  /** Why there is none. */
  reason?: string;
}

/**
 * The dimension of the surface that points lie on, from the distances r₁ and r₂ of each to its two nearest neighbours: where points lie
 * evenly, r₂ / r₁ has the density d x^(−d−1), whose d is n / Σ log(r₂ / r₁) by maximum likelihood. Points that lie on another one, but
 * for rounding, are left out: their r₁ is 0.
 *
 * @param points points × coordinates
 * @throws RangeError where a coordinate is no finite number, which no recording gives: no point has a distance then
 * @see Facco and others 2017, Scientific Reports 7, 12140
 */
export function twoNearestNeighbours(points: Matrix): NeighbourDimension {
  return dimensionOf(nearest(points, 2));
}

/** The same of points whose nearest are known, two of each at least. */
export function dimensionOf({ points, count, smallest, rounding }: Nearest): NeighbourDimension {
  const { rows, cols, data } = points;
  if (rows > 1 && smallest.some((near, at) => at % count === 0 && near === Infinity)) {
    const at = data.findIndex((coordinate) => !Number.isFinite(coordinate));
    throw new RangeError(`Point ${Math.floor(at / cols)} has a coordinate that is no finite number.`);
  }
  let leftOut = 0;
  let sum = 0;
  for (let at = 0; at < smallest.length; at += count) {
    const [first, second] = [smallest[at], smallest[at + 1]];
    if (first <= rounding) leftOut++;
    // Squares of distances: half the logarithm of their ratio.
    else if (second - first > rounding) sum += log(second / first) / 2;
  }
  const used = rows - leftOut;
  if (rows < 3 || used < LEAST)
    return { dimension: null, leftOut, reason: `Fewer than ${LEAST} stimuli differ from all others.` };
  if (!(sum > 0))
    return { dimension: null, leftOut, reason: 'Every stimulus has two nearest neighbours at one distance.' };
  return { dimension: used / sum, leftOut };
}
