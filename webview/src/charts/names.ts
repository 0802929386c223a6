import type { Theme } from '../theme';
import { visible } from '../../../src/formats/visible';
import { type Pen, textSize, textWidth } from './pen';
import type { Axis, Tick } from './picture';
import { shortNames } from '../../../src/formats/short-names';

/** More letters than these are too much for a name below a column, … */
const LONGEST = 24;
/** … and these for each line of one in two lines, if it must be, … */
const BROKEN = [20, 16, 13, 10];
/** … of which there are at most so many, … */
const LINES = 5;
/** … and these, where it is turned. */
const LONGEST_TURNED = 18;
/** Names of rows that lack no more than so many letters of room are given it, and not cut. */
const SPARE = 4;
const GAP = 8;
/** Of names of rows and columns. */
const small = 11;
/** Height of a line of a name of a row, and what there must be for it. */
const [LINE, ROOM] = [12, 13];

/**
 * Names over at most `most` lines each, as they are broken themselves, or between their parts (`easy: false · hard: true`) or words. What is too
 * long even so says of conditions only what is true in them; what still is too long is shortened, all names together.
 */
export function wrapped(names: readonly string[], letters: number, most = 2): string[][] {
  const lines = inLines(names, letters, most);
  if (fitIn(lines.flat(), letters)) return lines;
  const what = trueOnes(names);
  const shorter = what && inLines(what, letters, most);
  return shorter && fitIn(shorter.flat(), letters) ? shorter : cut(lines, letters);
}

function inLines(names: readonly string[], letters: number, most: number): string[][] {
  return names.map((name) => {
    const own = name.split('\n');
    if (own.length > 1) return most < 2 ? [own.join(', ')] : own;
    return name.length <= letters || most < 2 ? [name] : broken(name, letters, most);
  });
}

/** `xor · or` of `xor=true · and=false · or=true`; null where not all names are conditions of what is true or false. */
function trueOnes(names: readonly string[]): string[] | null {
  const found = names.map((name) => name.split(' · ').map((part) => /^(.*)(?:=|: )(true|false)$/.exec(part)));
  if (found.some((parts) => parts.length < 3 || parts.includes(null))) return null;
  return found.map((parts) => {
    const holds = parts.flatMap((part) => (part?.[2] === 'true' ? [part[1] ?? ''] : []));
    return holds.length === 0 ? 'none true' : holds.join(' · ');
  });
}

/** Line by line, those of all names together. */
function cut(lines: string[][], letters: number): string[][] {
  for (let line = 0; line < Math.max(...lines.map(({ length }) => length)); line++) {
    const short = shortNames(
      lines.map((own) => own[line] ?? ''),
      letters,
    );
    lines.forEach((own, at) => {
      if (line < own.length) own[line] = short[at] ?? '';
    });
  }
  return lines;
}

/** Between its parts; between words, where only that lets all of it be read. */
function broken(name: string, letters: number, most: number): string[] {
  const parts = filled(name.split(/(?<=,| ·) /), letters, most);
  const words = filled(name.split(' '), letters, most);
  return !fitIn(parts, letters) && fitIn(words, letters) ? words : parts;
}

function fitIn(lines: readonly string[], letters: number): boolean {
  return lines.every(({ length }) => length <= letters);
}

function filled(parts: readonly string[], letters: number, most: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    const longer = `${last ?? ''} ${part}`;
    if (last !== undefined && (longer.length <= letters || lines.length === most))
      lines.splice(-1, 1, longer);
    else lines.push(part);
  }
  return lines;
}

/** Places at least `gap` from each other, in their order, as near to where they were as that allows. */
export function spread(places: readonly number[], gap: number): number[] {
  // Groups of neighbours that touch stand about the mean of where they were.
  const groups: { sum: number; count: number }[] = [];
  const firstOf = ({ sum, count }: { sum: number; count: number }): number =>
    sum / count - (gap * (count - 1)) / 2;
  for (const place of places) {
    let group = { sum: place, count: 1 };
    for (
      let before = groups.at(-1);
      before !== undefined && firstOf(group) < firstOf(before) + gap * before.count;
      before = groups.at(-1)
    ) {
      groups.pop();
      group = { sum: before.sum + group.sum, count: before.count + group.count };
    }
    groups.push(group);
  }
  return groups.flatMap((group) => Array.from({ length: group.count }, (_, at) => firstOf(group) + gap * at));
}

