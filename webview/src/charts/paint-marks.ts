import { type Mark as Shape, markAt } from '../../../src/formats/marks';
import { visible } from '../../../src/formats/visible';
import type { Theme } from '../theme';
import type { Axes, Box } from './axes';
import { drawCells } from './cells';
import { colourOf, colourSteps } from './colours';
import { drawMark } from './draw-mark';
import type { Pen } from './pen';
import type { Boxes, Intervals, Line, LinePoint, Mark, Points, Scale, Words } from './picture';
import { stopsOf } from './scale';
import { drawTree } from './tree';

/** Half of the cap of an interval. */
const CAP = 3;

/** One mark of a plot. @param scale of the picture, where it has one */
export function drawMarks(
  pen: Pen,
  mark: Mark,
  { at, box }: { at: Axes; box: Box },
  theme: Theme,
  scale: Scale | undefined,
): void {
  if (mark.kind === 'points') drawPoints(pen, mark, { at, box }, theme, scale);
  else if (mark.kind === 'words') drawWords(pen, mark, at, theme);
  else if (mark.kind === 'line') drawLine(pen, mark, at, theme);
  else if (mark.kind === 'intervals') drawIntervals(pen, mark, { at, box }, theme);
  else if (mark.kind === 'boxes') drawBoxes(pen, mark, at, theme);
  else if (mark.kind === 'tree') drawTree(pen, mark, theme, { at, box });
  else if (scale !== undefined) drawCells(pen, mark, scale, box, theme);
}

/** Whether a place is to be seen in a plot. */
export function isIn({ left, top, width, height }: Box, x: number, y: number): boolean {
  return x >= left - 1 && x <= left + width + 1 && y >= top - 1 && y <= top + height + 1;
}

function drawPoints(
  pen: Pen,
  mark: Points,
  { at, box }: { at: Axes; box: Box },
  theme: Theme,
  scale: Scale | undefined,
): void {
  const { x, y, radius, shift = 0, opacity = 1, selected } = mark;
  const [paint, shape] = [paintOf(mark, theme, scale), shapeOf(mark)];
  const draw = (point: number, size: number, faded: number): void => {
    const [across, down] = [at.x(x[point] ?? NaN) + shift, at.y(y[point] ?? NaN)];
    if (!isIn(box, across, down)) return;
    const fill = paint(point);
    if (mark.hollow === true) {
      pen.discs([across, down], size, { fill: theme.background, ring: fill });
      return;
    }
    if (mark.rim === true) drawMark(pen, shape(point), across, down, size + 1, { fill: theme.background });
    drawMark(pen, shape(point), across, down, size, { fill, opacity: faded });
  };
  const picked = new Set(selected?.by === 'fading' ? selected.points : []);
  for (const point of inGroups(mark))
    if (!picked.has(point)) draw(point, radius, picked.size > 0 ? 0.18 : opacity);
  // What is selected lies on top.
  for (const point of picked) draw(point, radius + 1, 1);
  if (selected?.by !== 'ring') return;
  const centres = selected.points.flatMap((point) => [at.x(x[point] ?? NaN) + shift, at.y(y[point] ?? NaN)]);
  pen.discs(centres, radius + 2.5, { ring: theme.foreground });
}

/** Those of one class after those of another: whichever lies on top, it is the same everywhere. */
function inGroups({ x, colour, shape }: Points): number[] {
  const all = Array.from(x, (_, point) => point);
  const of = (classes: Points['colour'] | Points['shape'], point: number): number =>
    typeof classes === 'object' && 'length' in classes ? (classes[point] ?? 0) : 0;
  return all.sort((a, b) => of(colour, a) - of(colour, b) || of(shape, a) - of(shape, b) || a - b);
}

