import { fixed } from '../formats/fixed';

/** A number of a table with four decimals; – where it is undefined. */
export function number(value: number | null): string {
  return value === null ? '–' : fixed(value, 4);
}

/** A p-value, and that it is small. */
export function probability(p: number | null): string {
  if (p === null) return '–';
  return p < 1e-4 ? '< 0.0001' : fixed(p, 4);
}
