import { shortNames } from '../../../src/formats/short-names';
import { visible } from '../../../src/formats/visible';
import type { Theme } from '../theme';
import { colourOf } from './colours';
import { drawMark } from './draw-mark';
import { type Pen, textWidth } from './pen';
import type { LegendEntry, LegendGroup } from './picture';

const ROW = 18;
/** From the left end of an entry to its name: where its group has lines, and where it has marks alone. */
const [WITH_LINE, WITH_MARK] = [34, 17];
/** More letters than these are too much for an entry, … */
const LETTERS = 44;
/** … and these for the head of a group. */
const HEAD = 26;

/** The entries of a group: so many in a line, each with its room. */
interface Row {
  entries: readonly LegendEntry[];
  columns: number;
  /** Room for the sample of each: a stretch of line, or a mark. */
  sample: number;
  rooms: readonly number[];
}

/**
 * What colours and shapes stand for: the head of each group once, beside it its entries, in a line or in columns of one width over as many
 * lines as they take.
 *
 * @param whole nothing is shortened, as in files
 */
export function legend(groups: readonly LegendGroup[], theme: Theme, width: number, whole: boolean) {
  const heads = shortNames(
    groups.map(({ head = '' }) => head),
    whole ? Infinity : HEAD,
  ).map(visible);
  const longest = Math.max(0, ...heads.map((head) => textWidth(head, theme.font)));
  const indent = longest === 0 ? 0 : longest + 14;
  const rows = rowsOf(groups, theme, { room: width - indent, whole });
  const lines = rows.reduce((sum, { entries, columns }) => sum + Math.ceil(entries.length / columns), 0);
  const widths = rows.map(({ rooms, columns }) =>
    rooms.slice(0, columns).reduce((sum, room) => sum + room, 0),
  );
  return {
    width: indent + Math.max(0, ...widths),
    height: lines === 0 ? 0 : lines * ROW + 6,
    draw(pen: Pen, left: number, top: number): void {
      let y = top + ROW / 2;
      rows.forEach(({ entries, columns, sample, rooms }, group) => {
        const head = heads[group] ?? '';
        if (head !== '') pen.text(left, y, head, { colour: theme.muted });
        let x = left + indent;
        entries.forEach((entry, at) => {
          if (at > 0 && at % columns === 0) [x, y] = [left + indent, y + ROW];
          drawEntry(pen, entry, theme, { x, y, sample });
          x += rooms[at] ?? 0;
        });
        y += ROW;
      });
    },
  };
}

function rowsOf(
  groups: readonly LegendGroup[],
  theme: Theme,
  { room, whole }: { room: number; whole: boolean },
): Row[] {
  const all = groups.flatMap(({ entries }) => entries);
  const letters = whole ? Infinity : Math.max(6, Math.min(LETTERS, (room - WITH_LINE) / 6.5));
  const short = shortNames(
    all.map(({ name }) => name),
    letters,
  ).map(visible);
  let before = 0;
  return groups.map(({ entries }) => {
    const own = entries.map((entry, at) => ({ ...entry, name: short[before + at] ?? '' }));
    before += own.length;
    const sample = own.some(({ dash }) => dash !== undefined) ? WITH_LINE : WITH_MARK;
    const rooms = own.map(({ name }) => sample + 14 + textWidth(name, theme.font));
    const each = Math.max(1, ...rooms);
    const fit = Math.max(1, Math.floor(room / each));
    const inLine = rooms.reduce((sum, one) => sum + one, 0) <= room;
    // As many lines as must be, none much emptier than the others.
    const columns = inLine ? own.length : Math.ceil(own.length / Math.ceil(own.length / fit));
    return {
      ...{ entries: own, columns: Math.max(1, columns), sample },
      rooms: inLine ? rooms : rooms.map(() => each),
    };
  });
}

function drawEntry(
  pen: Pen,
  { name, colour, shape, dash, opacity }: LegendEntry,
  theme: Theme,
  { x, y, sample }: { x: number; y: number; sample: number },
): void {
  const paint = colourOf(theme, colour);
  if (dash !== undefined) pen.line([x, y, x + 28, y], { colour: paint, width: 2.5, dash });
  if (shape !== undefined) {
    const look = { fill: paint, ...(opacity === undefined ? {} : { opacity }) };
    drawMark(pen, shape, x + (sample === WITH_MARK ? 6 : 14), y, 4, look);
  }
  pen.text(x + sample, y, name, { colour: theme.foreground });
}
