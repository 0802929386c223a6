import type { Cell } from './cell';

/** How a table stands sorted; as it came where `column` is empty. */
export interface Sorting {
  column: string;
  descending: boolean;
}

/** The sorting after a press on the head of a column: numbers the largest first, texts by alphabet; then turned; then as it came. */
export function pressed(now: Sorting, column: string, numeric: boolean): Sorting {
  if (now.column !== column) return { column, descending: numeric };
  return now.descending === numeric ? { column, descending: !numeric } : { column: '', descending: false };
}

/** Places of the rows in the order that is asked for; undefined cells come last either way. */
export function orderOf(cells: readonly Cell[], descending: boolean): number[] {
  const values = cells.map((cell) => {
    if (typeof cell !== 'object' || cell === null) return cell;
    return 'atMost' in cell ? (cell.is ?? cell.atMost) : cell.mean;
  });
  const sign = descending ? -1 : 1;
  return [...values.keys()].sort((i, j) => {
    const [a, b] = [values[i] ?? null, values[j] ?? null];
    if (a === null || b === null) return Number(a === null) - Number(b === null) || i - j;
    const difference =
      typeof a === 'number' && typeof b === 'number'
        ? a - b
        : String(a).localeCompare(String(b), 'en', { numeric: true });
    return sign * difference || i - j;
  });
}
