import { shown } from '../number';
import type { Find } from './canvas-chart';
import type { Frame, Heatmap } from './heatmap-picture';
import type { Found, Move, Stop, Stops } from './stops';

type Clicked = ((column: number, row: number) => void) | undefined;

/** Rows that a page has. */
const PAGE = 10;

/** @param names of rows, which may be too long to be written in full */
export function cellFinder(
  map: Heatmap,
  { left, top, width, height, columns, rows }: Frame,
  names: readonly { at: number; whole: string }[],
  clicked: Clicked,
): Find {
  return (x, y) => {
    const column = Math.floor(((x - left) / width) * columns);
    const row = Math.floor(((y - top) / height) * rows);
    if (row < 0 || row >= rows || column >= columns) return null;
    if (column >= 0) return cell(map, row, column, clicked);
    const nearest = [...names].sort((a, b) => Math.abs(a.at - row) - Math.abs(b.at - row))[0];
    return nearest === undefined ? null : { lines: [nearest.whole] };
  };
}

/** The keyboard among cells: a row and a column. */
export function cellStops(
  map: Heatmap,
  { left, top, width, height, columns, rows }: Frame,
  clicked: Clicked,
): Stops {
  const within = (at: number, count: number): number => Math.max(0, Math.min(count - 1, at));
  return {
    keys: `Arrow keys: from cell to cell; Page Up, Page Down: ${PAGE} rows; Home, End: first and last column; Ctrl+Home, Ctrl+End: first and last cell.${clicked === undefined ? '' : ' Enter: choose the column.'} Escape: hide.`,
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
        found: cell(map, row, column, clicked),
      };
    },
  };
}

function cell(map: Heatmap, row: number, column: number, clicked: Clicked): Found {
  const value = map.values[row]?.[column] ?? null;
  return {
    lines: [map.pair(row, column), value === null ? 'undefined' : shown(value, true)],
    stop: [row, column],
    ...(clicked === undefined ? {} : { pick: () => clicked(column, row) }),
  };
}
