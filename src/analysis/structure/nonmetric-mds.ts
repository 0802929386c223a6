import { isotonic } from '../../numerics/isotonic';
import type { Plane } from './plane';

/** Steps of a descent at most, and by which share of its stress a step has to make it less. */
const STEPS = 200;
const TOLERANCE = 1e-4;

/** Steps towards the dissimilarities as they are. */
const METRIC = 30;

/** All pairs of items i < j, from the least dissimilar to the most. */
export interface Pairs {
  readonly i: Uint32Array;
  readonly j: Uint32Array;
  readonly dissimilarity: Float64Array;
  /** Where pairs of another dissimilarity begin, and the number of pairs. */
  readonly blocks: Uint32Array;
}

/** How the distances of a map follow the order of the dissimilarities. */
export interface MonotoneFit {
  /** Kruskal's stress 1: √(Σ (d − d̂)² / Σ d²), d̂ the nearest distances that follow the order. */
  readonly stress: number;
  /** By pair, from the least dissimilar to the most. */
  readonly dissimilarity: Float64Array;
  readonly distance: Float64Array;
  readonly fitted: Float64Array;
}

/** @param dissimilarities items × items, symmetric, finite */
export function pairsOf(dissimilarities: Float64Array, n: number): Pairs {
  const count = (n * (n - 1)) / 2;
  const [rows, columns] = [new Uint32Array(count), new Uint32Array(count)];
  const values = new Float64Array(count);
  for (let i = 0, at = 0; i < n; i++)
    for (let j = i + 1; j < n; j++, at++) {
      rows[at] = i;
      columns[at] = j;
      values[at] = dissimilarities[i * n + j];
    }
  const order = Uint32Array.from({ length: count }, (_, at) => at).sort(
    (a, b) => values[a] - values[b] || a - b,
  );
  const dissimilarity = Float64Array.from(order, (at) => values[at]);
  const starts = [...order.keys()].filter((at) => at === 0 || dissimilarity[at] !== dissimilarity[at - 1]);
  return {
    i: Uint32Array.from(order, (at) => rows[at]),
    j: Uint32Array.from(order, (at) => columns[at]),
    dissimilarity,
    blocks: Uint32Array.from([...starts, count]),
  };
}

/**
 * Distances of a map against dissimilarities, with the nearest monotone ones. Pairs that tie need not be as far from each other (Kruskal's
 * primary approach).
 */
export function monotoneFit(pairs: Pairs, plane: Plane): MonotoneFit {
  const distance = distancesOf(pairs, plane);
  const count = distance.length;
  const order = new Uint32Array(count);
  for (let at = 0; at < count; at++) order[at] = at;
  for (let block = 0; block + 1 < pairs.blocks.length; block++)
    if (pairs.blocks[block + 1] - pairs.blocks[block] > 1)
      order.subarray(pairs.blocks[block], pairs.blocks[block + 1]).sort((a, b) => distance[a] - distance[b]);
  const sorted = new Float64Array(count);
  for (let at = 0; at < count; at++) sorted[at] = distance[order[at]];
  const ascending = isotonic(sorted);
  const fitted = new Float64Array(count);
  for (let at = 0; at < count; at++) fitted[order[at]] = ascending[at];
  let [misfit, total] = [0, 0];
  for (let at = 0; at < count; at++) {
    misfit += (distance[at] - fitted[at]) ** 2;
    total += distance[at] ** 2;
  }
  return {
    stress: total > 0 ? Math.sqrt(misfit / total) : 0,
    dissimilarity: pairs.dissimilarity,
    distance,
    fitted,
  };
}

function distancesOf({ i, j }: Pairs, { data }: Plane): Float64Array {
  const distance = new Float64Array(i.length);
  for (let at = 0; at < distance.length; at++) {
    const [a, b] = [2 * i[at], 2 * j[at]];
    const [x, y] = [data[a] - data[b], data[a + 1] - data[b + 1]];
    distance[at] = Math.sqrt(x * x + y * y);
  }
  return distance;
}

/**
 * Non-metric scaling by majorisation (SMACOF: Kruskal 1964, de Leeuw 1977): each step takes the monotone distances nearest to those of the map,
 * and the map that Guttman's transform makes of them. Ends where a step lessens the stress by less than a ten-thousandth of it.
 *
 * @param start brought near to the dissimilarities themselves first: of places at random the nearest monotone distances are all alike
 */
export function nonmetricMds(pairs: Pairs, start: Plane): Plane {
  let plane = start;
  for (let step = 0; step < METRIC; step++)
    plane = guttman(pairs, plane, distancesOf(pairs, plane), pairs.dissimilarity);
  let fit = monotoneFit(pairs, plane);
  for (let step = 0; step < STEPS; step++) {
    const next = guttman(pairs, plane, fit.distance, fit.fitted);
    const better = monotoneFit(pairs, next);
    const gain = fit.stress - better.stress;
    if (!(gain > 0)) break;
    [plane, fit] = [next, better];
    if (gain < TOLERANCE * fit.stress || fit.stress < 1e-9) break;
  }
  return plane;
}

/** The places whose distances come nearer to those that are wanted (Guttman's transform). */
function guttman(
  { i, j }: Pairs,
  { rows: n, cols, data }: Plane,
  distance: Float64Array,
  wanted: Float64Array,
): Plane {
  const out = new Float64Array(2 * n);
  for (let at = 0; at < distance.length; at++) {
    if (distance[at] === 0) continue;
    const ratio = wanted[at] / distance[at] / n;
    const [a, b] = [2 * i[at], 2 * j[at]];
    const [x, y] = [ratio * (data[a] - data[b]), ratio * (data[a + 1] - data[b + 1])];
    out[a] += x;
    out[a + 1] += y;
    out[b] -= x;
    out[b + 1] -= y;
  }
  return { rows: n, cols, data: out };
}
