import { colourScale } from '../palettes';
import type { Theme } from '../theme';
import { axis, colourBar, plain, type Layout, type Picture, type Trace } from './plotly';

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
  /** Rows and columns (of a square map) that are pointed out at its edge. */
  pointed?: number[];
  /** Above the first columns: groups that merge, 0 … n − 1 being columns. */
  tree?: { a: ArrayLike<number>; b: ArrayLike<number>; height: ArrayLike<number> };
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
    // Grey means undefined: not the ground of the tree.
    ...(map.tree === undefined
      ? []
      : [
          {
            type: 'rect' as const,
            layer: 'below' as const,
            xref: 'paper' as const,
            yref: 'paper' as const,
            x0: 0,
            x1: 1,
            y0: 0.765,
            y1: 1.01,
            fillcolor: theme.background,
            line: { width: 0 },
          },
        ]),
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
      ...(map.tree === undefined ? [] : [treeTrace(map.tree, theme)]),
      ...(map.pointed === undefined || map.pointed.length === 0
        ? []
        : [pointers(map.pointed, rows, theme, 'x'), pointers(map.pointed, rows, theme, 'y')]),
    ],
    layout: {
      plot_bgcolor: theme.undefinedValue,
      shapes,
      annotations,
      ...(map.square ? {} : { margin: { l: width < 560 ? 104 : 170, r: 24, t: 12, b: 48 } }),
      xaxis: {
        ...ticks(map.xTitle, crowded ? [] : map.xTicks),
        ...(map.pointed === undefined ? {} : { range: [-0.5, columns - 0.5] }),
        ...(map.square ? { constrain: 'domain' as const } : {}),
      },
      ...(map.tree === undefined
        ? {}
        : {
            yaxis2: {
              ...axis(theme, ''),
              domain: [0.79, 1],
              showgrid: false,
              showline: false,
              ticks: '' as const,
              showticklabels: false,
              zeroline: false,
              rangemode: 'tozero' as const,
            },
          }),
      yaxis: {
        ...ticks(map.yTitle, map.yTicks),
        automargin: map.square,
        ...(map.tree === undefined ? {} : { domain: [0, 0.76] }),
        ...(map.pointed === undefined ? { autorange: 'reversed' as const } : { range: [rows - 0.5, -0.5] }),
        ...(map.square
          ? { scaleanchor: 'x' as const, constrain: 'domain' as const, constraintoward: 'top' as const }
          : {}),
      },
    },
  };
}

/** The tree in an axis of its own above the map. */
function treeTrace(tree: NonNullable<Heatmap['tree']>, theme: Theme): Trace {
  const merges = tree.height.length;
  const n = merges + 1;
  const middle = Array.from({ length: n }, (_, at) => at);
  const height = new Array<number>(n).fill(0);
  const x: (number | null)[] = [];
  const y: (number | null)[] = [];
  for (let at = 0; at < merges; at++) {
    const [a, b, top] = [tree.a[at] ?? 0, tree.b[at] ?? 0, tree.height[at] ?? 0];
    const [left, right] = [middle[a] ?? 0, middle[b] ?? 0];
    x.push(left, left, right, right, null);
    y.push(height[a] ?? 0, top, top, height[b] ?? 0, null);
    middle.push((left + right) / 2);
    height.push(top);
  }
  return {
    type: 'scatter',
    mode: 'lines',
    x,
    y,
    yaxis: 'y2',
    showlegend: false,
    hoverinfo: 'skip',
    line: { color: theme.foreground, width: 1 },
  };
}

function pointers(at: readonly number[], rows: number, theme: Theme, along: 'x' | 'y'): Trace {
  const edge = at.map(() => (along === 'x' ? 1.02 * rows - 0.5 : -0.5 - 0.02 * rows));
  return {
    type: 'scatter',
    mode: 'markers',
    x: along === 'x' ? [...at] : edge,
    y: along === 'x' ? edge : [...at],
    showlegend: false,
    hoverinfo: 'skip',
    cliponaxis: false,
    marker: { symbol: along === 'x' ? 'triangle-up' : 'triangle-right', size: 7, color: theme.foreground },
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
