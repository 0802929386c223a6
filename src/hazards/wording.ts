/** A number as messages show it: two decimals, without a minus before zero. */
export function decimals(value: number): string {
  return value.toFixed(2).replace(/^-(0\.00)$/, '$1');
}

/** A share of 1 as a percentage without decimals: `55 %`. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(0).replace(/^-0$/, '0')} %`;
}

/** `1 replicate`, `4 replicates`. */
export function replicates(count: number): string {
  return count === 1 ? '1 replicate' : `${count} replicates`;
}
