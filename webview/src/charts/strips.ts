import { minus } from '../../../src/formats/fixed';
import { shown } from '../number';
import { visible } from '../../../src/formats/visible';
import { canvasChart } from './canvas-chart';
import type { Chart } from './chart';
import { textWidth } from './pen';
import { pointStops } from './point-stops';
import { shortNames } from '../../../src/formats/short-names';
import type { Found } from './stops';
import { niceTicks } from './ticks';

/** Values in groups: one strip of points for each group, and a line at its mean. */
interface Strips {
  groups: { name: string; mean: number }[];
  values: Float32Array;
  /** Group of each value. */
  of: ArrayLike<number>;
  /** Ringed points. */
  selected: readonly number[];
  nameOf: (at: number) => string;
  title: string;
}

const STRIP = 34;
const TOP = 8;
const BOTTOM = 46;
const RADIUS = 2;

export function stripsChart({ groups, values, of, selected, nameOf, title }: Strips): Chart {
  return canvasChart((theme, page, whole) => {
    const namesOf = (letters: number): string[] =>
      shortNames(
        groups.map(({ name }) => name),
        letters,
      ).map(visible);
    const roomOf = (texts: readonly string[]): number =>
      Math.ceil(12 + Math.max(0, ...texts.map((text) => textWidth(text, theme.font))));
    const short = namesOf(page < 560 ? 22 : 40);
    const names = whole ? namesOf(Infinity) : short;
    const left = roomOf(names);
    const width = page + left - roomOf(short);
    const across = Math.max(40, width - left - 16);
    const down = STRIP * groups.length;
    let low = Infinity;
    let high = -Infinity;
    for (const value of values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    if (!(high > low)) [low, high] = [low - 0.5, low + 0.5];
    const x = (value: number): number => left + 4 + ((value - low) / (high - low)) * (across - 8);
    // A spread that looks the same every time: the golden ratio's multiples are even.
    const y = (at: number): number =>
      TOP + STRIP * ((of[at] ?? 0) + 0.5 + 0.56 * (((at * 0.618034) % 1) - 0.5));
    const centres = (which: Iterable<number>): number[] =>
      Array.from(which).flatMap((at) => [x(values[at] ?? NaN), y(at)]);

    const foundOf = (at: number): Found => ({
      lines: [nameOf(at), shown(values[at], true)],
      stop: [0, at],
    });

    return {
      width,
      height: TOP + down + BOTTOM,
      paint(pen) {
        const bottom = TOP + down;
        for (const tick of niceTicks(low, high, across / 70)) {
          const at = x(tick);
          pen.line([at, TOP, at, bottom], { colour: theme.line });
          pen.line([at, bottom, at, bottom + 4], { colour: theme.muted });
          pen.text(at, bottom + 13, shownTick(tick), { colour: theme.foreground, size: 11, align: 'middle' });
        }
        pen.line([left, TOP, left, bottom, left + across, bottom], { colour: theme.muted });
        pen.text(left + across / 2, bottom + 33, title, { colour: theme.foreground, align: 'middle' });
        groups.forEach(({ mean }, group) => {
          const middle = TOP + STRIP * (group + 0.5);
          const fill = theme.categorical[group % theme.categorical.length] ?? theme.foreground;
          const own = Array.from(values.keys()).filter((at) => of[at] === group);
          pen.discs(centres(own), RADIUS, { fill });
          pen.text(left - 6, middle, names[group] ?? '', { colour: theme.foreground, align: 'end' });
          const line = [x(mean), middle - 0.36 * STRIP, x(mean), middle + 0.36 * STRIP];
          pen.line(line, { colour: theme.background, width: 5 });
          pen.line(line, { colour: theme.foreground, width: 2 });
        });
        pen.discs(centres(selected), 4.5, { ring: theme.foreground });
      },
      find(pointerX, pointerY) {
        let nearest = -1;
        let least = 8 ** 2;
        for (let at = 0; at < values.length; at++) {
          const distance = (x(values[at] ?? NaN) - pointerX) ** 2 + (y(at) - pointerY) ** 2;
          if (distance < least) [nearest, least] = [at, distance];
        }
        return nearest < 0 ? null : foundOf(nearest);
      },
      stops: pointStops({
        count: values.length,
        placeOf: (at) => [x(values[at] ?? NaN), y(at)],
        foundOf,
        radius: RADIUS + 1,
        words: { all: 'all points' },
      }),
    };
  });
}

function shownTick(tick: number): string {
  return minus(String(Number(tick.toPrecision(6))));
}
