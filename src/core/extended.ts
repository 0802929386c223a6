/** A number as JSON has it: null where it is undefined, in words where it is infinite, as a perfect unit's d′ is. */
export type Extended = number | null | 'Infinity' | '-Infinity';

/** NaN stands for undefined. JSON has no infinite numbers: they are texts, which `Number` reads (and `float` of Python). */
export function extended(value: number): Extended {
  if (Number.isNaN(value)) return null;
  if (Number.isFinite(value)) return value;
  return value > 0 ? 'Infinity' : '-Infinity';
}

/** The opposite: a number, which may be infinite, or null. */
export function extendedNumber(value: Extended): number | null {
  return value === null ? null : Number(value);
}

/** A statistic of units as rows: one of a binary label, one for each value of others. */
export function statisticRows(values: Extended[] | Extended[][]): Extended[][] {
  return (Array.isArray(values[0]) ? values : [values]) as Extended[][];
}
