import { minus } from '../../../src/formats/fixed';
import type { Theme } from '../theme';
import { visible } from '../../../src/formats/visible';
import { type Pen, textWidth } from './pen';
import { niceTicks } from './ticks';

/** From low to high. */
export type Range = readonly [number, number];

/** The place that data is drawn in, in pixels of the picture. */
export interface Plot {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** What an axis measures, and how far it reaches. */
export interface Axis {
  title: string;
  range: Range;
  /** Places of its ticks; round numbers where absent. */
  ticks?: readonly number[];
  /** What is written at a tick; the number itself where absent. */
  textOf?: (tick: number) => string;
}

/** From values to pixels, along both axes. */
export interface Axes {
  x(value: number): number;
  y(value: number): number;
}

const small = 11;
/** Pixels between the ticks of a vertical axis, about. */
const EACH = 34;
/** Below the plot: ticks, their numbers and the title. */
export const BELOW = 44;

/** Room that the numbers and the title of a vertical axis take at its left. */
export function roomAtLeft(
  { range, ticks }: Pick<Axis, 'range' | 'ticks'>,
  height: number,
  theme: Theme,
): number {
  const places = ticks ?? ticksOf(range, height, EACH);
  return Math.ceil(34 + Math.max(0, ...places.map((tick) => textWidth(tickText(tick), theme.font, small))));
}

export function axesIn({ left, top, width, height }: Plot, xRange: Range, yRange: Range): Axes {
  const span = ([low, high]: Range): number => high - low || 1;
  return {
    x: (value) => left + ((value - xRange[0]) / span(xRange)) * width,
    y: (value) => top + height - ((value - yRange[0]) / span(yRange)) * height,
  };
}

/** Widens one of two ranges about its middle, so that one unit is as long on both axes. */
export function equalScales({ width, height }: Plot, x: Range, y: Range): { x: Range; y: Range } {
  const perPixel = Math.max((x[1] - x[0]) / width, (y[1] - y[0]) / height);
  const about = ([low, high]: Range, pixels: number): Range => {
    const half = (perPixel * pixels) / 2;
    return [(low + high) / 2 - half, (low + high) / 2 + half];
  };
  return { x: about(x, width), y: about(y, height) };
}

/**
 * Grid, lines at zero, ticks with their numbers, and titles.
 *
 * @param written whether the horizontal axis has its numbers and its title: of plots that share one, the lowest has
 */
export function drawAxes(pen: Pen, theme: Theme, plot: Plot, x: Axis, y: Axis, written = true): void {
  const { left, top, width, height } = plot;
  const at = axesIn(plot, x.range, y.range);
  const [right, bottom] = [left + width, top + height];
  const inside = (place: number, low: number, high: number): boolean =>
    place >= low - 0.5 && place <= high + 0.5;
  let until = -Infinity;
  for (const tick of x.ticks ?? ticksOf(x.range, width, 74)) {
    const place = crisp(at.x(tick));
    if (!inside(place, left, right)) continue;
    // A tick with a text of its own stands for another number.
    const zero = tick === 0 && x.textOf === undefined;
    pen.line([place, top, place, bottom], { colour: zero ? theme.muted : theme.line });
    pen.line([place, bottom, place, bottom + 4], { colour: theme.muted });
    const text = (x.textOf ?? tickText)(tick);
    const half = textWidth(text, theme.font, small) / 2 + 3;
    // Numbers that would run into each other are left out.
    if (!written || place - half < until) continue;
    until = place + half;
    pen.text(place, bottom + 13, text, { colour: theme.foreground, size: small, align: 'middle' });
  }
  for (const tick of y.ticks ?? ticksOf(y.range, height, EACH)) {
    const place = crisp(at.y(tick));
    if (!inside(place, top, bottom)) continue;
    pen.line([left, place, right, place], { colour: tick === 0 ? theme.muted : theme.line });
    pen.line([left - 4, place, left, place], { colour: theme.muted });
    pen.text(left - 7, place, tickText(tick), { colour: theme.foreground, size: small, align: 'end' });
  }
  pen.line([crisp(left), top, crisp(left), crisp(bottom), right, crisp(bottom)], { colour: theme.muted });
  const title = { colour: theme.foreground, align: 'middle' } as const;
  if (written) pen.text(left + width / 2, bottom + 32, visible(x.title), title);
  if (y.title !== '') pen.text(10, top + height / 2, visible(y.title), { ...title, upright: true });
}

function ticksOf([low, high]: Range, pixels: number, each: number): number[] {
  return niceTicks(low, high, Math.max(2, pixels / each));
}

function tickText(tick: number): string {
  return minus(String(Number(tick.toPrecision(6))));
}

/** A line of one pixel lies in the middle of it. */
function crisp(place: number): number {
  return Math.round(place) + 0.5;
}
