import type { Theme } from '../theme';
import { visible } from '../../../src/formats/visible';
import { type Pen, textWidth } from './pen';
import { shortNames } from '../../../src/formats/short-names';

/** A name at a row or column. */
export interface Tick {
  at: number;
  name: string;
}

/** More letters than these are too much for a name below a column, … */
const LONGEST = 24;
/** … and these for each line of one in two lines, if it must be, … */
const BROKEN = [20, 16, 13, 10];
/** … and these, where it is turned. */
const LONGEST_TURNED = 18;
const GAP = 8;

/**
 * Names over at most `most` lines each, broken between their parts (`easy: false · hard: true`); what is too long even so is shortened,
 * all names together.
 */
export function wrapped(names: readonly string[], letters: number, most = 2): string[][] {
  const lines = names.map((name) =>
    name.length <= letters || most < 2 ? [name] : broken(name, letters, most),
  );
  for (let line = 0; line < most; line++) {
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

function broken(name: string, letters: number, most: number): string[] {
  const lines: string[] = [];
  for (const part of name.split(/(?<=,| ·) /)) {
    const last = lines.at(-1);
    const longer = `${last ?? ''} ${part}`;
    if (last !== undefined && (longer.length <= letters || lines.length === most))
      lines.splice(-1, 1, longer);
    else lines.push(part);
  }
  return lines;
}

/** Those that do not run into the one before. */
export function apart<T extends Tick>(
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

/**
 * Names below columns: beside each other, each over two lines, in two rows by turns, or turned (in two lines, if need be): the first of these that shows all
 * of them. Where there are too many even so, a sign says that some are left out.
 *
 * @param whole nothing is shortened, as in files
 */
export function columnNames(
  ticks: readonly Tick[],
  columnAt: (at: number) => number,
  theme: Theme,
  size: number,
  whole = false,
): { height: number; draw(pen: Pen, top: number): void } {
  const line = size + 2;
  const places = ticks.map(({ at }) => columnAt(at));
  const free = (widths: readonly number[], step = 1): boolean =>
    places.every((place, at) => {
      const before = places[at - step];
      return (
        before === undefined || place - before + 0.01 >= ((widths[at] ?? 0) + (widths[at - step] ?? 0)) / 2
      );
    });
  const widthOf = (text: string): number => textWidth(visible(text), theme.font, size) + GAP;
  const rowsOf = (rows: readonly (readonly string[])[], first: (at: number) => number = () => 0) => ({
    height: 7 + line * Math.max(0, ...rows.map((lines, at) => lines.length + first(at))),
    draw(pen: Pen, top: number): void {
      rows.forEach((lines, at) =>
        lines.forEach((text, row) =>
          pen.text(places[at] ?? 0, top + 4 + line * (first(at) + row + 0.5), visible(text), {
            colour: theme.foreground,
            size,
            align: 'middle',
          }),
        ),
      );
    },
  });

  const all = ticks.map(({ name }) => name);
  const single = shortNames(all, whole ? Infinity : LONGEST).map((name) => [name]);
  const widths = single.map(([name = '']) => widthOf(name));
  if (free(widths)) return rowsOf(single);
  for (const letters of whole ? [] : BROKEN) {
    const parts = wrapped(all, letters);
    if (free(parts.map((lines) => Math.max(...lines.map(widthOf))))) return rowsOf(parts);
  }
  if (free(widths, 2)) return rowsOf(single, (at) => at % 2);

  const longest = whole ? Infinity : LONGEST_TURNED;
  const sides = wrapped(all, longest);
  if (free(sides.map((lines) => line * lines.length + 2)))
    return {
      height: Math.max(0, ...sides.flat().map(widthOf)) + 4,
      draw(pen, top) {
        const look = { colour: theme.foreground, size, align: 'end', upright: true } as const;
        sides.forEach((lines, at) =>
          lines.forEach((text, row) =>
            pen.text((places[at] ?? 0) + line * (row - (lines.length - 1) / 2), top + 6, visible(text), look),
          ),
        );
      },
    };

  const short = shortNames(all, longest);
  const turned = apart(
    ticks.map(({ at }, place) => ({ at, name: visible(short[place] ?? '') })),
    columnAt,
    () => size + 1,
  );
  const long = Math.max(0, ...turned.map(({ name }) => widthOf(name)));
  return {
    height: long + 4,
    draw(pen, top) {
      const look = { colour: theme.foreground, size, align: 'end', upright: true } as const;
      for (const { at, name } of turned) pen.text(columnAt(at), top + 6, name, look);
      if (turned.length < ticks.length)
        pen.text((places.at(-1) ?? 0) + size + 3, top + 9, '…', { colour: theme.foreground, size });
    },
  };
}
