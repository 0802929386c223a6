import type { Matrix } from '../../core/matrix';
import { NumericalError } from '../../numerics/numerical-error';
import { type Nearest, nearest } from '../rdm/nearest';

/** The nearest neighbours of every stimulus in one layer. */
export interface Neighbourhoods {
  readonly k: number;
  /** Where the neighbours of each stimulus begin among `members`, and where the last ones end … */
  readonly starts: Uint32Array;
  /** … and where those begin that are as far away as the k-th. */
  readonly tied: Uint32Array;
  readonly members: Uint32Array;
  /** By stimulus: how much of a neighbour each of the tied ones is, so that all together are k. */
  readonly shares: Float64Array;
}

/**
 * The k nearest neighbours of every stimulus, by Euclidean distance. Stimuli as far away as the k-th share the places that are left:
 * which stimulus comes first in the list decides nothing.
 *
 * @param activations stimuli × units
 * @throws NumericalError for too few stimuli, or where none is nearer than others
 */
export function neighbourhoods(activations: Matrix, k: number): Neighbourhoods {
  return neighbourhoodsOf(nearest(activations, k));
}

/** The same of stimuli whose nearest are known, as many of each as are neighbours. */
export function neighbourhoodsOf(found: Nearest): Neighbourhoods {
  const { count: k, smallest, pairs, distances, largest, rounding } = found;
  const n = smallest.length / k;
  if (n < k + 2)
    throw new NumericalError(
      `With ${n} test stimuli every other one is among the ${k} nearest: ${k + 2} are needed.`,
    );
  if (!(largest > 0)) throw new NumericalError('No unit varies over the test stimuli.');
  const last = Float64Array.from({ length: n }, (_, i) => smallest[(i + 1) * k - 1]);
  // By stimulus; each pair is met once, and those of a stimulus in ascending order.
  const [near, equal] = [0, 1].map(() => Array.from({ length: n }, (): number[] => []));
  const meet = (i: number, j: number, distance: number): void => {
    if (distance < last[i] - rounding) near[i].push(j);
    else if (last[i] - distance <= rounding && distance - last[i] <= rounding) equal[i].push(j);
  };
  for (const [at, distance] of distances.entries()) {
    const [i, j] = [pairs[2 * at], pairs[2 * at + 1]];
    meet(i, j, distance);
    meet(j, i, distance);
  }
  const starts = new Uint32Array(n + 1);
  const tied = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    tied[i] = starts[i] + near[i].length;
    starts[i + 1] = tied[i] + equal[i].length;
  }
  return {
    ...{ k, starts, tied },
    members: Uint32Array.from(near.flatMap((some, i) => [...some, ...equal[i]])),
    shares: Float64Array.from(near, ({ length }, i) => (k - length) / equal[i].length),
  };
}

/**
 * The mean share of a stimulus’s neighbours in one layer that are its neighbours in the other, too: from 0 to 1, of unrelated layers
 * k / (n − 1) on average. Of tied neighbours it is what one would get on average by drawing lots in each layer by itself.
 */
export function mutualNeighbours(a: Neighbourhoods, b: Neighbourhoods): number {
  const n = a.shares.length;
  if (b.shares.length !== n || a.k !== b.k) throw new RangeError('The neighbourhoods differ in size.');
  const weights = new Float64Array(n);
  let sum = 0;
  for (let i = 0; i < n; i++) {
    for (let at = a.starts[i]; at < a.starts[i + 1]; at++)
      weights[a.members[at]] = at < a.tied[i] ? 1 : a.shares[i];
    let shared = 0;
    for (let at = b.starts[i]; at < b.starts[i + 1]; at++)
      shared += weights[b.members[at]] * (at < b.tied[i] ? 1 : b.shares[i]);
    sum += shared;
    for (let at = a.starts[i]; at < a.starts[i + 1]; at++) weights[a.members[at]] = 0;
  }
  return Math.min(1, sum / (n * a.k));
}
