import { shortNames } from '../../../src/formats/short-names';
import { visible } from '../../../src/formats/visible';
import type { Theme } from '../theme';
import { type Axes, axesIn, type Box, equalScales, roomAtLeft, roomBelow } from './axes';
import { legend } from './legend';
import { lettersIn, namesBelow, type RowNames, rowNames } from './names';
import { textWidth } from './pen';
import type { Cells, Panel, Picture, Plot } from './picture';
import { type Bar, scaleBelow, scaleRoom } from './scale';
import { treeRoom } from './tree';

/** A plot in its place. */
export interface Placed {
  plot: Plot;
  box: Box;
  at: Axes;
  /** The names at its left and, each with its height, those below. */
  rows: RowNames | null;
  columns: ReturnType<typeof namesBelow>;
  /** Whether the horizontal axis has its numbers and its title. */
  written: boolean;
}

/** The title of a panel and its note in their places. */
interface Head {
  left: number;
  top: number;
  title: string;
  /** A line, or several below the title. */
  notes: readonly string[];
  beside: boolean;
}

/** Where everything of a picture stands, in pixels. */
export interface Layout {
  width: number;
  height: number;
  placed: readonly Placed[];
  heads: readonly Head[];
  legend: { left: number; draw: ReturnType<typeof legend>['draw'] };
  /** The colour bar, at the first plot. */
  bar: Bar | null;
}

export const TOP = 6;
/** Titles of panels. */
export const NAME = 13;
const HEAD = 24;
/** A line of a note below a title. */
export const NOTE = 15;
/** Titles of plots. */
const TITLE = 20;
/** Between panels above each other, … */
const BETWEEN = 8;
/** … and plots. */
const GAP = 18;
const RIGHT = 14;
const LARGEST_SQUARE = 440;
/** Narrower square pictures have their colour bar below. */
const NARROW = 480;
/** Room for marks that point at rows and columns. */
const POINTERS = 9;
/** So much smaller, a picture of one plot is still read. */
const SMALLER = 0.6;

/** What is asked of a layout: the width of the page; `whole`: for a file, in which no name is shortened; how much higher plots are. */
interface Asked {
  picture: Picture;
  theme: Theme;
  page: number;
  whole: boolean;
  grow: number;
}

/** @param room height that the picture is to fill, in pixels, as far as it can; 0: it is as high as it is by itself */
export function layOut(picture: Picture, theme: Theme, page: number, whole: boolean, room = 0): Layout {
  const laid = (grow: number): Layout => place({ picture, theme, page, whole, grow });
  const own = laid(1);
  if (room === 0) return own;
  // Heights of plots grow all alike; those of squares only as far as the page is wide.
  const each = (own.height - laid(SMALLER).height) / (1 - SMALLER);
  if (each <= 0) return own;
  // Names take more or less room in plots of another size: once or twice more, and it fits. Where two sizes lead to each other, the highest that fits.
  let [layout, grow] = [own, 1];
  let highest: Layout | undefined;
  for (let round = 0; round < 4; round++) {
    grow = Math.max(leastOf(picture), grow + (room - layout.height) / each);
    layout = laid(grow);
    if (layout.height <= room && layout.height > (highest?.height ?? 0)) highest = layout;
  }
  return highest ?? layout;
}

/** How much of its own height a picture needs: one of rows with names, or of several plots, all of it. */
function leastOf({ panels: [first, ...others] }: Picture): number {
  const [plot, ...more] = first?.plots ?? [];
  const single = others.length + more.length === 0;
  return single && (plot?.square === true || plot?.y.names === undefined) ? SMALLER : 1;
}

