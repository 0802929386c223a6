import { shown } from '../number';
import type { Theme } from '../theme';
import { type Axis, axesIn, BELOW, drawAxes, type Plot, roomAtLeft } from './axes';
import { canvasChart } from './canvas-chart';
import type { Chart } from './chart';
import { drawMark } from './draw-mark';
import { legend } from './legend';
import type { Mark } from './marks';

export interface Series {
  name: string;
  colour: string;
  mark: Mark;
  dash?: number[];
  /** x and y of each point, in order. */
  points: readonly (readonly [number, number])[];
}

const TOP = 6;
const REACH = 10;

/** Lines through few points, with a mark at each. */
export function linesChart(
  height: number,
  picture: (theme: Theme) => { x: Axis; y: Axis; series: Series[] },
): Chart {
  return canvasChart((theme, width) => {
    const { x, y, series } = picture(theme);
    const titles = legend(series, theme, width - 60);
    const top = TOP + titles.height;
    const down = height - top - BELOW;
    const left = roomAtLeft(y, down, theme);
    const plot: Plot = { left, top, width: Math.max(60, width - left - 14), height: down };
    const at = axesIn(plot, x.range, y.range);
    return {
      height,
      paint(pen) {
        titles.draw(pen, left, TOP);
        drawAxes(pen, theme, plot, x, y);
        for (const { points, colour, mark, dash } of series) {
          const places = points.flatMap(([px, py]) => [at.x(px), at.y(py)]);
          pen.line(places, { colour, width: 2, ...(dash === undefined ? {} : { dash }) });
          for (const [px, py] of points) drawMark(pen, mark, at.x(px), at.y(py), 3.5, { fill: colour });
        }
        return (pointerX, pointerY) => {
          let found: string[] | null = null;
          let least = REACH ** 2;
          for (const { name, points } of series)
            for (const [px, py] of points) {
              const distance = (at.x(px) - pointerX) ** 2 + (at.y(py) - pointerY) ** 2;
              if (distance >= least) continue;
              least = distance;
              found = [name, `${shown(px)}: ${shown(py, true)}`];
            }
          return found === null ? null : { lines: found };
        };
      },
    };
  });
}
