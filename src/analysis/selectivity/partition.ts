import type { ClassLabel } from './class-label';

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

/** The stimuli in the order of the partition: the order that gives the label itself. */
export function observedOrder({ label, order }: Partition): Uint32Array {
  const stimuli = new Uint32Array(label.of.length);
  let next = 0;
  for (const c of order) label.of.forEach((of, i) => of === c && (stimuli[next++] = i));
  return stimuli;
}

/**
 * Sums of the columns over each class, from sums over the first stimuli.
 *
 * @param prefix places × width
 * @param places where `prefix` was taken; has all of `ends`
 * @param sums receives classes × width; rows of classes that do not occur are left as they are
 */
export function classSums(
  { order, ends }: Partition,
  prefix: Float64Array,
  places: readonly number[],
  totals: Float64Array,
  sums: Float64Array,
): void {
  const width = totals.length;
  order.forEach((c, j) => {
    const out = c * width;
    const after = j < ends.length ? places.indexOf(ends[j]) * width : -1;
    const before = j > 0 ? places.indexOf(ends[j - 1]) * width : -1;
    for (let i = 0; i < width; i++) {
      sums[out + i] = (after < 0 ? totals[i] : prefix[after + i]) - (before < 0 ? 0 : prefix[before + i]);
    }
  });
}