/** Those that do not run into the one before. */
function apart<T extends Tick>(
  ticks: readonly T[],
  place: (at: number) => number,
  space: (tick: T) => number,
): T[] {
  let until = -Infinity;
  return ticks.filter((tick) => {
    const half = space(tick) / 2;
    const at = place(tick.at);
    if (at - half < until - 0.01) return false;
    until = at + half;
    return true;
  });
}

interface ColumnNames {
  height: number;
  draw(pen: Pen, top: number): void;
}

/**
 * Names below columns: beside each other, each over two lines, in two rows by turns, shortened, or turned (in two lines, if need be): the first of these that shows all
 * of them. Where there are too many even so, a sign says that some are left out.
 *
 * @param whole nothing is shortened, as in files
 */
function columnNames(
  ticks: readonly Tick[],
  columnAt: (at: number) => number,
  theme: Theme,
  size: number,
  whole: boolean,
): ColumnNames {
  const places = ticks.map(({ at }) => columnAt(at));
  const columns = { places, line: size + 2, size, colour: theme.foreground };
  const free = (widths: readonly number[], step = 1): boolean =>
    places.every((place, at) => {
      const before = places[at - step];
      return (
        before === undefined || place - before + 0.01 >= ((widths[at] ?? 0) + (widths[at - step] ?? 0)) / 2
      );
    });
  const widthOf = (text: string): number => textWidth(visible(text), theme.font, size) + GAP;

  const all = ticks.map(({ name }) => name);
  const single = shortNames(all, whole ? Infinity : LONGEST).map((name) => [name]);
  const widths = single.map(([name = '']) => widthOf(name));
  if (isWhole(single) && free(widths)) return levelNames(columns, single);
  const fitting = (whole ? [] : BROKEN)
    .map((letters) => wrapped(all, letters, LINES))
    .filter((parts) => free(parts.map((lines) => Math.max(...lines.map(widthOf)))));
  const longest = whole ? Infinity : LONGEST_TURNED;
  const sides = wrapped(all, longest);
  const sidesFree = free(sides.map((lines) => columns.line * lines.length + 2));
  const turn = (names: readonly (readonly string[])[], at: readonly number[] = places): ColumnNames =>
    turnedNames({ ...columns, places: at }, names, Math.max(0, ...names.flat().map(widthOf)) + 4);

  // Whole names in whatever way, before shortened ones.
  const unbroken = fitting.find(isWhole);
  if (unbroken) return levelNames(columns, unbroken);
  if (isWhole(single) && free(widths, 2)) return levelNames(columns, single, (at) => at % 2);
  if (isWhole(sides) && sidesFree) return turn(sides);
  const [shortened] = fitting;
  if (shortened) return levelNames(columns, shortened);
  if (free(widths, 2)) return levelNames(columns, single, (at) => at % 2);
  if (sidesFree) return turn(sides);
  const short = shortNames(all, longest);
  // Where some are narrow, beside others, all can be read that are moved by no more than a line.
  const moved = spread(places, size + 1);
  if (moved.every((place, at) => Math.abs(place - (places[at] ?? 0)) <= size + 1))
    return turn(
      short.map((name) => [name]),
      moved,
    );
  const written = new Set(apart(ticks, columnAt, () => size + 1));
  return turn(ticks.map((tick, at) => (written.has(tick) ? [short[at] ?? ''] : [])));
}

function isWhole(names: readonly (readonly string[])[]): boolean {
  return !names.flat().some((line) => line.includes('…'));
}

/** Where the names of columns stand, and how. */
interface Columns {
  places: readonly number[];
  /** Height of a line. */
  line: number;
  size: number;
  colour: string;
}

/** @param first the line in which the name of a column begins */
function levelNames(
  { places, line, size, colour }: Columns,
  names: readonly (readonly string[])[],
  first: (at: number) => number = () => 0,
): ColumnNames {
  return {
    height: 7 + line * Math.max(0, ...names.map((lines, at) => lines.length + first(at))),
    draw(pen, top) {
      const look = { colour, size, align: 'middle' } as const;
      names.forEach((lines, at) =>
        lines.forEach((text, row) =>
          pen.text(places[at] ?? 0, top + 4 + line * (first(at) + row + 0.5), visible(text), look),
        ),
      );
    },
  };
}

