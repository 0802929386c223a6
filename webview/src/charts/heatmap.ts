import type { Chart } from './chart';
import { onePanel } from './one-panel';
import type { Mark, Picture, Plot, Scale, Tick, Tree } from './picture';
import { pictureChart } from './picture-chart';

const ROW = 24;
const HIGHEST = 440;

type Merges = Pick<Tree, 'a' | 'b' | 'height'>;

/** A matrix in colour. Row and column `at` count from 0, from the top left. */
export interface Heatmap {
  /** Null or NaN where undefined: grey and crossed. Infinite ones have the colour of their end, and ∞ in the cell where there is room. */
  values: (number | null)[][];
  /** `[low, high]`; when `diverging`, the middle is the true zero (or chance). */
  range: [number, number];
  diverging: boolean;
  /** Small numbers have the colours of large ones: of distances, so that what is alike is bright in all. */
  reversed?: boolean;
  /** What the colour measures. */
  measure: string;
  xTitle: string;
  xTicks: Tick[];
  yTicks: Tick[];
  /** Names of blocks of rows (of a square map: and columns), outside of the ticks. */
  blocks?: Tick[];
  /** Names the pair under the pointer. */
  pair(row: number, column: number): string;
  /** Lines between blocks, before these rows and columns. */
  borders: number[];
  columnBorders?: number[];
  square: boolean;
  /** The numbers stand in the cells, where these are large enough. */
  written?: boolean;
  /** Written over the columns from here on. */
  note?: { from: number; text: string };
  /** A framed column. */
  marked?: { column: number };
  /** Rows and columns (of a square map) that are pointed out at its edge. */
  pointed?: number[];
  /** Above the first columns, and beside the rows. */
  tree?: Merges;
  rowTree?: Merges;
}

/** @param clicked is told the column that was clicked, and the row */
export function heatmapChart(map: Heatmap, clicked?: (column: number, row: number) => void): Chart {
  const picture = heatmapPicture(map, clicked);
  return pictureChart(() => picture);
}

export function heatmapPicture(map: Heatmap, clicked?: (column: number, row: number) => void): Picture {
  const { values, blocks = [], tree, rowTree } = map;
  const [rows, columns] = [values.length, values[0]?.length ?? 0];
  const marks: Mark[] = [
    {
      kind: 'cells',
      values,
      borders: { rows: map.borders, columns: map.columnBorders ?? (map.square ? map.borders : []) },
      says: (row, column) => [map.pair(row, column)],
      ...(map.written === true ? { written: true } : {}),
      ...(map.marked === undefined ? {} : { framed: map.marked.column }),
      ...(map.note === undefined ? {} : { note: map.note }),
      ...(map.pointed === undefined ? {} : { pointed: map.pointed }),
      ...(clicked === undefined ? {} : { pick: clicked }),
    },
    ...(tree === undefined ? [] : [{ kind: 'tree', side: 'above', ...tree } as const]),
    ...(rowTree === undefined ? [] : [{ kind: 'tree', side: 'right', ...rowTree } as const]),
  ];
  const plot: Plot = {
    x: {
      title: map.xTitle,
      range: [-0.5, columns - 0.5],
      names: map.xTicks,
      blocks: map.square ? blocks : [],
    },
    y: { title: '', range: [rows - 0.5, -0.5], names: map.yTicks, blocks },
    height: Math.min(HIGHEST, Math.max(4 * ROW, ROW * rows)),
    square: map.square,
    marks,
  };
  return onePanel([plot], { scale: scaleOf(map), enter: 'choose the column' });
}

function scaleOf({ values, range, diverging, reversed = false, measure }: Heatmap): Scale {
  const has = (is: (value: number) => boolean): boolean =>
    values.some((row) => row.some((value) => is(value ?? NaN)));
  return {
    range,
    diverging,
    reversed,
    measure,
    undefinedValues: has(Number.isNaN),
    beyond: { low: has((value) => value < range[0]), high: has((value) => value > range[1]) },
  };
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
