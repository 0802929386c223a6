import type { Range } from './picture';

/** The least and the greatest of values; 0 to 1 where none is defined. */
export function extent(values: ArrayLike<number>): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (let at = 0; at < values.length; at++) {
    const value = values[at] ?? NaN;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [0, 1];
}

/** As far as values reach, and by a share of that more. */
export function rangeOf(values: ArrayLike<number>, more = 0.06): Range {
  const [low, high] = extent(values);
  const margin = more * (high - low) || 0.5;
  return [low - margin, high + margin];
}
