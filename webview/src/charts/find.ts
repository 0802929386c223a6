import { NO_VALUE, shown } from '../number';
import { cellStops } from './cell-stops';
import { cellsOf, type Layout, type Placed } from './layout';
import { lineStops } from './line-stops';
import { isIn } from './paint-marks';
import type { Axis, Cells, Mark } from './picture';
import { pointStops } from './point-stops';
import type { Find, Found, Place, Stop, Stops } from './stops';
import { defined } from '../defined';

/** Pixels between a pointer and the point that it means. */
const REACH = 10;

/** What pointer and keyboard find in a picture. @param does what Enter does where something can be chosen, in words */
export function findIn(
  { placed }: Pick<Layout, 'placed'>,
  does: string | undefined,
): { find: Find; stops: Stops } {
  const marks = placed.flatMap((one) => one.plot.marks.map((mark) => ({ mark, one })));
  const enter = marks.some(({ mark }) => canPick(mark)) ? does : undefined;
  let known: Place[] | undefined;
  const places = (): Place[] =>
    (known ??= marks.flatMap(({ mark, one }, which) => placesOf(mark, one, which)));
  const foundAt = ([which, point]: Stop): Found | null => found(marks[which]?.mark, [which, point]);
  const map = placed.find(({ plot }) => cellsOf(plot) !== undefined);
  const cells = map === undefined ? undefined : cellsOf(map.plot);
  const isLines = marks.some(
    ({ mark }) => mark.kind === 'line' && mark.points.some(({ note }) => note !== undefined),
  );
  return {
    find(x, y) {
      if (map !== undefined && cells !== undefined && isIn(map.box, x, y)) return cellAt(map, cells, x, y);
      return nearest(places(), x, y, foundAt) ?? nameAt(placed, x, y);
    },
    stops:
      map !== undefined && cells !== undefined
        ? cellStops(cells, map.box, (row, column) => cellFound(cells, row, column), enter)
        : isLines
          ? lineStops(places, foundAt, enter)
          : pointStops(places, foundAt, enter),
  };
}

function canPick(mark: Mark): boolean {
  if (mark.kind === 'line') return mark.points.some(({ pick }) => pick !== undefined);
  return 'pick' in mark;
}

/** Points that are found, as far as they are in sight. */
function placesOf(mark: Mark, { at, box }: Placed, which: number): Place[] {
  if (mark.kind === 'points') {
    const { x, y, radius, shift = 0 } = mark;
    return Array.from(x, (across, point): Place => ({
      x: at.x(across) + shift,
      y: at.y(y[point] ?? NaN),
      radius: radius + 1,
      stop: [which, point],
    })).filter((place) => isIn(box, place.x, place.y));
  }
  if (mark.kind === 'words')
    return mark.says === undefined
      ? []
      : mark.words.map((_, word): Place => ({
          ...{ x: at.x(mark.x[word] ?? NaN), y: at.y(mark.y[word] ?? NaN) },
          ...{ radius: 8, stop: [which, word] },
        }));
  if (mark.kind === 'boxes' && mark.says === undefined) return [];
  if (mark.kind === 'boxes')
    return mark.boxes.map(({ x, y }, point): Place => ({
      ...{ x: at.x((x[0] + x[1]) / 2), y: at.y((y[0] + y[1]) / 2) },
      ...{ radius: 4, stop: [which, point] },
    }));
  if (mark.kind !== 'line') return [];
  return mark.points.flatMap(({ x, y, note }, point): Place[] =>
    y === null || note === undefined
      ? []
      : [{ x: at.x(x) + (mark.shift ?? 0), y: at.y(y), radius: 3, stop: [which, point] }],
  );
}

function found(mark: Mark | undefined, stop: Stop): Found | null {
  const [, point] = stop;
  if (mark?.kind === 'points') {
    const { says, thumb, pick } = mark;
    if (point >= mark.x.length) return null;
    return {
      lines: says(point),
      stop,
      ...defined({ thumb: thumb?.(point), pick: pick && (() => pick(point)) }),
    };
  }
  if (mark?.kind === 'boxes' || mark?.kind === 'words') {
    const lines = mark.says?.(point);
    const { length } = mark.kind === 'boxes' ? mark.boxes : mark.words;
    return lines !== undefined && point < length ? { lines, stop } : null;
  }
  if (mark?.kind !== 'line') return null;
  const { note, y, value = y, pick } = mark.points[point] ?? {};
  if (note === undefined) return null;
  return {
    lines: [mark.name, `${note}: ${shown(value, true)}`],
    stop,
    ...defined({ pick }),
  };
}

function nearest(
  places: readonly Place[],
  x: number,
  y: number,
  foundAt: (stop: Stop) => Found | null,
): Found | null {
  let [best, least]: [Stop | null, number] = [null, REACH ** 2];
  for (const place of places) {
    const distance = (place.x - x) ** 2 + (place.y - y) ** 2;
    if (distance < least) [best, least] = [place.stop, distance];
  }
  return best === null ? null : foundAt(best);
}

function cellAt({ box }: Placed, cells: Cells, x: number, y: number): Found {
  const [rows, columns] = [cells.values.length, cells.values[0]?.length ?? 0];
  const within = (share: number, count: number): number =>
    Math.max(0, Math.min(count - 1, Math.floor(share * count)));
  return cellFound(
    cells,
    within((y - box.top) / box.height, rows),
    within((x - box.left) / box.width, columns),
  );
}

function cellFound({ values, says, why, pick }: Cells, row: number, column: number): Found {
  const value = values[row]?.[column] ?? NaN;
  const said = Number.isNaN(value) ? (why?.(row, column) ?? [NO_VALUE]) : [shown(value, true)];
  return {
    lines: [...says(row, column), ...said],
    stop: [row, column],
    ...(pick === undefined ? {} : { pick: () => pick(column, row) }),
  };
}

/** The whole name of a row or a column, or of a block of them, which may be too long to be written in full. */
function nameAt(placed: readonly Placed[], x: number, y: number): Found | null {
  for (const { plot, box, rows, columns, at } of placed) {
    const bottom = box.top + box.height;
    if (rows !== null && x < box.left && y >= box.top && y <= bottom) {
      const isOuter = rows.blocks.length > 0 && x < box.left - rows.namesAt;
      return nameNear(isOuter ? plot.y.blocks : plot.y.names, (row) => at.y(row) - y);
    }
    const [first] = columns;
    if (first === undefined || x < box.left || x > box.left + box.width || y < bottom) continue;
    const end = bottom + columns.reduce((sum, { height }) => sum + height, rows?.pointers ?? 0);
    if (y > end) continue;
    const isOuter = y > bottom + (rows?.pointers ?? 0) + first.height;
    return nameNear(isOuter ? plot.x.blocks : plot.x.names, (column) => at.x(column) - x);
  }
  return null;
}

function nameNear(names: Axis['names'] = [], away: (place: number) => number): Found | null {
  const [nearest] = names.toSorted((a, b) => Math.abs(away(a.at)) - Math.abs(away(b.at)));
  return nearest === undefined ? null : { lines: nearest.name.split('\n') };
}