/** Names that are read from below to above; those without a line are left out. */
function turnedNames(
  { places, line, size, colour }: Columns,
  names: readonly (readonly string[])[],
  height: number,
): ColumnNames {
  return {
    height,
    draw(pen, top) {
      const look = { colour, size, align: 'end', upright: true } as const;
      names.forEach((lines, at) =>
        lines.forEach((text, row) =>
          pen.text((places[at] ?? 0) + line * (row - (lines.length - 1) / 2), top + 6, visible(text), look),
        ),
      );
      if (names.some((lines) => lines.length === 0))
        pen.text((places.at(-1) ?? 0) + size + 3, top + 9, '…', { colour, size });
    },
  };
}

/** Names of columns, and below them those of blocks of columns. */
export function namesBelow(
  { names = [], blocks = [] }: Axis,
  columnAt: (at: number) => number,
  theme: Theme,
  whole: boolean,
): ColumnNames[] {
  const parts = [columnNames(names, columnAt, theme, small, whole)];
  return blocks.length === 0 ? parts : [...parts, columnNames(blocks, columnAt, theme, textSize, whole)];
}

export type RowNames = ReturnType<typeof rowNames>;

/** Letters that a line of a name of a row has, on a page of this width; `wide`: names that say a lot. */
export function lettersIn(page: number, wide: boolean): number {
  if (wide) return page < 400 ? 22 : page < 560 ? 30 : 48;
  return page < 340 ? 13 : page < 560 ? 16 : 28;
}

/**
 * The names of rows and of blocks of them as they are written, and the room that they take at the left.
 *
 * @param letters that there is room for in each line
 * @param high height of all rows, in pixels
 * @param pointers room between the names and what they name, in pixels
 */
export function rowNames(
  { names = [], blocks = [], range }: Axis,
  letters: number,
  high: number,
  pointers: number,
  theme: Theme,
) {
  const all = names.map(({ name }) => name);
  const longest = Math.max(0, ...all.map(({ length }) => length));
  const linesIn = (pixels: number): number => Math.max(1, Math.floor(pixels / ROOM));
  const rows = wrapped(
    all,
    longest <= letters + SPARE ? longest : letters,
    linesIn(high / Math.max(1, names.length)),
  );
  const outer = wrapped(
    blocks.map(({ name }) => name),
    letters,
    linesIn((high * leastRoom(blocks, range)) / Math.abs(range[1] - range[0])),
  );
  const widest = (texts: readonly string[], size: number): number =>
    texts.reduce((most, text) => Math.max(most, textWidth(visible(text), theme.font, size)), 0);
  const namesAt = widest(rows.flat(), small) + 8 + pointers;
  return {
    names: names.map(({ at, name }, place) => ({ at, name, lines: rows[place] ?? [] })),
    blocks: blocks.map(({ at }, place) => ({ at, lines: outer[place] ?? [] })),
    /** Room for the names, right of the blocks. */
    namesAt,
    pointers,
    left: Math.ceil(Math.max(16, namesAt + (blocks.length > 0 ? widest(outer.flat(), textSize) + 10 : 0))),
  };
}

/** What is free around the middle of the block that has least, in rows: as if the first and the last had such as themselves beyond the ends. */
function leastRoom(blocks: readonly Tick[], range: Axis['range']): number {
  const [low, high] = [Math.min(...range), Math.max(...range)];
  const places = blocks.map(({ at }) => at);
  const all = [2 * low - (places[0] ?? low), ...places, 2 * high - (places.at(-1) ?? high)];
  return Math.min(...all.slice(1).map((place, at) => place - (all[at] ?? 0)));
}

export function drawRowNames(
  pen: Pen,
  { names, blocks, namesAt, pointers }: RowNames,
  rowAt: (at: number) => number,
  { left, bottom }: { left: number; bottom: number },
  theme: Theme,
): void {
  const colour = theme.foreground;
  const written = apart(names, rowAt, ({ lines }) => small + 1 + LINE * (lines.length - 1));
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
  if (written.length < names.length) pen.text(right, bottom + 8, '⋮', { colour, align: 'end' });
  const places = spread(
    blocks.map(({ at }) => rowAt(at)),
    ROOM,
  );
  blocks.forEach(({ lines }, at) =>
    lines.forEach((line, place) =>
      pen.text(
        left - namesAt - 6,
        (places[at] ?? 0) + ROOM * (place - (lines.length - 1) / 2),
        visible(line),
        { colour, align: 'end' },
      ),
    ),
  );
}
