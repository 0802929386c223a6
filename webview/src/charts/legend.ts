import { shortNames } from '../../../src/formats/short-names';
import { visible } from '../../../src/formats/visible';
import type { Theme } from '../theme';
import { colourOf } from './colours';
import { drawMark } from './draw-mark';
import { type Pen, textWidth } from './pen';
import type { LegendGroup } from './picture';

const ROW = 18;
/** More letters than these are too much for an entry, … */
const LETTERS = 44;
/** … and these for the head of a group. */
const HEAD = 26;

/**
 * What colours and shapes stand for: the head of each group once, beside it its entries in columns of one width, over as many lines as
 * they take.
 *
 * @param whole nothing is shortened, as in files
 */
export function legend(groups: readonly LegendGroup[], theme: Theme, width: number, whole: boolean) {
  const short = (names: readonly string[], letters: number): string[] =>
    shortNames(names, whole ? Infinity : letters).map(visible);
  const widest = (texts: readonly string[]): number =>
    Math.max(0, ...texts.map((text) => textWidth(text, theme.font)));
  const heads = short(
    groups.map(({ head = '' }) => head),
    HEAD,
  );
  const indent = heads.every((head) => head === '') ? 0 : widest(heads) + 14;
  const all = groups.flatMap(({ entries }) => entries);
  const sample = all.some(({ dash }) => dash !== undefined) ? 34 : 17;
  const names = short(
    all.map(({ name }) => name),
    Math.max(6, Math.min(LETTERS, (width - indent - sample) / 6.5)),
  );
  const each = sample + 14 + widest(names);
  const fit = Math.max(1, Math.floor((width - indent) / each));
  const longest = Math.max(0, ...groups.map(({ entries }) => entries.length));
  // As many lines as must be, none much emptier than the others.
  const columns = Math.ceil(longest / Math.max(1, Math.ceil(longest / fit)));
  const rows = groups.map(({ entries }) => Math.ceil(entries.length / Math.max(1, columns)));
  const lines = rows.reduce((sum, count) => sum + count, 0);
  return {
    width: indent + columns * each,
    height: lines === 0 ? 0 : lines * ROW + 6,
    draw(pen: Pen, left: number, top: number): void {
      let [line, before] = [0, 0];
      groups.forEach(({ entries }, group) => {
        if (rows[group] === 0) return;
        const middle = (row: number): number => top + (line + row) * ROW + ROW / 2;
        const head = heads[group] ?? '';
        if (head !== '') pen.text(left, middle(0), head, { colour: theme.muted });
        entries.forEach(({ colour, shape, dash }, at) => {
          const x = left + indent + (at % columns) * each;
          const y = middle(Math.floor(at / columns));
          const paint = colourOf(theme, colour);
          const centre = x + (dash === undefined ? 6 : 14);
          if (dash !== undefined) pen.line([x, y, x + 28, y], { colour: paint, width: 2.5, dash });
          if (shape !== undefined) drawMark(pen, shape, centre, y, 4, { fill: paint });
          pen.text(x + sample, y, names[before + at] ?? '', { colour: theme.foreground });
        });
        line += rows[group] ?? 0;
        before += entries.length;
      });
    },
  };
}
