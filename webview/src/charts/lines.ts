import type { LinePoint, LinesPicture } from './lines-picture';
import type { Theme } from '../theme';
import { axesIn, BELOW, drawAxes, type Plot, roomAtLeft } from './axes';
import { canvasChart } from './canvas-chart';
import type { Chart } from './chart';
import { drawMark } from './draw-mark';
import { legend } from './legend';
import { lineFinder, lineStops } from './lines-find';

const TOP = 6;
const GAP = 18;

/** Lines through few points, in one plot or in several above each other. */
export function linesChart(height: number, picture: (theme: Theme) => LinesPicture): Chart {
  return canvasChart((theme, page, whole) => {
    const { x, panes, legend: entries, marked } = picture(theme);
    const titles = legend(entries, theme, page - 60, whole);
    const width = whole ? Math.max(page, titles.width + 60) : page;
    const room = height - TOP - titles.height - BELOW - GAP * (panes.length - 1);
    const shares = panes.reduce((sum, { share }) => sum + share, 0);
    const heights = panes.map(({ share }) => (room * share) / shares);
    const left = Math.max(...panes.map(({ y }, at) => roomAtLeft(y, heights[at] ?? room, theme)));
    let top = TOP + titles.height;
    const placed = panes.map((pane, at) => {
      const plot: Plot = { left, top, width: Math.max(60, width - left - 14), height: heights[at] ?? room };
      top += plot.height + GAP;
      return { pane, plot, at: axesIn(plot, x.range, pane.y.range) };
    });
    const lines = placed.flatMap(({ pane, at }) => pane.lines.map((line) => ({ line, at })));
    return {
      width,
      height,
      paint(pen) {
        titles.draw(pen, left, TOP);
        placed.forEach(({ pane, plot, at }, place) => {
          drawAxes(pen, theme, plot, x, pane.y, place === placed.length - 1);
          for (const { points, colour, width: wide, opacity, dash, mark } of pane.lines) {
            for (const part of unbroken(points)) {
              const places = part.flatMap((point) => [at.x(point.x), at.y(point.y ?? NaN)]);
              pen.line(places, {
                colour,
                width: wide,
                ...(opacity === undefined ? {} : { opacity }),
                ...(dash === undefined ? {} : { dash }),
              });
              if (mark !== undefined)
                for (const point of part)
                  drawMark(pen, mark, at.x(point.x), at.y(point.y ?? NaN), 3, { fill: colour });
            }
          }
          if (marked === undefined) return;
          const across = at.x(marked);
          const down = [across, plot.top - (place === 0 ? 0 : GAP), across, plot.top + plot.height];
          pen.line(down, { colour: theme.foreground, width: 1.5, dash: [2, 3] });
        });
      },
      find: lineFinder(lines),
      stops: lineStops(lines),
    };
  });
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
