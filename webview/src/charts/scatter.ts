import { shown } from '../number';
import type { Theme } from '../theme';
import { axesIn, BELOW, drawAxes, equalScales, type Plot, type Range, roomAtLeft } from './axes';
import { canvasChart, type Find } from './canvas-chart';
import type { Chart } from './chart';
import { colourSteps } from './colours';
import { type Drag, isInside } from './drag';
import { drawMark } from './draw-mark';
import { drawScaleAside, type Scale, scaleRoom } from './heatmap-scale';
import { legend } from './legend';
import { pointStops } from './point-stops';
import type { Found } from './stops';
import { type Mark, markAt } from '../../../src/formats/marks';

/** Points on a plane. */
export interface Scatter {
  /** One entry a point. */
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  xTitle: string;
  yTitle: string;
  /** How far the axes reach; as far as the points where absent. */
  xRange?: Range;
  yRange?: Range;
  /** One unit is as long on both axes. */
  equal: boolean;
  /** Points that look alike. */
  groups: { colour: number; mark: number; points: readonly number[] }[];
  /** What colours and shapes stand for; a colour of null is none in particular. */
  legend: { name: string; colour: number | null; mark: number }[];
  /** Colours by a number, in place of the groups' colours. */
  measure?: { title: string; values: Float32Array };
  /** Points that stand out; the others fade where there are any. */
  selected: readonly number[];
  nameOf: (point: number) => string;
}

/** Where one looks, once one has moved: kept by who shows the picture, for as long as it is of the same axes. */
export interface Sight {
  of: string;
  x?: Range;
  y?: Range;
}

interface ScatterHands {
  drag: 'lasso' | 'box' | 'move';
  sight: Sight;
  clicked: (point: number) => void;
  enclosed: (points: number[]) => void;
}

const RADIUS = 3;
const TOP = 6;
/** Pixels between a pointer and the point that it means. */
const REACH = 9;

export function scatterChart(
  scatter: Scatter,
  hands: ScatterHands,
  heightAt: (width: number) => number,
): Chart {
  const count = Math.min(scatter.x.length, scatter.y.length);
  const xRange = scatter.xRange ?? rangeOf(scatter.x);
  const yRange = scatter.yRange ?? rangeOf(scatter.y);
  return canvasChart((theme, page, whole) => {
    const { sight } = hands;
    const scale = scaleOf(scatter, theme);
    const colours = coloursOf(scatter, theme, scale);
    const entries = scatter.legend.map(({ name, colour, mark }) => ({
      name,
      colour: colour === null ? theme.muted : categorical(theme, colour),
      mark: markAt(mark),
    }));
    const height = heightAt(page);
    const right = scale === undefined ? 14 : scaleRoom(scale, theme);
    const titles = legend(entries, theme, page - 50 - right, whole);
    const width = whole ? Math.max(page, titles.width + 50 + right) : page;
    const plot: Plot = {
      left: 0,
      top: TOP + titles.height,
      width: 0,
      height: Math.max(60, height - TOP - titles.height - BELOW),
    };
    plot.left = roomAtLeft({ range: sight.y ?? yRange }, plot.height, theme);
    plot.width = Math.max(60, width - plot.left - right);
    const wished = { x: sight.x ?? xRange, y: sight.y ?? yRange };
    const seen = scatter.equal ? equalScales(plot, wished.x, wished.y) : wished;
    const at = axesIn(plot, seen.x, seen.y);
    const inPlot = (x: number, y: number): boolean =>
      x >= plot.left - 1 &&
      x <= plot.left + plot.width + 1 &&
      y >= plot.top - 1 &&
      y <= plot.top + plot.height + 1;
    const placeOf = (point: number): [number, number] => [
      at.x(scatter.x[point] ?? NaN),
      at.y(scatter.y[point] ?? NaN),
    ];
    const seenAt = (point: number): [number, number] | null => {
      const place = placeOf(point);
      return inPlot(...place) ? place : null;
    };
    const foundOf = (point: number): Found => found(scatter, hands, point);

    return {
      width,
      height,
      drag: dragOf(hands, seen, plot, inPlot, (outline) =>
        Array.from({ length: count }, (_, point) => point).filter((point) => {
          const [x, y] = placeOf(point);
          return inPlot(x, y) && isInside(outline, x, y);
        }),
      ),
      paint(pen) {
        titles.draw(pen, plot.left, TOP);
        const [x, y] = [
          { title: scatter.xTitle, range: seen.x },
          { title: scatter.yTitle, range: seen.y },
        ];
        drawAxes(pen, theme, plot, x, y);
        const picked = new Set(scatter.selected);
        const draw = (points: readonly number[], mark: Mark, opacity: number, radius: number): void => {
          for (const point of points) {
            const [px, py] = placeOf(point);
            if (inPlot(px, py)) drawMark(pen, mark, px, py, radius, { fill: colours(point), opacity });
          }
        };
        for (const group of scatter.groups) {
          const rest = picked.size === 0 ? group.points : group.points.filter((point) => !picked.has(point));
          draw(rest, markAt(group.mark), picked.size === 0 ? 0.75 : 0.18, RADIUS);
        }
        // What is selected lies on top.
        if (picked.size > 0)
          for (const group of scatter.groups)
            draw(
              group.points.filter((point) => picked.has(point)),
              markAt(group.mark),
              1,
              RADIUS + 1,
            );
        if (scale !== undefined)
          drawScaleAside(pen, scale, theme, {
            x: plot.left + plot.width + 16,
            y: plot.top,
            height: plot.height,
            end: width,
          });
      },
      find: finder(count, seenAt, foundOf),
      stops: pointStops({
        count,
        placeOf: seenAt,
        foundOf,
        radius: RADIUS + 1,
        words: { all: 'all points', pick: 'select or deselect' },
      }),
    };
  });
}

