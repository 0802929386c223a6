import { log } from '../core/elementary';
import type { Matrix } from '../core/matrix';
import type { Value } from '../protocol/results';
import { smallestDistances } from './rdm/nearest';
import { rdm } from './rdm/rdm';

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
  const { first, second, rounding } = nearestSquares(points);
  if (points.rows > 1 && first.includes(Infinity)) {
    const at = points.data.findIndex((coordinate) => !Number.isFinite(coordinate));
    throw new RangeError(`Point ${Math.floor(at / points.cols)} has a coordinate that is no finite number.`);
  }
  let leftOut = 0;
  let sum = 0;
  first.forEach((near, point) => {
    if (near <= rounding) leftOut++;
    // Squares of distances: half the logarithm of their ratio.
    else if (second[point] - near > rounding) sum += log(second[point] / near) / 2;
  });
  const used = points.rows - leftOut;
  if (points.rows < 3 || used < LEAST)
    return { dimension: null, leftOut, reason: `Fewer than ${LEAST} stimuli differ from all others.` };
  if (!(sum > 0))
    return { dimension: null, leftOut, reason: 'Every stimulus has two nearest neighbours at one distance.' };
  return { dimension: used / sum, leftOut };
}

/** The squared distances of each point to its nearest and its second nearest neighbour. */
function nearestSquares(points: Matrix): {
  first: Float64Array;
  second: Float64Array;
  rounding: number;
} {
  const found = rdm(points, 'squaredEuclidean');
  const smallest = smallestDistances(found, 2);
  const [first, second] = [0, 1].map((place) =>
    Float64Array.from({ length: points.rows }, (_, point) => smallest[2 * point + place]),
  );
  return { first, second, rounding: found.rounding };
}
