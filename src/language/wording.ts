import { grouped } from '../formats/fixed';
import { percent } from '../formats/percent';
import { approximately, remark, remarkedMean } from '../formats/remark';
import type { Interval, Value } from '../protocol/results';

export { percent };

/** A mean with its doubt: `55 % (48 % to 62 %)`; without an interval it says so, and of how many replicates it is where not of all. */
export function withInterval(interval: Interval, show: (value: Value) => string = percent): string {
  const { mean, low, high } = interval;
  if (mean === null) return '—';
  const said = remark(remarkedMean(interval));
  const doubts = [
    ...(low === null || high === null
      ? [interval.kind === 'equal' ? '' : 'no interval']
      : [`${approximately(interval)}${show(low)} to ${show(high)}`]),
    said,
  ].filter((doubt) => doubt !== '');
  return `${show(mean)} (${doubts.join('; ')})`;
}

export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** A stretch of time, roughly. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'very long';
  if (seconds < 1) return 'under 1 s';
  if (seconds < 90) return `about ${Math.round(seconds)} s`;
  if (seconds < 90 * 60) return `about ${Math.round(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `about ${Math.round(seconds / 3600)} h`;
  return `about ${grouped(Math.round(seconds / 86400))} days`;
}

/** How long ago something was: `just now`, `3 min ago`. */
export function ago(then: number, now: number): string {
  const minutes = Math.floor(Math.max(0, now - then) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ago`;
  return `${Math.floor(minutes / 1440)} days ago`;
}

/** When something was: `14:03`, or on another day `Nov 26, 14:03`. */
export function clock(then: number, now: number): string {
  const [date, today] = [new Date(then), new Date(now)];
  const time = date.toLocaleTimeString([], { timeStyle: 'short' });
  if (date.toDateString() === today.toDateString()) return time;
  return `${date.toLocaleDateString([], { month: 'short', day: 'numeric' })}, ${time}`;
}

/** `a`, `a and b`, `a, b and c`, the first of many. */
export function listed(items: readonly string[], most = 6): string {
  if (items.length > most)
    return `${items.slice(0, most - 1).join(', ')} and ${items.length - most + 1} more`;
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}
