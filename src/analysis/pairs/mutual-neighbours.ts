import type { Matrix } from '../../core/matrix';
import { NumericalError } from '../../numerics/numerical-error';
import { rdm } from '../rdm/rdm';

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
  const n = activations.rows;
  if (n < k + 2)
    throw new NumericalError(
      `With ${n} test stimuli every other one is among the ${k} nearest: ${k + 2} are needed.`,
    );
  const { distances, rounding } = rdm(activations, 'squaredEuclidean');
  if (!distances.some((distance) => distance > 0))
    throw new NumericalError('No unit varies over the test stimuli.');
  const starts = new Uint32Array(n + 1);
  const tied = new Uint32Array(n);
  const shares = new Float64Array(n);
  const members: number[] = [];
  const row = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    copyRow(distances, n, i, row);
    const last = kthSmallest(row, i, k);
    const first = members.length;
    for (let j = 0; j < n; j++) if (j !== i && row[j] < last - rounding) members.push(j);
    tied[i] = members.length;
    for (let j = 0; j < n; j++) if (j !== i && Math.abs(row[j] - last) <= rounding) members.push(j);
    shares[i] = (k - (tied[i] - first)) / (members.length - tied[i]);
    starts[i + 1] = members.length;
  }
  return { k, starts, tied, members: Uint32Array.from(members), shares };
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

/** Distances of one stimulus to all others; its own place keeps what it had. */
function copyRow(distances: Float64Array, n: number, i: number, row: Float64Array): void {
  for (let j = 0, at = i - 1; j < i; at += n - j - 2, j++) row[j] = distances[at];
  const start = i * n - (i * (i + 1)) / 2 - i - 1;
  for (let j = i + 1; j < n; j++) row[j] = distances[start + j];
}

/** The k-th smallest of a row, without its own place. */
function kthSmallest(row: Float64Array, own: number, k: number): number {
  const smallest = new Float64Array(k).fill(Infinity);
  for (let j = 0; j < row.length; j++) {
    if (j === own || row[j] >= smallest[k - 1]) continue;
    let at = k - 1;
    for (; at > 0 && smallest[at - 1] > row[j]; at--) smallest[at] = smallest[at - 1];
    smallest[at] = row[j];
  }
  return smallest[k - 1];
}
