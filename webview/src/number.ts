import { fixed, minus, scientific } from '../../src/formats/fixed';
import { percent as share } from '../../src/formats/percent';
import { approximately, remark, type RemarkedMean } from '../../src/formats/remark';

/** What stands where there is none, in words. */
export const NO_VALUE = 'no value';

/** The same with the reason, where one is known. @param why a sentence */
export function noValue(why: string | undefined): string[] {
  return [NO_VALUE, ...(why === undefined ? [] : [why])];
}

/**
 * A number for reading: up to three decimals, a real minus sign (never before zero), ∞ where it is infinite, – where it is undefined.
 * Whole ones have no decimals unless they stand among others. Very large and very small ones have their power of ten.
 */
export function shown(value: number | null | undefined, decimals = false): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (Number.isInteger(value) && !decimals && size < 1e9) return minus((value || 0).toLocaleString('en'));
  if (decimals && size < 0.0005) return '0.000';
  if (size < 0.0005 || size >= 1e6) return scientific(value);
  return minus(fixed(value, size < 10 ? 3 : size < 100 ? 2 : 1));
}

/** A mean with its interval, and what it is of. */
export interface ShownMean extends Partial<RemarkedMean> {
  mean: number | null;
  low: number | null;
  high: number | null;
}

/** As `shown`, with the interval when there is one, and a remark where the mean is not of all that one would think. */
export function shownInterval(shownMean: ShownMean): string {
  return [shown(shownMean.mean, true), ...doubts(shownMean)].join(' ');
}

/** What stands behind a mean: its interval, and a remark. */
export function doubts({ low, high, kind, n = 0, of = n }: ShownMean): string[] {
  const said = remark({ kind, n, of });
  return [
    ...(low === null || high === null
      ? []
      : [`${approximately({ kind })}[${shown(low, true)}, ${shown(high, true)}]`]),
    ...(said === '' ? [] : [`(${said})`]),
  ];
}

/** With a decimal, as components have them. */
export function percent(value: number): string {
  return share(value, 1);
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
