import type { Found, Move, Stop, Stops } from './stops';

interface Points {
  count: number;
  /** Null where it is out of sight. */
  placeOf: (point: number) => readonly [number, number] | null;
  foundOf: (point: number) => Found;
  /** In pixels. */
  radius: number;
  /** What the points are, and what picking one does. */
  words: { all: string; pick?: string };
}

/** From the middle of one point to that of another, in pixels: closer ones lie on each other. */
const APART = 0.5;

/** The keyboard among points: arrows go to the nearest in a direction; one after the other, all are reached. */
export function pointStops({ count, placeOf, foundOf, radius, words }: Points): Stops {
  const along = (from: number, step: 1 | -1): number | null => {
    for (let point = from + step; point >= 0 && point < count; point += step)
      if (placeOf(point) !== null) return point;
    return null;
  };
  const to = (from: number | null, move: Move): number | null | undefined => {
    if (move === 'last' || move === 'end') return along(count, -1);
    if (move === 'first' || move === 'start' || from === null) return along(-1, 1);
    if (move === 'next') return along(from, 1) ?? from;
    if (move === 'previous') return along(from, -1) ?? from;
    const direction = directions[move];
    return direction === undefined ? undefined : (nearest(from, direction, count, placeOf) ?? from);
  };
  return {
    keys: `Arrow keys: to the nearest point in that direction; N, P: next and previous of ${words.all}; Home, End: first and last.${words.pick === undefined ? '' : ` Enter: ${words.pick}.`} Escape: hide.`,
    go(from, move): Stop | null {
      const point = to(from === null ? null : from[1], move);
      return point === null || point === undefined ? null : [0, point];
    },
    at([, point]) {
      const place = point < count ? placeOf(point) : null;
      if (place === null) return null;
      const [x, y] = place;
      return { spot: { x, y, width: 2 * radius, height: 2 * radius, round: true }, found: foundOf(point) };
    },
  };
}

const directions: Partial<Record<Move, readonly [number, number]>> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
};

/** The nearest within an eighth of a turn of a direction; else the nearest at all on that side. */
function nearest(
  from: number,
  [dx, dy]: readonly [number, number],
  count: number,
  placeOf: Points['placeOf'],
): number | null {
  const start = placeOf(from);
  if (start === null) return null;
  let [best, least, beside] = [-1, Infinity, true];
  for (let point = 0; point < count; point++) {
    const place = placeOf(point);
    if (place === null) continue;
    const [x, y] = [place[0] - start[0], place[1] - start[1]];
    const ahead = x * dx + y * dy;
    if (ahead < APART) continue;
    const aside = Math.abs(x * dy) + Math.abs(y * dx) > ahead;
    const distance = Math.hypot(x, y);
    if (aside === beside ? distance < least : beside) [best, least, beside] = [point, distance, aside];
  }
  return best < 0 ? null : best;
}
