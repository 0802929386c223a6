import { decimals } from '../../../src/formats/fixed';
import type { Theme } from '../theme';
import { colourCells } from './colours';
import { type Box, crisp } from './axes';
import type { Pen } from './pen';
import type { Cells, Scale } from './picture';
import { stopsOf } from './scale';

/** Smaller cells have no room for a stroke, … */
const HATCHED = 5;
/** … these none for ∞, … */
const INFINITE = 9;
/** … and these none for a number. */
const WIDE = 32;
/** Of more lines around cells only thin ones leave something to see. */
const MANY = 200;
/** In no scale of ours, and seen on both ends of them. */
const OUTLINE = '#ff4f81';
const HIGH = 15;
/** Width of a letter of words in cells, about. */
const LETTER = 6.2;

/** The coloured cells; undefined ones are crossed, so that no colour is needed to tell them from zero. */
export function drawCells(pen: Pen, cells: Cells, scale: Scale, box: Box, theme: Theme): void {
  const { values } = cells;
  const { left, top, width, height } = box;
  const [columns, rows] = [values[0]?.length ?? 0, values.length];
  const rgba = colourCells(values, scale.range, stopsOf(scale, theme), theme.undefinedValue);
  pen.cells({ x: left, y: top, width, height }, columns, rows, rgba);
  writeInCells(pen, cells, rgba, box, theme);
  drawLines(pen, cells, box, theme);
}

function writeInCells(
  pen: Pen,
  { values, written = false, dotted }: Cells,
  rgba: Uint8ClampedArray,
  { left, top, width, height }: Box,
  theme: Theme,
): void {
  const [columns, rows] = [values[0]?.length ?? 0, values.length];
  const [wide, high] = [width / columns, height / rows];
  if (Math.min(wide, high) < HATCHED) return;
  values.forEach((row, at) =>
    row.forEach((value, column) => {
      const [x, y] = [left + column * wide, top + at * high];
      const from = 4 * (at * columns + column);
      const colour = isDark(rgba.subarray(from, from + 3)) ? '#ffffff' : '#000000';
      const words = typeof written === 'function' ? shortened(written(at, column), wide, high) : '';
      if (words === '' && (value === null || Number.isNaN(value))) {
        pen.line([x, y + high, x + wide, y], { colour: theme.foreground, width: 0.5 });
        return;
      }
      const text = words || cellText(value, written === true && wide >= WIDE && high >= HIGH, wide);
      const isDotted = dotted?.(at, column) === true;
      if (text === '' && !isDotted) return;
      if (isDotted) {
        // Beside the number, where there is one.
        const centre = text === '' ? [x + wide / 2, y + high / 2] : [x + wide - 5, y + 5];
        pen.discs(centre, Math.min(2, wide / 5, high / 5), { fill: colour });
      }
      if (text !== '') pen.text(x + wide / 2, y + high / 2, text, { colour, size: 11, align: 'middle' });
    }),
  );
}

