import type { Theme } from '../theme';
import { visible } from '../../../src/formats/visible';
import { drawMark } from './draw-mark';
import type { Mark } from '../../../src/formats/marks';
import { type Pen, textWidth } from './pen';
import { shortNames } from '../../../src/formats/short-names';

export interface LegendEntry {
  name: string;
  colour: string;
  mark: Mark;
  /** Of the line that it stands for, where it stands for one. */
  dash?: number[];
}

const ROW = 18;
const LETTERS = 44;

/** Names of groups above a plot, in columns of one width; `whole`: without shortening any, as in files. */
export function legend(entries: readonly LegendEntry[], theme: Theme, width: number, whole: boolean) {
  const names = shortNames(
    entries.map(({ name }) => name),
    whole ? Infinity : LETTERS,
  ).map(visible);
  const lines = entries.some(({ dash }) => dash !== undefined);
  const widest = (lines ? 48 : 26) + Math.max(0, ...names.map((name) => textWidth(name, theme.font)));
  const fit = Math.max(1, Math.min(entries.length, Math.floor(width / widest)));
  const rows = Math.ceil(entries.length / fit);
  const columns = Math.max(1, Math.ceil(entries.length / Math.max(1, rows)));
  return {
    width: columns * widest,
    height: entries.length === 0 ? 0 : rows * ROW + 6,
    draw(pen: Pen, left: number, top: number): void {
      entries.forEach(({ colour, mark, dash }, at) => {
        const x = left + (at % columns) * widest + (dash === undefined ? 6 : 14);
        const y = top + Math.floor(at / columns) * ROW + ROW / 2;
        if (dash !== undefined) pen.line([x - 14, y, x + 14, y], { colour, width: 2.5, dash });
        drawMark(pen, mark, x, y, 4, { fill: colour });
        pen.text(x + (dash === undefined ? 11 : 20), y, names[at] ?? '', { colour: theme.foreground });
      });
    },
  };
}
