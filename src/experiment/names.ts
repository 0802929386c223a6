import type { Budget } from './budget';

const MAX_COMPARED = 60;
const MAX_CANDIDATES = 500;
/** Edits per character up to which one name is taken for another that was mistyped. */
const SHARE = 1 / 3;
/** From this many characters on, a name may be meant by its beginning. */
const LEAST_BEGINNING = 3;

/**
 * The name that was meant by what was written: the one with the fewest edits, where these are few enough to be slips of typing
 * (at most a third of the characters), or the shortest that begins with it. Letter case, hyphens, underscores and spaces count little.
 *
 * @param budget pays for the comparisons; where it is spent nothing is found
 * @returns null where no name is near
 */
export function nearest(written: string, names: Iterable<string>, budget: Budget): string | null {
  const plain = folded(written);
  let best: string | null = null;
  let fewest = Infinity;
  let seen = 0;
  for (const name of names) {
    if (++seen > MAX_CANDIDATES) break;
    const other = folded(name);
    const longer = Math.max(plain.length, other.length);
    const most = Math.max(1, Math.round(SHARE * longer));
    const isBeginning = plain.length >= LEAST_BEGINNING && other.startsWith(plain);
    if (!isBeginning && longer - Math.min(plain.length, other.length) > most) continue;
    if (!budget.spend(plain.length * other.length)) return null;
    const edits = distance(plain, other);
    if ((edits > most || edits === longer) && !isBeginning) continue;
    const rank = (isBeginning ? Math.min(edits, most) : edits) + (written === name ? 0 : 0.5);
    if (rank < fewest) {
      fewest = rank;
      best = name;
    }
  }
  return best;
}

/** A name without what is easily written otherwise. */
function folded(name: string): string {
  return name
    .slice(0, MAX_COMPARED)
    .toLowerCase()
    .replace(/(?<=.)[-_ ]/gu, '');
}

/** Edits between two strings: insertions, removals, replacements, neighbours swapped (the optimal string alignment distance). */
function distance(left: string, right: string): number {
  let before: number[] = [];
  let row = Array.from({ length: right.length + 1 }, (_, j) => j);
  for (let i = 0; i < left.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < right.length; j++) {
      let edits = Math.min(row[j] + (left[i] === right[j] ? 0 : 1), row[j + 1] + 1, next[j] + 1);
      if (i > 0 && j > 0 && left[i] === right[j - 1] && left[i - 1] === right[j])
        edits = Math.min(edits, before[j - 1] + 1);
      next.push(edits);
    }
    before = row;
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