/** Borders, the frame, what is framed or pointed out in it, and what is written over it. */
function drawLines(pen: Pen, cells: Cells, box: Box, theme: Theme): void {
  const { values, borders, framed, ringed, note, pointed = [] } = cells;
  const { left, top, width, height } = box;
  const [columns, rows] = [values[0]?.length ?? 0, values.length];
  // Dark and light together: a line is seen on every colour.
  const both = (points: number[]): void => {
    pen.line(points, { colour: theme.background, width: 3 });
    pen.line(points, { colour: theme.foreground, width: 1 });
  };
  for (const at of borders.rows) {
    const y = crisp(top + (at / rows) * height);
    both([left, y, left + width, y]);
  }
  for (const at of borders.columns) {
    const x = crisp(left + (at / columns) * width);
    both([x, top, x, top + height]);
  }
  const outlines = outlinesOf(cells, box);
  if (outlines.length > 0)
    pen.segments(outlines, { colour: OUTLINE, width: outlines.length > 4 * MANY ? 1 : 3 });
  pen.frame(left - 0.5, top - 0.5, width + 1, height + 1, { colour: theme.muted });
  if (framed !== undefined && framed >= 0) {
    const x = left + (framed / columns) * width;
    const wide = Math.max(4, width / columns);
    frame(pen, [x - 1, top - 2, wide + 2, height + 4], theme);
  }
  const [wide, high] = [width / columns, height / rows];
  for (const [row, column] of cellsWhere(cells, ringed))
    frame(pen, [left + column * wide + 2, top + row * high + 2, wide - 4, high - 4], theme);
  if (note !== undefined) {
    const middle = left + ((note.from + columns) / 2 / columns) * width;
    const colour = theme.kind === 'light' ? '#000000' : '#ffffff';
    pen.text(middle, top + height / 2, note.text, { colour, size: 11, align: 'middle', upright: true });
  }
  for (const at of pointed) {
    const y = top + ((at + 0.5) / rows) * height;
    const x = left + ((at + 0.5) / columns) * width;
    const edge = top + height + 2;
    pen.polygon([left - 2, y, left - 8, y - 3.5, left - 8, y + 3.5], theme.foreground);
    pen.polygon([x, edge, x - 3.5, edge + 6, x + 3.5, edge + 6], theme.foreground);
  }
}

/** A frame that is seen on every colour. */
function frame(pen: Pen, [x, y, width, height]: [number, number, number, number], theme: Theme): void {
  pen.frame(x, y, width, height, { colour: theme.background, width: 4 });
  pen.frame(x, y, width, height, { colour: theme.foreground, width: 2 });
}

function cellsWhere(
  { values }: Cells,
  is: (row: number, column: number) => boolean = () => false,
): [row: number, column: number][] {
  return values.flatMap((row, at) =>
    [...row.keys()].flatMap((column): [number, number][] => (is(at, column) ? [[at, column]] : [])),
  );
}

/** The lines between cells that are outlined and those that are not, as long as they go on; two points each. */
function outlinesOf({ values, outlined }: Cells, { left, top, width, height }: Box): number[] {
  const [columns, rows] = [values[0]?.length ?? 0, values.length];
  if (outlined === undefined) return [];
  const inside = values.map((row, at) => row.map((_, column) => outlined(at, column)));
  const at = (row: number, column: number): boolean => inside[row]?.[column] ?? false;
  const points: number[] = [];
  /** Along one line of the grid: the stretches where both sides differ. */
  const along = (length: number, differ: (k: number) => boolean, add: (from: number, to: number) => void) => {
    for (let from = 0; from < length; from++) {
      if (!differ(from)) continue;
      let to = from + 1;
      while (to < length && differ(to)) to++;
      add(from, to);
      from = to;
    }
  };
  const x = (column: number): number => left + (column / columns) * width;
  const y = (row: number): number => top + (row / rows) * height;
  for (let row = 0; row <= rows; row++)
    along(
      columns,
      (column) => at(row - 1, column) !== at(row, column),
      (from, to) => points.push(x(from), y(row), x(to), y(row)),
    );
  for (let column = 0; column <= columns; column++)
    along(
      rows,
      (row) => at(row, column - 1) !== at(row, column),
      (from, to) => points.push(x(column), y(from), x(column), y(to)),
    );
  return points;
}

/** As many letters as there is room for; of fewer than two of several none. */
function shortened(words: string, wide: number, high: number): string {
  const room = high < HIGH ? 0 : Math.floor((wide - 4) / LETTER);
  if (words.length <= room) return words;
  return room < 2 ? '' : `${words.slice(0, room - 1)}…`;
}

function cellText(value: number | null, written: boolean, wide: number): string {
  if (value === null || Number.isNaN(value)) return '';
  if (Math.abs(value) === Infinity) return wide >= INFINITE ? '∞' : '';
  return written ? decimals(value) : '';
}

/** White is read better than black on it. */
function isDark(rgb: Uint8ClampedArray): boolean {
  const [red = 0, green = 0, blue = 0] = Array.from(rgb, (byte) => {
    const share = byte / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.179;
}
