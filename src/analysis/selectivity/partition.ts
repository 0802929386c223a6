import type { ClassLabel } from './class-label';
import type { UnitColumns } from './unit-columns';

/**
 * How an order of the stimuli becomes a permuted label: the first stimuli are the rarest class, the next ones the second
 * rarest, and so on (equally frequent ones in their own order). So the sums of all classes come from the sums over the
 * first stimuli at a few places, and labels with the same counts share all of them.
 */
export interface Partition {
  readonly label: ClassLabel;
  /** Classes that occur, rarest first. */
  readonly order: readonly number[];
  /** Stimuli up to the end of each class in `order` but the last. */
  readonly ends: readonly number[];
  /** Classes that are compared with the rest: the second one of a binary label, all of a categorical one. */
  readonly compared: readonly number[];
}

export function partition(label: ClassLabel): Partition {
  const order = label.counts.map((_, c) => c).filter((c) => label.counts[c] > 0);
  order.sort((a, b) => label.counts[a] - label.counts[b] || a - b);
  let end = 0;
  const ends = order.slice(0, -1).map((c) => (end += label.counts[c]));
  return { label, order, ends, compared: label.binary ? [1] : label.classes.map((_, c) => c) };
}

/** Sums over each class of the centred activations and of the ranks: classes × (3 × units), 0 in the place of the squares. */
export function classSums({ label }: Partition, { units, data, stimuli }: UnitColumns): Float64Array {
  const count = units.length;
  const width = 3 * count;
  const { of, classes } = label;
  const sums = new Float64Array(classes.length * width);
  if (classes.length === 2) {
    // Products with 0 and 1 need neither branches nor sums in memory.
    const second = Float64Array.from(of);
    for (let u = 0; u < count; u++) {
      const values = data.subarray(u * stimuli, (u + 1) * stimuli);
      const ranks = data.subarray((2 * count + u) * stimuli, (2 * count + u + 1) * stimuli);
      let [a, b, c, d] = [0, 0, 0, 0];
      for (let i = 0; i < stimuli; i++) {
        const inside = second[i];
        const value = values[i] * inside;
        const rank = ranks[i] * inside;
        a += values[i] - value;
        b += value;
        c += ranks[i] - rank;
        d += rank;
      }
      sums[u] = a;
      sums[width + u] = b;
      sums[2 * count + u] = c;
      sums[width + 2 * count + u] = d;
    }
    return sums;
  }
  const own = new Float64Array(classes.length);
  for (let u = 0; u < count; u++) {
    for (const column of [u, 2 * count + u]) {
      own.fill(0);
      for (let i = 0, from = column * stimuli; i < stimuli; i++, from++) own[of[i]] += data[from];
      for (let c = 0; c < own.length; c++) sums[c * width + column] = own[c];
    }
  }
  return sums;
}
