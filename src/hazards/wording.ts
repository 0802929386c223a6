/** A name of the file among words of ours: `“both”`. */
export function quoted(name: string): string {
  return `“${name}”`;
}

/** `before training`, `at epoch 0.24`, `at epoch 40`: few epochs of many documents are told apart, too. */
export function atEpoch(epoch: number): string {
  return epoch === 0 ? 'before training' : `at epoch ${epochText(epoch)}`;
}

/** Three significant digits. */
export function epochText(epoch: number): string {
  return String(Number(epoch.toPrecision(3)));
}

/** `1 replicate`, `4 replicates`. */
export function replicates(count: number): string {
  return count === 1 ? '1 replicate' : `${count} replicates`;
}
