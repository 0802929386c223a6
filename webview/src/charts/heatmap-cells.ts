import { decimals } from '../../../src/formats/fixed';
import type { Theme } from '../theme';
import { colourCells } from './colours';
import type { Pen } from './pen';

interface Cells {
  left: number;
  top: number;
  width: number;
  height: number;
  columns: number;
  rows: number;
}

/** Smaller cells have no room for a stroke, … */
const HATCHED = 5;
/** … these none for ∞, … */
const INFINITE = 9;
/** … and these none for a number. */
const WIDE = 32;
const HIGH = 15;

/** The coloured cells; undefined ones are crossed, so that no colour is needed to tell them from zero. */
export function drawCells(
  pen: Pen,
  {
    values,
    range,
    written = false,
  }: {
    values: readonly (readonly (number | null)[])[];
    range: readonly [number, number];
    /** Numbers stand in cells that have the room. */
    written?: boolean;
  },
  stops: readonly string[],
  { left, top, width, height, columns, rows }: Cells,
  theme: Theme,
): void {
  const rgba = colourCells(values, range, stops, theme.undefinedValue);
  pen.cells({ x: left, y: top, width, height }, columns, rows, rgba);
  const [wide, high] = [width / columns, height / rows];
  if (Math.min(wide, high) < HATCHED) return;
  values.forEach((row, at) =>
    row.forEach((value, column) => {
      const [x, y] = [left + column * wide, top + at * high];
      if (value === null || Number.isNaN(value)) {
        pen.line([x, y + high, x + wide, y], { colour: theme.foreground, width: 0.5 });
        return;
      }
      const text = cellText(value, written && wide >= WIDE && high >= HIGH, wide);
      if (text === '') return;
      const from = 4 * (at * columns + column);
      const colour = isDark(rgba.subarray(from, from + 3)) ? '#ffffff' : '#000000';
      pen.text(x + wide / 2, y + high / 2, text, { colour, size: 11, align: 'middle' });
    }),
  );
}

function cellText(value: number, written: boolean, wide: number): string {
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
