import type { Frame, Heatmap } from './heatmap-picture';
import type { Theme } from '../theme';
import { visible } from '../../../src/formats/visible';
import { canvasChart } from './canvas-chart';
import type { Chart } from './chart';
import { drawCells } from './heatmap-cells';
import { cellFinder, cellStops } from './heatmap-find';
import { apart, columnNames, type Tick, wrapped } from './heatmap-names';
import { drawScaleAside, drawScaleBelow, type Scale, scaleBelow, scaleRoom } from './heatmap-scale';
import { type Pen, textSize, textWidth } from './pen';
import { shortNames } from '../../../src/formats/short-names';
import { drawTree } from './tree';

const TREE = 62;
const ROW_TREE = 44;
const ROW = 24;
const LARGEST_SQUARE = 440;
/** Narrower square maps have their colour bar below. */
const NARROW = 480;
const small = 11;
/** Height of a line of a name. */
const LINE = 12;

/** @param clicked is told the column that was clicked, and the row */
export function heatmapChart(map: Heatmap, clicked?: (column: number, row: number) => void): Chart {
  return canvasChart((theme, page, whole) => {
    const scale: Scale = {
      range: map.range,
      measure: map.measure,
      stops: stopsOf(map, theme),
      beyond: {
        low: map.values.some((row) => row.some((value) => value !== null && value < map.range[0])),
        high: map.values.some((row) => row.some((value) => value !== null && value > map.range[1])),
      },
      undefinedValues: map.values.some((row) => row.some((value) => value === null || Number.isNaN(value))),
    };
    const below = map.square && page < NARROW;
    const letters = page < 340 ? 13 : page < 560 ? 16 : 28;
    const rows = map.values.length;
    const rowsHigh = Math.min(LARGEST_SQUARE, Math.max(4 * ROW, ROW * rows));
    // About as high as a row will be: how high exactly depends on the room that its name takes.
    const each =
      (map.square ? Math.min(LARGEST_SQUARE, page - 130) : rowsHigh) / Math.max(1, map.yTicks.length);
    const pointers = map.pointed !== undefined && map.pointed.length > 0 ? 9 : 0;
    const short = rowNames(map, letters, each >= 2 * LINE + 2 ? 2 : 1, pointers, theme);
    const { names, blocks, namesAt, left } = whole ? rowNames(map, Infinity, 1, pointers, theme) : short;
    // Whole names get room of their own, beside a picture that is as large as on the page.
    const width = page + left - short.left;
    const aside = below ? 22 : scaleRoom(scale, theme, map.square ? undefined : rowsHigh);
    const right = Math.ceil(aside + (map.rowTree === undefined ? 0 : ROW_TREE));
    const top = 8 + (map.tree === undefined ? 0 : TREE);
    const room = Math.max(40, width - left - right);
    const wide = map.square ? Math.min(LARGEST_SQUARE, room) : room;
    const high = map.square ? wide : rowsHigh;
    const columns = map.values[0]?.length ?? 0;
    const columnAt = (at: number): number => left + ((at + 0.5) / columns) * wide;
    const under = [
      columnNames(map.xTicks, columnAt, theme, small, whole),
      ...(map.square && blocks.length > 0
        ? [
            columnNames(
              blocks.map(({ at, whole }) => ({ at, name: whole })),
              columnAt,
              theme,
              textSize,
              whole,
            ),
          ]
        : []),
    ];
    const bottom =
      pointers + under.reduce((sum, { height }) => sum + height, 0) + (map.xTitle === '' ? 0 : 20);
    const frame = { left, top, width: wide, height: high, columns, rows };

    return {
      // On the page other figures stand below it; a file has no room to waste.
      width: whole && map.square && !below ? left + wide + right : width,
      height: top + high + bottom + (below ? scaleBelow : 0),
      paint(pen) {
        drawCells(pen, map, scale.stops, frame, theme);
        drawLines(pen, map, frame, theme);
        drawRowNames(pen, frame, theme, { names, blocks, namesAt, pointers });
        let y = top + high + pointers;
        for (const part of under) {
          part.draw(pen, y);
          y += part.height;
        }
        if (map.xTitle !== '')
          pen.text(left + wide / 2, y + 6, map.xTitle, { colour: theme.foreground, align: 'middle' });
        drawPointers(pen, map.pointed ?? [], frame, theme);
        if (map.tree !== undefined)
          drawTree(pen, map.tree, theme, (place, height) => [
            left + ((place + 0.5) / Math.max(1, frame.columns)) * wide,
            top - 4 - height * (TREE - 8),
          ]);
        if (map.rowTree !== undefined)
          drawTree(pen, map.rowTree, theme, (place, height) => [
            left + wide + 4 + height * (ROW_TREE - 8),
            top + ((place + 0.5) / Math.max(1, rows)) * high,
          ]);
        if (below) drawScaleBelow(pen, scale, theme, { x: left, y: top + high + bottom + 4, width: wide });
        else {
          const end = left + wide + right;
          drawScaleAside(pen, scale, theme, { x: end - aside + 16, y: top, height: high, end });
        }
      },
      find: cellFinder(map, frame, [...names, ...blocks], clicked),
      stops: cellStops(map, frame, clicked),
    };
  });
}

function stopsOf({ diverging, reversed }: Heatmap, theme: Theme): readonly string[] {
  const stops = diverging ? theme.diverging : theme.sequential;
  return reversed === true ? [...stops].reverse() : stops;
}

