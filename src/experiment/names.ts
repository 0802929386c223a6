const MAX_COMPARED = 60;
const MAX_CANDIDATES = 500;

/** The name with the fewest edits from what was written (letter case counts little), or null if there are no names. */
export function nearest(written: string, names: Iterable<string>): string | null {
  let best: string | null = null;
  let fewest = Infinity;
  let seen = 0;
  for (const name of names) {
    if (++seen > MAX_CANDIDATES) break;
    const edits = distance(written.toLowerCase(), name.toLowerCase()) + (written === name ? 0 : 0.5);
    if (edits < fewest) {
      fewest = edits;
      best = name;
    }
  }
  return best;
}

/** Levenshtein distance of the beginnings of two strings. */
function distance(a: string, b: string): number {
  const left = a.slice(0, MAX_COMPARED);
  const right = b.slice(0, MAX_COMPARED);
  let row = Array.from({ length: right.length + 1 }, (_, j) => j);
  for (let i = 0; i < left.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < right.length; j++) {
      const swap = row[j] + (left[i] === right[j] ? 0 : 1);
      next.push(Math.min(swap, row[j + 1] + 1, next[j] + 1));
    }
    row = next;
  }
  return row[right.length];
}

/** A name in a message: quoted, shortened where it is very long. */
export function quote(name: string): string {
  return `'${name.length > 80 ? `${name.slice(0, 77)}…` : name}'`;
}

/** Names in a message: `'a', 'b' and 'c'`, the first few of many. */
export function quoteAll(names: readonly string[]): string {
  if (names.length > 6) return `${names.slice(0, 5).map(quote).join(', ')} and ${names.length - 5} more`;
  if (names.length < 2) return names.map(quote).join('');
  return `${names.slice(0, -1).map(quote).join(', ')} and ${quote(names[names.length - 1])}`;
}
