import type { Box } from './axes';
import type { Cells } from './picture';
import type { Found, Move, Stop, Stops } from './stops';

/** Rows that a page has. */
const PAGE = 10;

/** The keyboard among cells: a row and a column. */
export function cellStops(
  { values }: Cells,
  { left, top, width, height }: Box,
  foundAt: (row: number, column: number) => Found,
  enter: string | undefined,
): Stops {
  const [rows, columns] = [values.length, values[0]?.length ?? 0];
  const within = (at: number, count: number): number => Math.max(0, Math.min(count - 1, at));
  return {
    keys: `Arrow keys: from cell to cell; Page Up, Page Down: ${PAGE} rows; Home, End: first and last column; Ctrl+Home, Ctrl+End: first and last cell.${enter === undefined ? '' : ` Enter: ${enter}.`} Escape: hide.`,
    go(from, move) {
      const [row, column] = from ?? [0, 0];
      const places: Partial<Record<Move, Stop>> = {
        left: [row, column - 1],
        right: [row, column + 1],
        up: [row - 1, column],
        down: [row + 1, column],
        pageUp: [row - PAGE, column],
        pageDown: [row + PAGE, column],
        first: [row, 0],
        last: [row, columns - 1],
        start: [0, 0],
        end: [rows - 1, columns - 1],
      };
      const to = places[move];
      if (to === undefined || rows === 0 || columns === 0) return null;
      // Whatever arrow comes first shows the first cell.
      const begins = from === null && move !== 'last' && move !== 'end';
      return begins ? [0, 0] : [within(to[0], rows), within(to[1], columns)];
    },
    at([row, column]) {
      if (row >= rows || column >= columns) return null;
      const [wide, high] = [width / columns, height / rows];
      return {
        spot: {
          x: left + (column + 0.5) * wide,
          y: top + (row + 0.5) * high,
          width: wide,
          height: high,
          round: false,
        },
        found: foundAt(row, column),
      };
    },
  };
}
