import { exp } from '../../core/elementary';
import type { Interval, IntervalKind, RangeName, Value } from '../../protocol/results';
import { studentTQuantile } from '../../numerics/student-t';

/** Of a measure: its least and its greatest value, and how intervals of its means are made. */
export interface Range {
  readonly least: number;
  readonly greatest: number;
  /** Between which ends they are made on a scale without ends: the logit's, or the logarithm's where the second is infinite. */
  readonly ends: readonly [number, number] | null;
  /** Where values pile up, as at an end: means near to one of these have skewed distributions. */
  readonly skewedNear: readonly number[];
}
const bounded = (least: number, greatest: number, between: readonly number[] = []): Range => ({
  least,
  greatest,
  ends: [least, greatest],
  skewedNear: [least, ...between, greatest].filter(Number.isFinite),
});
export const share = bounded(0, 1);
export const similarity = bounded(-1, 1, [0]);
/** How far the area under a ROC curve is from one half. */
const half = bounded(0, 0.5);
export const positive = bounded(0, Infinity);
/** Between directions, without their signs. */
const angle = bounded(0, Math.PI / 2);
/** At least one. */
export const dimensions = bounded(1, Infinity);
/** What is fitted on some stimuli may explain less than nothing of others, seldom less than that without its sign. */
export const atMostAll: Range = { least: -Infinity, greatest: 1, ends: [-1, 1], skewedNear: [0, 1] };
/** A difference of two such shares. */
const differenceOfShares: Range = {
  least: -Infinity,
  greatest: Infinity,
  ends: null,
  skewedNear: [0, 1],
};
export const unbounded: Range = { least: -Infinity, greatest: Infinity, ends: null, skewedNear: [] };

export const ranges: Readonly<Record<RangeName, Range>> = {
  ...{ share, similarity, half, positive, angle, dimensions, atMostAll, differenceOfShares, unbounded },
};

/**
 * When an interval is called approximate, since it may hold the true mean in fewer than 93 of 100 runs: chosen from what was measured,
 * docs/coverage.md. Means of measures without an upper end are called so of many more replicates, as one of them may be any size.
 */
const few = { replicates: 5, withoutUpperEnd: 50, near: 0.15 };

/** The same in words: what the sign before such an interval means. */
export const approximateMeans =
  `≈: approximate, of fewer than ${few.replicates} replicates (${few.withoutUpperEnd} where the measure has no upper end: loss, participation ratio, d′), or of a mean within ` +
  `${String(few.near).replace(/^0/, '')} of an end of the measure (of similarities, and of variance explained: of 0, too)`;

export function kindOf(mean: number, replicates: number, { ends, skewedNear }: Range): IntervalKind {
  const fewest = ends?.[1] === Infinity ? few.withoutUpperEnd : few.replicates;
  const isNear = skewedNear.some((place) => Math.abs(mean - place) <= few.near);
  return replicates < fewest || isNear ? 'approximate' : 'nominal';
}

/** Values that differ by no more than this, of their size, differ by rounding. */
const rounding = 1e-12;

/**
 * Mean and interval over replicates: Student's t with n − 1 degrees of freedom and s / √n, s the sample standard deviation (n − 1).
 * For a measure with two ends the interval is made on the logit scale between them (of similarities: Fisher's z), for one without an
 * upper end on the logarithm of what it is above its least value (from three replicates on), with the error carried over by the delta
 * method, and taken back: it is longer towards the middle, as the distribution of such means is, and ends before the measure does. Undefined values are left out and not counted. One value, and equal ones, have a mean and no interval.
 *
 * @param values one per replicate
 * @param confidence of the interval, between 0 and 1
 * @param range of the measure
 */
export function interval(values: readonly Value[], confidence: number, range: Range = unbounded): Interval {
  const kept = values.map((value) => (value !== null && Number.isFinite(value) ? value : null));
  const defined = kept.filter((value) => value !== null);
  const n = defined.length;
  const none = { low: null, high: null, n, values: kept };
  if (n === 0) return { mean: null, ...none, kind: 'none' };
  const first = defined[0];
  // Around the first value, so that equal values give exactly their value.
  const mean = first + defined.reduce((sum, value) => sum + (value - first), 0) / n;
  if (n === 1) return { mean, ...none, kind: 'none' };
  if (areEqual(defined)) return { mean, ...none, kind: 'equal' };
  const variance = defined.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  const half = studentTQuantile((1 + confidence) / 2, n - 1) * Math.sqrt(variance / n);
  const within = range.ends && defined.every((value) => inside(value, range.ends)) ? range.ends : null;
  // With one degree of freedom the logarithm's interval goes up to hundreds of times the mean.
  const ends = n === 2 && within?.[1] === Infinity ? null : within;
  return { mean, ...around(mean, half, range, ends), n, values: kept, kind: kindOf(mean, n, range) };
}

/** Whether values differ by no more than rounding. */
export function areEqual(values: readonly number[]): boolean {
  const least = values.reduce((a, b) => Math.min(a, b), Infinity);
  const greatest = values.reduce((a, b) => Math.max(a, b), -Infinity);
  return greatest - least <= rounding * Math.max(Math.abs(least), Math.abs(greatest));
}

/**
 * The interval of a mean, given half its length on the measure's own scale.
 *
 * @param ends of the scale on which it is made; null, or where the mean is at one of them: the measure's own, cut where the measure ends
 */
export function around(
  mean: number,
  half: number,
  { least, greatest }: Range,
  ends: Range['ends'],
): { low: number; high: number } {
  if (ends === null || !(mean > ends[0] && mean < ends[1]))
    // Rounding may carry a value past the end; the interval holds the mean all the same.
    return {
      low: Math.min(mean, Math.max(least, mean - half)),
      high: Math.max(mean, Math.min(greatest, mean + half)),
    };
  const [a, b] = ends;
  const above = mean - a;
  if (b === Infinity) {
    // The derivative of log(x − a). Numbers end before the interval does where confidence is nearly 1.
    const factor = exp(half / above);
    return { low: a + above / factor, high: Math.min(Number.MAX_VALUE, a + above * factor) };
  }
  // The derivative of log((x − a) / (b − x)).
  const step = (half * (b - a)) / (above * (b - mean));
  const back = (odds: number): number => a + (b - a) / (1 + 1 / odds);
  const odds = above / (b - mean);
  return { low: back(odds * exp(-step)), high: back(odds * exp(step)) };
}

function inside(value: number, ends: Range['ends']): boolean {
  return ends !== null && value >= ends[0] && value <= ends[1];
}