/** The names of rows and of blocks of them as they are written, and the room that they take at the left. */
function rowNames(map: Heatmap, letters: number, lines: number, pointers: number, theme: Theme) {
  const rows = wrapped(
    map.yTicks.map(({ name }) => name),
    letters,
    lines,
  );
  const names = map.yTicks.map(({ at, name }, place) => ({ at, lines: rows[place] ?? [], whole: name }));
  const short = shortNames(
    (map.blocks ?? []).map(({ name }) => name),
    letters,
  );
  const blocks = (map.blocks ?? []).map(({ at, name }, place) => ({
    at,
    name: short[place] ?? '',
    whole: name,
  }));
  const widest = (texts: readonly string[], size: number): number =>
    texts.reduce((most, text) => Math.max(most, textWidth(visible(text), theme.font, size)), 0);
  const namesAt =
    widest(
      names.flatMap((name) => name.lines),
      small,
    ) +
    8 +
    pointers;
  const left = Math.ceil(Math.max(16, namesAt + (blocks.length > 0 ? widest(short, 12) + 10 : 0)));
  return { names, blocks, namesAt, left };
}

function drawLines(pen: Pen, map: Heatmap, frame: Frame, theme: Theme): void {
  const { left, top, width, height, columns, rows } = frame;
  // Dark and light together: a line is seen on every colour.
  const both = (points: number[]): void => {
    pen.line(points, { colour: theme.background, width: 3 });
    pen.line(points, { colour: theme.foreground, width: 1 });
  };
  for (const at of map.borders) {
    const y = Math.round(top + (at / rows) * height) + 0.5;
    both([left, y, left + width, y]);
  }
  for (const at of map.columnBorders ?? (map.square ? map.borders : [])) {
    const x = Math.round(left + (at / columns) * width) + 0.5;
    both([x, top, x, top + height]);
  }
  pen.frame(left - 0.5, top - 0.5, width + 1, height + 1, { colour: theme.muted });
  const { marked, note } = map;
  if (marked !== undefined && marked.column >= 0) {
    const x = left + (marked.column / columns) * width;
    const wide = Math.max(4, width / columns);
    pen.frame(x - 1, top - 2, wide + 2, height + 4, { colour: theme.background, width: 4 });
    pen.frame(x - 1, top - 2, wide + 2, height + 4, { colour: theme.foreground, width: 2 });
  }
  if (note !== undefined) {
    const middle = left + ((note.from + columns) / 2 / columns) * width;
    const colour = theme.kind === 'light' ? '#000000' : '#ffffff';
    pen.text(middle, top + height / 2, note.text, { colour, size: small, align: 'middle', upright: true });
  }
}

function drawRowNames(
  pen: Pen,
  { left, top, height, rows }: Frame,
  theme: Theme,
  {
    names,
    blocks,
    namesAt,
    pointers,
  }: {
    names: readonly { at: number; lines: string[]; whole: string }[];
    blocks: readonly Tick[];
    /** Room for the names, right of the blocks. */
    namesAt: number;
    /** Room for the pointers, between names and cells. */
    pointers: number;
  },
): void {
  const colour = theme.foreground;
  const rowAt = (at: number): number => top + ((at + 0.5) / rows) * height;
  const ticks = names.map(({ at, lines, whole }) => ({ at, name: whole, lines }));
  const written = apart(ticks, rowAt, ({ lines }) => small + 1 + LINE * (lines.length - 1));
  const right = left - 6 - pointers;
  for (const { at, lines } of written)
    lines.forEach((line, place) =>
      pen.text(right, rowAt(at) + LINE * (place - (lines.length - 1) / 2), visible(line), {
        colour,
        size: small,
        align: 'end',
      }),
    );
  // Said, where there is no room for all.
  if (written.length < ticks.length) pen.text(right, top + height + 8, '⋮', { colour, align: 'end' });
  for (const { at, name } of apart(blocks, rowAt, () => 13))
    pen.text(left - namesAt - 6, rowAt(at), visible(name), { colour, align: 'end' });
}

function drawPointers(pen: Pen, pointed: readonly number[], frame: Frame, theme: Theme): void {
  const { left, top, width, height, columns, rows } = frame;
  for (const at of pointed) {
    const y = top + ((at + 0.5) / rows) * height;
    const x = left + ((at + 0.5) / columns) * width;
    const edge = top + height + 2;
    pen.polygon([left - 2, y, left - 8, y - 3.5, left - 8, y + 3.5], theme.foreground);
    pen.polygon([x, edge, x - 3.5, edge + 6, x + 3.5, edge + 6], theme.foreground);
  }
}

/** The range of defined values; for diverging scales, symmetric about `centre`. */
export function rangeOf(values: readonly (readonly (number | null)[])[], centre?: number): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const row of values) {
    for (const value of row) {
      if (value === null || Number.isNaN(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (low > high) return [0, 1];
  if (centre === undefined) return [low, high === low ? low + 1 : high];
  const reach = Math.max(high - centre, centre - low) || 1;
  return [centre - reach, centre + reach];
}

/** Up to about `most` ticks at round numbers, for many rows or columns. */
export function sparseTicks(count: number, name: (at: number) => string, most = 12): Tick[] {
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((candidate) => count / candidate <= most) ?? 1000;
  return Array.from({ length: Math.ceil(count / step) }, (_, at) => ({
    at: at * step,
    name: name(at * step),
  }));
}