function paintOf(
  { colour, values }: Points,
  theme: Theme,
  scale: Scale | undefined,
): (point: number) => string {
  if (values !== undefined && scale !== undefined) {
    const steps = colourSteps(stopsOf(scale, theme));
    const [low, high] = scale.range;
    const last = steps.length / 4 - 1;
    return (point) => {
      const value = values[point] ?? NaN;
      if (Number.isNaN(value)) return theme.undefinedValue;
      const from = 4 * Math.round(last * Math.min(1, Math.max(0, (value - low) / (high - low))));
      return `rgb(${steps[from]},${steps[from + 1]},${steps[from + 2]})`;
    };
  }
  if (typeof colour === 'object' && 'length' in colour)
    return (point) => colourOf(theme, { classes: colour[point] ?? 0 });
  const one = colourOf(theme, colour);
  return () => one;
}

function shapeOf({ shape }: Points): (point: number) => Shape {
  return typeof shape === 'string' ? () => shape : (point) => markAt(shape[point] ?? 0);
}

function drawLine(pen: Pen, mark: Line, at: Axes, theme: Theme): void {
  const { points, width, shift = 0, opacity = 1, dash = [], shape, halo } = mark;
  const colour = colourOf(theme, mark.colour);
  for (const part of unbroken(points)) {
    const places = part.flatMap(({ x, y }) => [at.x(x) + shift, at.y(y ?? NaN)]);
    if (halo !== undefined) pen.line(places, { colour: theme.background, width: halo });
    pen.line(places, { colour, width, opacity: theme.highContrast ? 1 : opacity, dash });
    if (shape !== undefined)
      for (let to = 0; to < places.length; to += 2)
        drawMark(pen, shape, places[to] ?? 0, places[to + 1] ?? 0, 3, { fill: colour });
  }
}

/** The stretches of points that have values. */
function unbroken(points: readonly LinePoint[]): LinePoint[][] {
  const parts: LinePoint[][] = [];
  let open = false;
  for (const point of points) {
    if (point.y !== null) {
      if (open) parts.at(-1)?.push(point);
      else parts.push([point]);
    }
    open = point.y !== null;
  }
  return parts;
}

function drawBoxes(pen: Pen, { boxes, colour, opacity }: Boxes, at: Axes, theme: Theme): void {
  for (const { x, y } of boxes) {
    const [left, right] = x.map((one) => at.x(one));
    const [top, bottom] = y.map((one) => at.y(one));
    if (left === undefined || right === undefined || top === undefined || bottom === undefined) continue;
    pen.polygon([left, top, right, top, right, bottom, left, bottom], colourOf(theme, colour), opacity);
  }
}

function drawWords(pen: Pen, { x, y, words, framed }: Words, at: Axes, theme: Theme): void {
  const unit = Math.abs(at.y(1) - at.y(0));
  const look = { colour: theme.foreground, align: 'middle' } as const;
  words.forEach((word, which) => {
    const [across, down] = [at.x(x[which] ?? NaN), at.y(y[which] ?? NaN)];
    const isFramed = framed?.(which) === true;
    if (isFramed)
      pen.frame(across - unit / 2, down - unit / 2, unit, unit, { colour: theme.foreground, width: 2 });
    pen.text(across, down, visible(word), { ...look, size: Math.min(16, 0.7 * unit), bold: isFramed });
  });
}

function drawIntervals(
  pen: Pen,
  { along, at: places, ends, colour, width, shift = 0 }: Intervals,
  { at, box }: { at: Axes; box: Box },
  theme: Theme,
): void {
  const stroke = { colour: colourOf(theme, colour), width };
  const [first, last] = along === 'x' ? [box.left, box.left + box.width] : [box.top, box.top + box.height];
  // From a place along the bar and one across it to x and y.
  const turned = (long: number, across: number): number[] =>
    along === 'x' ? [long, across] : [across, long];
  places.forEach((place, which) => {
    const reach = ends[which];
    if (reach === null || reach === undefined) return;
    const across = along === 'x' ? at.y(place) : at.x(place) + shift;
    const long = reach.map((end) => at[along](end));
    const [from = 0, to = 0] = long.map((end) => Math.min(last, Math.max(first, end)));
    pen.line([...turned(from, across), ...turned(to, across)], stroke);
    for (const end of long.filter((one) => one >= first - 0.5 && one <= last + 0.5))
      pen.line([...turned(end, across - CAP), ...turned(end, across + CAP)], stroke);
  });
}
