import { colourScale } from '../palettes';
import type { Theme } from '../theme';
import { axis, colourBar, plain, type Layout, type Picture } from './plotly';

/** A matrix in colour. Row and column `at` count from 0, from the top left. */
export interface Heatmap {
  /** Null or NaN where undefined: grey. */
  values: (number | null)[][];
  /** `[low, high]`; when `diverging`, the middle is the true zero (or chance). */
  range: [number, number];
  diverging: boolean;
  /** What the colour measures. */
  measure: string;
  xTitle: string;
  yTitle: string;
  xTicks: Tick[];
  yTicks: Tick[];
  /** Names the pair under the pointer. */
  pair(row: number, column: number): string;
  /** Lines between blocks, before these rows and columns. */
  borders: number[];
  columnBorders?: number[];
  square: boolean;
  /** Written over the columns from here on. */
  note?: { from: number; text: string };
  /** A framed row or column. */
  marked?: { column: number };
}

interface Tick {
  at: number;
  name: string;
}

export function heatmapPicture(map: Heatmap, theme: Theme, width: number): Picture {
  const letters = width < 560 ? 14 : 26;
  const rows = map.values.length;
  const columns = map.values[0]?.length ?? 0;
  const line = (from: [number, number], to: [number, number]) => ({
    type: 'line' as const,
    x0: from[0] - 0.5,
    y0: from[1] - 0.5,
    x1: to[0] - 0.5,
    y1: to[1] - 0.5,
    line: { color: theme.foreground, width: 1 },
  });
  const shapes: Layout['shapes'] = [
    ...map.borders.map((at) => line([0, at], [columns, at])),
    ...(map.columnBorders ?? (map.square ? map.borders : [])).map((at) => line([at, 0], [at, rows])),
    ...(map.marked === undefined
      ? []
      : [
          {
            type: 'rect' as const,
            x0: map.marked.column - 0.5,
            x1: map.marked.column + 0.5,
            y0: -0.5,
            y1: rows - 0.5,
            line: { color: theme.foreground, width: 2 },
          },
        ]),
  ];
  // Rows and columns of a square map are the same: where the names find no room below, those at the left serve for both.
  const crowded = map.square && map.xTicks.reduce((sum, { name }) => sum + name.length + 2, 0) * 6.5 > 300;
  const annotations: Layout['annotations'] =
    map.note === undefined
      ? []
      : [
          {
            x: (map.note.from + columns - 1) / 2,
            y: (rows - 1) / 2,
            text: map.note.text,
            textangle: -90,
            showarrow: false,
            font: { color: theme.kind === 'light' ? '#000000' : '#ffffff', size: 11 },
          },
        ];
  const ticks = (title: string, list: Tick[]) => ({
    ...axis(theme, title),
    showgrid: false,
    zeroline: false,
    tickmode: 'array' as const,
    tickvals: list.map(({ at }) => at),
    ticktext: list.map(({ name }) => plain(shorten(name, letters))),
  });
  return {
    traces: [
      {
        type: 'heatmap',
        z: map.values as number[][],
        // A text per cell: the pair's names. Their number is bounded by what the host sends of single stimuli.
        text: map.values.map((row, i) => row.map((_, j) => plain(map.pair(i, j)))) as unknown as string[],
        hovertemplate: '%{text}<br>%{z:.3f}<extra></extra>',
        hoverongaps: false,
        zmin: map.range[0],
        zmax: map.range[1],
        colorscale: colourScale(map.diverging ? theme.diverging : theme.sequential),
        colorbar: colourBar(theme, plain(map.measure), map.measure.length <= 3),
      },
    ],
    layout: {
      plot_bgcolor: theme.undefinedValue,
      shapes,
      annotations,
      ...(map.square ? {} : { margin: { l: width < 560 ? 104 : 170, r: 24, t: 12, b: 48 } }),
      xaxis: {
        ...ticks(map.xTitle, crowded ? [] : map.xTicks),
        ...(map.square ? { constrain: 'domain' as const } : {}),
      },
      yaxis: {
        ...ticks(map.yTitle, map.yTicks),
        automargin: map.square,
        autorange: 'reversed',
        ...(map.square
          ? { scaleanchor: 'x' as const, constrain: 'domain' as const, constraintoward: 'top' as const }
          : {}),
      },
    },
  };
}

/** Leaves out the middle: names of conditions differ at their ends. */
function shorten(name: string, letters: number): string {
  if (name.length <= letters) return name;
  const half = Math.floor((letters - 1) / 2);
  return `${name.slice(0, half)}…${name.slice(-half)}`;
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
