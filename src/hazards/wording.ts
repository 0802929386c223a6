/** A name of the file among words of ours: `“both”`. */
export function quoted(name: string): string {
  return `“${name}”`;
}

/** `1 replicate`, `4 replicates`. */
export function replicates(count: number): string {
  return count === 1 ? '1 replicate' : `${count} replicates`;
}
