import { spotOf } from './point-stops';
import type { Found, Move, Place, Stop, Stops } from './stops';

/** Points of lines that are closer stand above each other, in pixels. */
const SAME = 0.5;

/** The keyboard among lines: a line and a point of it. */
export function lineStops(
  places: () => readonly Place[],
  foundAt: (stop: Stop) => Found | null,
  enter: string | undefined,
): Stops {
  return {
    keys: `Left, Right: along the line; Up, Down: to the lines above and below; N, P: next and previous line; Home, End: first and last point.${enter === undefined ? '' : ` Enter: ${enter}.`} Escape: hide.`,
    go(from, move) {
      const first = places()[0]?.stop;
      if (first === undefined) return null;
      // Whatever arrow comes first shows the first point.
      return from === null && move !== 'last' && move !== 'end' ? first : goOn(places(), from ?? first, move);
    },
    at: (stop) => spotOf(places(), stop, foundAt),
  };
}

function goOn(places: readonly Place[], from: Stop, move: Move): Stop | null {
  const isHere = ({ stop }: Place): boolean => stop[0] === from[0] && stop[1] === from[1];
  const { x = 0 } = places.find(isHere) ?? {};
  const own = places.filter(({ stop: [line] }) => line === from[0]);
  const on = own.findIndex(isHere);
  // From above to below; what lies on each other, in order.
  const column = places.filter((place) => Math.abs(place.x - x) < SAME).sort((a, b) => a.y - b.y);
  const across = column.findIndex(isHere);
  const others = (step: 1 | -1): Place | undefined => {
    const next = places.filter(({ stop: [line] }) => (line - from[0]) * step > 0);
    const line = next.at(step > 0 ? 0 : -1)?.stop[0];
    return next
      .filter(({ stop }) => stop[0] === line)
      .reduce<Place | undefined>(
        (best, place) => (best === undefined || Math.abs(place.x - x) < Math.abs(best.x - x) ? place : best),
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
  return move in to ? (to[move]?.stop ?? from) : null;
}
