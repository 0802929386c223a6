import { shown } from '../number';
import type { Axes } from './axes';
import type { Find } from './canvas-chart';
import type { Line } from './lines-picture';
import type { Found, Move, Stop, Stops } from './stops';

/** A line and the axes that it is drawn in. */
interface Placed {
  line: Line;
  at: Axes;
}

/** Pixels between a pointer and the point that it means. */
const REACH = 10;
/** Points of lines that are closer stand above each other, in pixels. */
const SAME = 0.5;
const RADIUS = 3;

export function lineFinder(lines: readonly Placed[]): Find {
  return (pointerX, pointerY) => {
    let nearest: Stop | null = null;
    let least = REACH ** 2;
    for (const [x, y, stop] of placesOf(lines)) {
      const distance = (x - pointerX) ** 2 + (y - pointerY) ** 2;
      if (distance < least) [nearest, least] = [stop, distance];
    }
    return nearest === null ? null : foundAt(lines, nearest);
  };
}

/** The keyboard among lines: a line and a point of it. */
export function lineStops(lines: readonly Placed[]): Stops {
  const picks = lines.some(({ line }) => line.points.some(({ pick }) => pick !== undefined));
  return {
    keys: `Left, Right: along the line; Up, Down: to the lines above and below; N, P: next and previous line; Home, End: first and last point.${picks ? ' Enter: choose.' : ''} Escape: hide.`,
    go(from, move) {
      const first = placesOf(lines)[0]?.[2];
      if (first === undefined) return null;
      // Whatever arrow comes first shows the first point.
      return from === null && move !== 'last' && move !== 'end' ? first : goOn(lines, from ?? first, move);
    },
    at(stop) {
      const place = placeOf(lines, stop);
      const found = foundAt(lines, stop);
      if (place === null || found === null) return null;
      return {
        spot: { x: place[0], y: place[1], width: 2 * RADIUS, height: 2 * RADIUS, round: true },
        found,
      };
    },
  };
}

function goOn(lines: readonly Placed[], from: Stop, move: Move): Stop | null {
  const places = placesOf(lines);
  const here = places.findIndex(([, , stop]) => same(stop, from));
  const [x = 0] = places[here] ?? [];
  const own = places.filter(([, , [line]]) => line === from[0]);
  const on = own.findIndex(([, , stop]) => same(stop, from));
  // From above to below; what lies on each other, in order.
  const column = places.filter(([px]) => Math.abs(px - x) < SAME).sort((a, b) => a[1] - b[1]);
  const across = column.findIndex(([, , stop]) => same(stop, from));
  const others = (step: 1 | -1): Place | undefined => {
    const next = places.filter(([, , [line]]) => (line - from[0]) * step > 0);
    const line = next.at(step > 0 ? 0 : -1)?.[2][0];
    return next
      .filter(([, , stop]) => stop[0] === line)
      .reduce<Place | undefined>(
        (best, place) =>
          best === undefined || Math.abs(place[0] - x) < Math.abs(best[0] - x) ? place : best,
        undefined,
      );
  };
  const to: Partial<Record<Move, Place | undefined>> = {
    left: own[on - 1],
    right: own[on + 1],
    up: column[across - 1],
    down: column[across + 1],
    first: own[0],
    last: own.at(-1),
    start: places[0],
    end: places.at(-1),
    next: others(1),
    previous: others(-1),
  };
  return move in to ? (to[move]?.[2] ?? from) : null;
}

/** Where a point is, and which. */
type Place = readonly [x: number, y: number, stop: Stop];

function placesOf(lines: readonly Placed[]): Place[] {
  return lines.flatMap(({ line }, which) =>
    line.points.flatMap((_, point): Place[] => {
      const place = placeOf(lines, [which, point]);
      return place === null ? [] : [[...place, [which, point]]];
    }),
  );
}

function placeOf(lines: readonly Placed[], [which, point]: Stop): [number, number] | null {
  const placed = lines[which];
  const { x, y } = placed?.line.points[point] ?? { x: 0, y: null };
  return placed === undefined || y === null ? null : [placed.at.x(x), placed.at.y(y)];
}

function foundAt(lines: readonly Placed[], stop: Stop): Found | null {
  const line = lines[stop[0]]?.line;
  const point = line?.points[stop[1]];
  if (line === undefined || point === undefined) return null;
  const { note, y, pick } = point;
  return {
    lines: [line.name, `${note}: ${shown(y, true)}`],
    stop,
    ...(pick === undefined ? {} : { pick }),
  };
}

function same(a: Stop, b: Stop): boolean {
  return a[0] === b[0] && a[1] === b[1];
}
