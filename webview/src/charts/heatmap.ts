import type { Chart } from './chart';
import { onePanel } from './one-panel';
import type { Axis, Cells, Mark, Picture, Plot, Range, Scale, Tick, Tree } from './picture';
import { pictureChart } from './picture-chart';
import { defined } from '../defined';

/** Height of a row, and of one whose name may be of two lines: where rows are few, or are said to be tall. */
const [ROW, HIGH_ROW, FEW] = [24, 30, 14];
/** Names of more letters may be of two lines. */
const LONG = 16;
const HIGHEST = 440;

type Merges = Pick<Tree, 'a' | 'b' | 'height'>;

/** A matrix in colour. Row and column `at` count from 0, from the top left. */
export interface Heatmap
  extends
    Pick<Cells, 'written' | 'framed' | 'dotted' | 'outlined' | 'ringed' | 'note' | 'pointed' | 'why'>,
    Pick<Scale, 'range' | 'diverging' | 'reversed' | 'measure'> {
  values: (number | null)[][];
  columns: Side;
  /** Absent: the same as columns; the cells are square then. */
  rows?: Side;
  /** Names the pair under the pointer. */
  pair(row: number, column: number): string;
  /** Above the first columns, and beside the rows. */
  tree?: Merges;
  rowTree?: Merges;
}

/** What the rows, or the columns, are. */
interface Side {
  title?: string;
  /** One for each, or some with their places. */
  names: readonly string[] | readonly Tick[];
  /** Names of blocks of them, outside of these. */
  blocks?: readonly Tick[];
  /** Lines between blocks, before these. */
  borders?: readonly number[];
  /** Rows whose names say a lot: they have more room. */
  wide?: boolean;
  /** Rows whose names have two lines, however many there are. */
  tall?: boolean;
}

/** @param clicked is told the column that was clicked, and the row */
export function heatmapChart(map: Heatmap, clicked?: (column: number, row: number) => void): Chart {
  const picture = heatmapPicture(map, clicked);
  return pictureChart(() => picture);
}

export function heatmapPicture(map: Heatmap, clicked?: (column: number, row: number) => void): Picture {
  const { values, columns, rows = columns, range, diverging, reversed = false, measure } = map;
  const { written, framed, dotted, outlined, ringed, note, pointed, why, tree, rowTree } = map;
  const [high, wide] = [values.length, values[0]?.length ?? 0];
  const square = rows === columns;
  const marks: Mark[] = [
    {
      kind: 'cells',
      values,
      borders: { rows: rows.borders ?? [], columns: columns.borders ?? [] },
      says: (row, column) => [map.pair(row, column)],
      ...defined({ written, framed, dotted, outlined, ringed, note, pointed, why, pick: clicked }),
    },
    ...(tree === undefined ? [] : [{ kind: 'tree', side: 'above', ...tree } as const]),
    ...(rowTree === undefined ? [] : [{ kind: 'tree', side: 'right', ...rowTree } as const]),
  ];
  const plot: Plot = {
    x: axisOf(columns, [-0.5, wide - 0.5]),
    y: axisOf(rows, [high - 0.5, -0.5]),
    height: rows.tall === true ? high * HIGH_ROW : Math.min(HIGHEST, Math.max(4, high) * rowOf(rows)),
    square,
    marks,
  };
  const has = (is: (value: number) => boolean): boolean =>
    values.some((row) => row.some((value) => is(value ?? NaN)));
  // What rounding adds to an end (to the 1 of a layer with itself) is not beyond it.
  const rounding = 1e-9 * (range[1] - range[0]);
  const scale: Scale = {
    ...{ range, diverging, reversed, measure },
    undefinedValues: has(Number.isNaN),
    beyond: {
      low: has((value) => value < range[0] - rounding),
      high: has((value) => value > range[1] + rounding),
    },
  };
  return onePanel([plot], { scale, enter: 'choose the column' });
}

function rowOf({ names }: Side): number {
  const all = names.map((name) => (typeof name === 'string' ? name : name.name));
  const parted = all.some((name) => /(?:,| ·) /.test(name) || (name.length > LONG && name.includes(' ')));
  return parted && names.length <= FEW ? HIGH_ROW : ROW;
}

function axisOf({ title = '', names, blocks = [], wide = false }: Side, range: Range): Axis {
  const ticks = names.map((name, at) => (typeof name === 'string' ? { at, name } : name));
  return { title, range, names: ticks, blocks, wide };
}

/** The range of defined values; for diverging scales, symmetric about `centre`. */
export function rangeOf(values: readonly (readonly (number | null)[])[], centre?: number): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const row of values) {
    for (const value of row) {
      if (value === null || Number.isNaN(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (low > high) return [0, 1];
  if (centre === undefined) return [low, high === low ? low + 1 : high];
  const reach = Math.max(high - centre, centre - low) || 1;
  return [centre - reach, centre + reach];
}

/** Up to about `most` ticks at round numbers, for many rows or columns. */
export function sparseTicks(count: number, name: (at: number) => string, most = 12): Tick[] {
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((candidate) => count / candidate <= most) ?? 1000;
  return Array.from({ length: Math.ceil(count / step) }, (_, at) => ({
    at: at * step,
    name: name(at * step),
  }));
}
