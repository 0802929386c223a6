import { fixed } from '../formats/fixed';

/** A number as messages show it: two decimals. */
export function decimals(value: number, digits = 2): string {
  return fixed(value, digits);
}

/** A name of the file among words of ours: `“both”`. */
export function quoted(name: string): string {
  return `“${name}”`;
}

/** `1 replicate`, `4 replicates`. */
export function replicates(count: number): string {
  return count === 1 ? '1 replicate' : `${count} replicates`;
}
