import { exp } from '../../core/elementary';
import type { Interval, IntervalKind, Value } from '../../protocol/results';
import { studentTQuantile } from '../../numerics/student-t';

/** Of a measure: its least and its greatest value, and between which ends its intervals are made on a scale without ends. */
export interface Range {
  readonly least: number;
  readonly greatest: number;
  readonly ends: readonly [number, number] | null;
}
const bounded = (least: number, greatest: number): Range => ({ least, greatest, ends: [least, greatest] });
export const share = bounded(0, 1);
export const similarity = bounded(-1, 1);
/** The area under a ROC curve, whichever class is called the first. */
export const area = bounded(0.5, 1);
export const positive: Range = { least: 0, greatest: Infinity, ends: null };
/** At least one. */
export const dimensions: Range = { least: 1, greatest: Infinity, ends: null };
/** What is fitted on some stimuli may explain less than nothing of others, seldom less than that without its sign. */
export const atMostAll: Range = { least: -Infinity, greatest: 1, ends: [-1, 1] };
export const unbounded: Range = { least: -Infinity, greatest: Infinity, ends: null };

/** Intervals of fewer replicates are called approximate: docs/coverage.md has how often they hold what they should. */
const fewReplicates = 5;

/** Values that differ by no more than this, of their size, differ by rounding. */
const rounding = 1e-12;

/**
 * Mean and interval over replicates: Student's t with n − 1 degrees of freedom and s / √n, s the sample standard deviation (n − 1).
 * For a measure with two ends the interval is made on the logit scale between them (of similarities: Fisher's z), with the error carried
 * over by the delta method, and taken back: it is longer towards the middle, as the distribution of such means is, and ends
 * before the measure does. Undefined values are left out and not counted. One value, and equal ones, have a mean and no interval.
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
  return { mean, ...around(mean, half, range, within), n, values: kept, kind: kindOf(n) };
}

export function kindOf(replicates: number): IntervalKind {
  return replicates < fewReplicates ? 'approximate' : 'nominal';
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
  // The derivative of log((x − a) / (b − x)).
  const step = (half * (b - a)) / ((mean - a) * (b - mean));
  const back = (odds: number): number => a + (b - a) / (1 + 1 / odds);
  const odds = (mean - a) / (b - mean);
  return { low: back(odds * exp(-step)), high: back(odds * exp(step)) };
}

function inside(value: number, ends: Range['ends']): boolean {
  return ends !== null && value >= ends[0] && value <= ends[1];
}
