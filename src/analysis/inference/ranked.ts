import { rank, type Ranking } from '../../numerics/ranks';
import type { Sample } from './sample';

/** Distances of a sample in their order. */
export interface Ranked {
  /** Places in the sample, smallest distance first. */
  readonly order: Uint32Array;
  /** By place: the group of tied distances that each is in; greater ones have greater numbers. */
  readonly dense: Uint32Array;
  /** Groups there may be. */
  readonly groups: number;
}

/**
 * The order of an RDM's distances, which is the same in all samples.
 *
 * @param slots place in the sample of each pair, −1 where it is not there
 */
export function rankedIn({ order, dense, ties }: Ranking, { places }: Sample, slots: Int32Array): Ranked {
  const own = new Uint32Array(places.length);
  let at = 0;
  for (let k = 0; k < order.length; k++) if (slots[order[k]] >= 0) own[at++] = slots[order[k]];
  return { order: own, dense: places.map((place) => dense[place]), groups: ties.length };
}

/** @param values at the pairs of a sample */
export function rankedAnew(values: Float64Array): Ranked {
  const { order, dense, ties } = rank(values);
  return { order, dense, groups: ties.length };
}

/** Ranks from 1 of all that is in the sample, pairs that are in it several times included; tied ones have the mean of theirs. */
export function midRanks({ order, dense }: Ranked, { weights }: Sample): Float64Array {
  const ranks = new Float64Array(order.length);
  for (let from = 0, below = 0, to = 0; from < order.length; from = to) {
    let own = 0;
    for (; to < order.length && dense[order[to]] === dense[order[from]]; to++) own += weights[order[to]];
    for (let k = from; k < to; k++) ranks[order[k]] = below + (own + 1) / 2;
    below += own;
  }
  return ranks;
}

/** Concordant less discordant of all pairs of distances of a sample; distances that are in it several times are tied with themselves. */
export function concordance(a: Ranked, b: Ranked, { weights }: Sample): number {
  // Of distances with smaller a: the weights up to each group of b (Fenwick 1994).
  const tree = new Float64Array(b.groups + 1);
  const upTo = (group: number): number => {
    let sum = 0;
    for (let k = group; k > 0; k -= k & -k) sum += tree[k];
    return sum;
  };
  let [difference, smaller] = [0, 0];
  for (let from = 0, to = 0; from < a.order.length; from = to) {
    const group = a.dense[a.order[from]];
    for (; to < a.order.length && a.dense[a.order[to]] === group; to++) {
      const place = a.order[to];
      const own = b.dense[place];
      difference += weights[place] * (upTo(own) + upTo(own + 1) - smaller);
    }
    for (let at = from; at < to; at++) {
      const place = a.order[at];
      smaller += weights[place];
      for (let k = b.dense[place] + 1; k <= b.groups; k += k & -k) tree[k] += weights[place];
    }
  }
  return difference;
}

/** Pairs of distances of a sample that are not tied. */
export function untied({ order, dense }: Ranked, { weights, total }: Sample): number {
  let left = total * (total - 1);
  for (let from = 0, to = 0; from < order.length; from = to) {
    let own = 0;
    for (; to < order.length && dense[order[to]] === dense[order[from]]; to++) own += weights[order[to]];
    left -= own * (own - 1);
  }
  return left / 2;
}
