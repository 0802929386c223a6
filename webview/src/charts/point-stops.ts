import type { Found, Move, Place, Stop, Stops } from './stops';

/** From the middle of one point to that of another, in pixels: closer ones lie on each other. */
const APART = 0.5;

/** The keyboard among points: arrows go to the nearest in a direction; one after the other, all are reached. */
export function pointStops(
  places: () => readonly Place[],
  foundAt: (stop: Stop) => Found | null,
  enter: string | undefined,
): Stops {
  return {
    keys: `Arrow keys: to the nearest point in that direction; N, P: next and previous of all points; Home, End: first and last.${enter === undefined ? '' : ` Enter: ${enter}.`} Escape: hide.`,
    go(from, move): Stop | null {
      const all = places();
      const here =
        from === null ? -1 : all.findIndex(({ stop }) => stop[0] === from[0] && stop[1] === from[1]);
      const to = here < 0 ? first(all, move) : next(all, here, move);
      return to?.stop ?? null;
    },
    at: (stop) => spotOf(places(), stop, foundAt),
  };
}

/** The place of a stop with what is found there. */
export function spotOf(
  places: readonly Place[],
  [which, point]: Stop,
  foundAt: (stop: Stop) => Found | null,
): ReturnType<Stops['at']> {
  const place = places.find(({ stop }) => stop[0] === which && stop[1] === point);
  const found = place === undefined ? null : foundAt(place.stop);
  if (place === undefined || found === null) return null;
  const { x, y, radius } = place;
  return { spot: { x, y, width: 2 * radius, height: 2 * radius, round: true }, found };
}

/** Where nothing is shown yet. */
function first(all: readonly Place[], move: Move): Place | undefined {
  return all.at(move === 'last' || move === 'end' ? -1 : 0);
}

function next(all: readonly Place[], here: number, move: Move): Place | undefined {
  if (move === 'first' || move === 'start') return all[0];
  if (move === 'last' || move === 'end') return all.at(-1);
  if (move === 'next') return all[here + 1] ?? all[here];
  if (move === 'previous') return all[here - 1] ?? all[here];
  const direction = directions[move];
  return direction === undefined ? undefined : (nearest(all, here, direction) ?? all[here]);
}

const directions: Partial<Record<Move, readonly [number, number]>> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
};

/** The nearest within an eighth of a turn of a direction; else the nearest at all on that side. */
function nearest(
  all: readonly Place[],
  here: number,
  [dx, dy]: readonly [number, number],
): Place | undefined {
  const start = all[here];
  if (start === undefined) return undefined;
  let best: Place | undefined;
  let [least, beside] = [Infinity, true];
  for (const place of all) {
    const [x, y] = [place.x - start.x, place.y - start.y];
    const ahead = x * dx + y * dy;
    if (ahead < APART) continue;
    const aside = Math.abs(x * dy) + Math.abs(y * dx) > ahead;
    const distance = Math.hypot(x, y);
    if (aside === beside ? distance < least : beside) [best, least, beside] = [place, distance, aside];
  }
  return best;
}