function place(asked: Asked): Layout {
  const { picture, theme, page, whole } = asked;
  const { panels } = picture;
  const titles = panels.map(({ title = '' }) => title);
  const grid = gridOf(asked, titles);
  // Panels that have no width of their own are one, as wide as the page.
  const single = picture.panelWidth === undefined;
  const plots = panels[0]?.plots ?? [];
  const sides = sidesOf(plots, asked);
  // Whole names get room of their own, beside a picture that is as large as on the page.
  const wider = whole && single ? sides.left - sidesOf(plots, { ...asked, whole: false }).left : 0;
  const inset = single ? sides.left : 8;
  const beside = single ? inset + sides.right : 16;
  const titlesOf = legend(picture.legend ?? [], theme, page - beside, whole);
  const least = whole ? titlesOf.width + beside : 0;
  const each = single ? Math.max(page + wider, least) : grid.each;
  const short = shortNames(titles, whole ? Infinity : each / 8);
  const notesBeside = panels.every(
    ({ note = '' }, at) =>
      titleWidth(`${short[at] ?? ''}  `, theme) + textWidth(note, theme.font, 11) <= each - 50,
  );
  const notes = panels.map(({ note = '' }) =>
    notesBeside ? [note] : noteLines(note, each - sides.left - 4, theme),
  );
  const below = notesBeside ? 0 : Math.max(...notes.map(({ length }) => length));
  const head = titles.every((title) => title === '') ? 0 : HEAD + below * NOTE;

  const placed: Placed[] = [];
  const heads: Head[] = [];
  let top = TOP + titlesOf.height;
  for (let from = 0; from < panels.length; from += grid.columns) {
    let bottom = top;
    panels.slice(from, from + grid.columns).forEach((panel, column) => {
      const at = { left: column * each, top: top + head, width: each };
      const made = placePanel(panel, at, asked);
      placed.push(...made.placed);
      bottom = Math.max(bottom, made.bottom);
      const left = made.placed[0]?.box.left ?? 0;
      const title = visible(short[from + column] ?? '');
      heads.push({ left, top, title, notes: notes[from + column] ?? [], beside: notesBeside });
    });
    top = from + grid.columns < panels.length ? bottom + BETWEEN : bottom;
  }
  return {
    ...sizeOf(
      asked,
      placed[0],
      { width: Math.max(whole && !single ? 0 : page, grid.columns * each, least), height: top },
      sides.right,
    ),
    placed,
    heads: head === 0 ? [] : heads,
    legend: { ...titlesOf, left: inset },
  };
}

/** A note over as many lines as it takes, broken between its parts. */
function noteLines(note: string, room: number, theme: Theme): string[] {
  const lines: string[] = [];
  for (const part of note.split(/(?<=[,;]) /)) {
    const longer = `${lines.at(-1) ?? ''} ${part}`;
    if (lines.length > 0 && textWidth(longer, theme.font, 11) <= room) lines.splice(-1, 1, longer);
    else lines.push(part);
  }
  return lines;
}

/** How many panels stand beside each other, and how wide each is. */
function gridOf({ picture, theme, page, whole }: Asked, titles: readonly string[]) {
  const { least, most } = picture.panelWidth ?? { least: page, most: page };
  // In a file no name is shortened: the panels are as wide as the longest.
  const longest = whole ? Math.max(0, ...titles.map((title) => titleWidth(title, theme))) + 50 : 0;
  const fitting = Math.max(1, Math.min(titles.length, Math.floor(page / Math.max(least, longest))));
  // No row much emptier than the others.
  const columns = Math.ceil(titles.length / Math.max(1, Math.ceil(titles.length / fitting)));
  return { columns, each: Math.max(Math.min(page / Math.max(1, columns), most), longest) };
}

/** Titles of panels are bold. */
export function titleWidth(title: string, theme: Theme): number {
  return textWidth(visible(title), theme.font, NAME, true);
}

/** The room that plots above each other take at their left and right. */
function sidesOf(
  plots: readonly Plot[],
  asked: Asked,
): { left: number; right: number; rows: RowNames | null } {
  const { picture, theme } = asked;
  let [left, right] = [0, RIGHT];
  let rows: RowNames | null = null;
  for (const plot of plots) {
    rows = rowsOf(plot, asked);
    left = Math.max(left, rows?.left ?? roomAtLeft(plot.y, heightOf(plot, asked), theme));
    if (picture.scale !== undefined)
      right = isBelow(plot, asked)
        ? 22
        : scaleRoom(picture.scale, theme, plot.square === true ? undefined : heightOf(plot, asked));
    if (hasTree(plot, 'right')) right += treeRoom.right;
    const aside = (plot.aside ?? []).map(({ name }) => textWidth(name, theme.font, 11) + 10);
    right = Math.ceil(Math.max(right, ...aside));
  }
  return { left, right, rows };
}

function heightOf({ height, square }: Plot, { grow }: Asked): number {
  return grow * (square === true ? LARGEST_SQUARE : height);
}

function rowsOf(plot: Plot, asked: Asked): RowNames | null {
  const { page, whole, theme } = asked;
  const { names, wide } = plot.y;
  if (names === undefined) return null;
  const high = plot.square === true ? Math.min(heightOf(plot, asked), page - 130) : heightOf(plot, asked);
  const letters = whole ? Infinity : lettersIn(page, wide === true);
  return rowNames(plot.y, letters, high, pointersOf(plot), theme);
}