function finder(
  count: number,
  seenAt: (point: number) => [number, number] | null,
  foundOf: (point: number) => Found,
): Find {
  return (pointerX, pointerY) => {
    let nearest = -1;
    let least = REACH ** 2;
    for (let point = 0; point < count; point++) {
      const place = seenAt(point);
      if (place === null) continue;
      const distance = (place[0] - pointerX) ** 2 + (place[1] - pointerY) ** 2;
      if (distance < least) [nearest, least] = [point, distance];
    }
    return nearest < 0 ? null : foundOf(nearest);
  };
}

function found(
  { x, y, measure, nameOf, selected }: Scatter,
  { clicked }: ScatterHands,
  point: number,
): Found {
  const value = measure === undefined ? [] : [`${measure.title} ${shown(measure.values[point], true)}`];
  return {
    lines: [
      nameOf(point),
      `${shown(x[point], true)}, ${shown(y[point], true)}`,
      ...value,
      ...(selected.includes(point) ? ['selected'] : []),
    ],
    pick: () => clicked(point),
    stop: [0, point],
  };
}

function dragOf(
  { drag, sight, enclosed }: ScatterHands,
  seen: { x: Range; y: Range },
  plot: Plot,
  within: Drag['within'],
  pointsIn: (outline: number[]) => number[],
): Drag {
  const reset = (): void => {
    delete sight.x;
    delete sight.y;
  };
  if (drag !== 'move')
    // One may begin beside the plot: what lies at its edge is easier to enclose.
    return {
      outline: drag,
      within: () => true,
      reset,
      enclosed: (outline) => enclosed(pointsIn(outline)),
    };
  const perPixel = { x: (seen.x[1] - seen.x[0]) / plot.width, y: (seen.y[1] - seen.y[0]) / plot.height };
  return {
    outline: 'none',
    within,
    reset,
    moved(dx, dy) {
      sight.x = [seen.x[0] - dx * perPixel.x, seen.x[1] - dx * perPixel.x];
      sight.y = [seen.y[0] + dy * perPixel.y, seen.y[1] + dy * perPixel.y];
    },
    zoomed(factor, x, y) {
      const about = ([low, high]: Range, share: number): Range => {
        const fixed = low + share * (high - low);
        return [fixed + (low - fixed) * factor, fixed + (high - fixed) * factor];
      };
      sight.x = about(seen.x, (x - plot.left) / plot.width);
      sight.y = about(seen.y, 1 - (y - plot.top) / plot.height);
    },
  };
}

function scaleOf({ measure }: Scatter, theme: Theme): Scale | undefined {
  if (measure === undefined) return undefined;
  const [low, high] = extent(measure.values);
  return {
    range: [low, high > low ? high : low + 1],
    stops: theme.sequential,
    measure: measure.title,
    undefinedValues: measure.values.some(Number.isNaN),
  };
}

function coloursOf(
  { groups, measure }: Scatter,
  theme: Theme,
  scale: Scale | undefined,
): (point: number) => string {
  if (measure === undefined || scale === undefined) {
    const of = new Map<number, string>();
    for (const { colour, points } of groups)
      for (const point of points) of.set(point, categorical(theme, colour));
    return (point) => of.get(point) ?? theme.foreground;
  }
  const steps = colourSteps(scale.stops);
  const [low, high] = scale.range;
  const last = steps.length / 4 - 1;
  return (point) => {
    const value = measure.values[point] ?? NaN;
    if (Number.isNaN(value)) return theme.undefinedValue;
    const from = 4 * Math.round(last * Math.min(1, Math.max(0, (value - low) / (high - low))));
    return `rgb(${steps[from]},${steps[from + 1]},${steps[from + 2]})`;
  };
}

function categorical(theme: Theme, at: number): string {
  return theme.categorical[at % theme.categorical.length] ?? theme.foreground;
}

function extent(values: ArrayLike<number>): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (let at = 0; at < values.length; at++) {
    const value = values[at] ?? NaN;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [0, 1];
}

/** As far as the values reach, and a little more. */
function rangeOf(values: ArrayLike<number>): Range {
  const [low, high] = extent(values);
  const margin = 0.06 * (high - low) || 0.5;
  return [low - margin, high + margin];
}
