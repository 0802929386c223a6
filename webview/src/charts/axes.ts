import { minus } from '../../../src/formats/fixed';
import { visible } from '../../../src/formats/visible';
import type { Theme } from '../theme';
import { type Pen, textWidth } from './pen';
import type { Axis, Plot, Range, Tick } from './picture';
import { niceTicks } from './ticks';

/** The place that data is drawn in, in pixels of the picture. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** From values to pixels, along both axes. */
export interface Axes {
  x(value: number): number;
  y(value: number): number;
}

const small = 11;
/** Pixels between the ticks of an axis, about. */
const EACH = { x: 74, y: 34 };
/** So far the name of a tick may go beyond the right end of a plot. */
const BEYOND = 14;
/** From a plot to the middle of the title of its horizontal axis. */
const TITLE = 32;

/** Room that the numbers and the title of a vertical axis take at its left. */
export function roomAtLeft(axis: Axis, height: number, theme: Theme): number {
  if (axis.bare === true) return 18;
  const texts = ticksOf(axis, height, EACH.y).map(({ name }) => textWidth(name, theme.font, small));
  return Math.ceil((axis.title === '' ? 12 : 34) + Math.max(0, ...texts));
}

/** Room that the numbers and the title of a horizontal axis take below (or above) it. */
export function roomBelow({ title }: Axis): number {
  return title === '' ? 22 : TITLE + 12;
}

export function axesIn({ left, top, width, height }: Box, x: Range, y: Range): Axes {
  const span = ([low, high]: Range): number => high - low || 1;
  return {
    x: (value) => left + ((value - x[0]) / span(x)) * width,
    y: (value) => top + height - ((value - y[0]) / span(y)) * height,
  };
}

/** Widens one of two ranges about its middle, so that one unit is as long on both axes, which keep their directions. */
export function equalScales({ width, height }: Box, x: Range, y: Range): { x: Range; y: Range } {
  const perPixel = Math.max(Math.abs(x[1] - x[0]) / width, Math.abs(y[1] - y[0]) / height);
  const about = ([from, to]: Range, pixels: number): Range => {
    const half = (Math.sign(to - from) * perPixel * pixels) / 2;
    return [(from + to) / 2 - half, (from + to) / 2 + half];
  };
  return { x: about(x, width), y: about(y, height) };
}

/**
 * Grid, lines at zero, ticks with their numbers, and titles; of an axis with names its line alone.
 *
 * @param written whether the horizontal axis has its numbers and its title: of plots that share one, the lowest has
 */
export function drawAxes(
  pen: Pen,
  theme: Theme,
  { x, y, aside = [] }: Pick<Plot, 'x' | 'y' | 'aside'>,
  box: Box,
  written: boolean,
): void {
  const { left, top, width, height } = box;
  const at = axesIn(box, x.range, y.range);
  const [right, bottom] = [left + width, top + height];
  drawAcross(pen, theme, x, box, at, written);
  for (const { at: tick, name } of ticksOf(y, height, EACH.y)) {
    const place = crisp(at.y(tick));
    if (!isWithin(place, top, bottom)) continue;
    pen.line([left, place, right, place], { colour: name === '0' ? theme.muted : theme.line });
    if (y.bare === true) continue;
    pen.line([left - 4, place, left, place], { colour: theme.muted });
    pen.text(left - 7, place, name, { colour: theme.foreground, size: small, align: 'end' });
  }
  for (const { at: tick, name } of aside)
    pen.text(right + 6, at.y(tick), name, { colour: theme.muted, size: small });
  const edge = x.above === true ? top : bottom;
  pen.line([crisp(left), crisp(bottom), crisp(left), crisp(top)], { colour: theme.muted });
  pen.line([left, crisp(edge), right, crisp(edge)], { colour: theme.muted });
  if (y.title !== '')
    pen.text(10, top + height / 2, visible(y.title), {
      colour: theme.foreground,
      align: 'middle',
      upright: true,
    });
}

function drawAcross(pen: Pen, theme: Theme, x: Axis, box: Box, at: Axes, written: boolean): void {
  const { left, top, width, height } = box;
  const bottom = top + height;
  // Numbers and titles stand outwards of the edge that they belong to.
  const [edge, outwards] = x.above === true ? [top, -1] : [bottom, 1];
  let until = -Infinity;
  // Settings stand in the order of their file.
  const ticks = [...ticksOf(x, width, EACH.x)].sort((a, b) => at.x(a.at) - at.x(b.at));
  for (const { at: tick, name } of ticks) {
    const place = crisp(at.x(tick));
    if (!isWithin(place, left, left + width)) continue;
    // A tick with a text of its own stands for another number.
    const zero = tick === 0 && x.ticks === undefined;
    pen.line([place, top, place, bottom], { colour: zero ? theme.muted : theme.line });
    pen.line([place, edge, place, edge + 4 * outwards], { colour: theme.muted });
    const half = textWidth(name, theme.font, small) / 2 + 3;
    // Numbers that would run into each other are left out; what is long stays on the page.
    const middle = Math.min(place, left + width + BEYOND - half);
    if (!written || middle - half < until) continue;
    until = middle + half;
    pen.text(middle, edge + 13 * outwards, name, { colour: theme.foreground, size: small, align: 'middle' });
  }
  if (written && x.names === undefined)
    pen.text(left + width / 2, edge + TITLE * outwards, visible(x.title), {
      colour: theme.foreground,
      align: 'middle',
    });
}

function ticksOf({ range: [low, high], ticks, names }: Axis, pixels: number, each: number): readonly Tick[] {
  if (names !== undefined) return [];
  return ticks ?? niceTicks(low, high, Math.max(2, pixels / each)).map((at) => ({ at, name: tickText(at) }));
}

/** A number at a tick. */
export function tickText(tick: number): string {
  return minus(String(Number(tick.toPrecision(6))));
}

function isWithin(place: number, low: number, high: number): boolean {
  return place >= low - 0.5 && place <= high + 1;
}

/** A line of one pixel lies in the middle of it. */
export function crisp(place: number): number {
  return Math.round(place) + 0.5;
}