/** Places the plots of a panel. */
function placePanel(
  { plots, across = false }: Panel,
  { left, top, width }: { left: number; top: number; width: number },
  asked: Asked,
): { placed: Placed[]; bottom: number } {
  const groups = across ? plots.map((plot) => [plot]) : [plots];
  const sides = groups.map((group) => sidesOf(group, asked));
  // What stands right of a plot, where the next one begins, is at the end of all alone.
  const margin = (at: number): number => (at < groups.length - 1 ? 0 : (sides[at]?.right ?? RIGHT));
  const room = width - sides.reduce((sum, side, at) => sum + side.left + margin(at), 0);
  const narrow = Math.min(90, 0.2 * width);
  const some = groups.filter(([plot]) => plot?.narrow === true).length;
  const others = Math.max(40, (room - some * narrow) / Math.max(1, groups.length - some));
  const placed: Placed[] = [];
  let [x, bottom] = [left, top];
  groups.forEach((group, at) => {
    x += sides[at]?.left ?? 0;
    const wide = group[0]?.narrow === true ? narrow : others;
    let y = top;
    group.forEach((plot, row) => {
      const made = placePlot(plot, { left: x, top: y, width: wide }, row === group.length - 1, asked);
      placed.push(made.placed);
      y = made.bottom;
    });
    x += wide + margin(at);
    bottom = Math.max(bottom, y);
  });
  return { placed, bottom };
}

function placePlot(
  plot: Plot,
  { left, top, width }: { left: number; top: number; width: number },
  written: boolean,
  asked: Asked,
): { placed: Placed; bottom: number } {
  const { x, y } = plot;
  const { theme, whole, picture } = asked;
  const wide = plot.square === true ? Math.min(heightOf(plot, asked), width) : width;
  const box: Box = {
    left,
    top:
      top +
      (plot.title === undefined ? 0 : TITLE) +
      (hasTree(plot, 'above') ? treeRoom.above : 0) +
      (x.above === true ? roomBelow(x) : 0),
    width: wide,
    height: plot.square === true ? wide : heightOf(plot, asked),
  };
  const wished = { x: picture.hand?.sight.x ?? x.range, y: picture.hand?.sight.y ?? y.range };
  const seen = plot.equal === true ? equalScales(box, wished.x, wished.y) : wished;
  const at = axesIn(box, seen.x, seen.y);
  // Of plots that share an axis the lowest names what stands along it.
  const columns =
    x.names === undefined || !written ? [] : namesBelow(x, (place) => at.x(place), theme, whole);
  const named = columns.reduce((sum, { height }) => sum + height, 0) + (x.title === '' ? 0 : 20);
  const below = x.names !== undefined ? pointersOf(plot) + named : x.above === true ? 8 : roomBelow(x);
  return {
    placed: {
      plot: { ...plot, x: { ...x, range: seen.x }, y: { ...y, range: seen.y } },
      box,
      at,
      rows: rowsOf(plot, asked),
      columns,
      written,
    },
    bottom: box.top + box.height + (written ? below : GAP),
  };
}

/** The size of the picture, and the place of its colour bar. */
function sizeOf(
  asked: Asked,
  first: Placed | undefined,
  { width, height }: { width: number; height: number },
  right: number,
): Pick<Layout, 'width' | 'height' | 'bar'> {
  if (asked.picture.scale === undefined || first === undefined) return { width, height, bar: null };
  const { plot, box } = first;
  const below = isBelow(plot, asked);
  const end = box.left + box.width + right;
  const room = below
    ? 0
    : scaleRoom(asked.picture.scale, asked.theme, plot.square === true ? undefined : box.height);
  return {
    // On the page other figures stand below it; a file has no room to waste.
    width: asked.whole && plot.square === true && !below ? end : width,
    height: height + (below ? scaleBelow : 0),
    bar: {
      x: below ? box.left : end - room + 16,
      y: below ? height + 4 : box.top,
      width: box.width,
      height: box.height,
      end,
      below,
    },
  };
}

function isBelow({ square }: Plot, { page }: Asked): boolean {
  return square === true && page < NARROW;
}

function hasTree({ marks }: Plot, side: 'above' | 'right'): boolean {
  return marks.some((mark) => mark.kind === 'tree' && mark.side === side);
}

/** The matrix of a plot, where it shows one. */
export function cellsOf({ marks }: Plot): Cells | undefined {
  return marks.find((mark) => mark.kind === 'cells');
}

/** Room between names and what they name. */
function pointersOf(plot: Plot): number {
  return (cellsOf(plot)?.pointed ?? []).length > 0 ? POINTERS : 0;
}
