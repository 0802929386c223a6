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

/** Sums of the columns over each class: classes × columns. */
export function classSums({ label }: Partition, { data, totals, stimuli }: UnitColumns): Float64Array {
  const width = totals.length;
  const { of, classes } = label;
  const sums = new Float64Array(classes.length * width);
  if (classes.length === 2) {
    // Products with 0 and 1 need neither branches nor sums in memory.
    const second = Float64Array.from(of);
    for (let j = 0, from = 0; j < width; j++) {
      let a = 0;
      let b = 0;
      for (let i = 0; i < stimuli; i++, from++) {
        const value = data[from];
        const share = value * second[i];
        a += value - share;
        b += share;
      }
      sums[j] = a;
      sums[width + j] = b;
    }
    return sums;
  }
  const own = new Float64Array(classes.length);
  for (let j = 0, from = 0; j < width; j++) {
    own.fill(0);
    for (let i = 0; i < stimuli; i++, from++) own[of[i]] += data[from];
    for (let c = 0; c < own.length; c++) sums[c * width + j] = own[c];
  }
  return sums;
}
