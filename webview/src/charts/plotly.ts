import type * as PlotlyModule from 'plotly.js-dist';
import { fromBase64 } from '../../../src/protocol/base64';
import type { Mark } from '../../../src/formats/marks';
import { possibleScale } from '../sheet';
import type { Theme } from '../theme';
import { visible } from '../../../src/formats/visible';
import type { Chart } from './chart';
import { claim } from './claim';

type Plotly = typeof PlotlyModule;
export type Trace = PlotlyModule.Data;
type Layout = Partial<PlotlyModule.Layout>;

export interface Picture {
  traces: Trace[];
  layout: Layout;
  /** Of a file, where whole names need more than the width of the page; absent: the file is as what is seen. */
  width?: number;
}

/** A point that was clicked, in the picture's own coordinates. */
interface Clicked {
  x: unknown;
  y: unknown;
  customdata: unknown;
}

/** What the user does in a picture. */
interface Hands {
  clicked?: (point: Clicked) => void;
  /** `customdata` of the points that a lasso or a box encloses. */
  enclosed?: (customdata: unknown[]) => void;
}

/** The marks as Plotly calls them. */
export const symbols = {
  disc: 'circle',
  diamond: 'diamond',
  square: 'square',
  plus: 'cross',
  triangle: 'triangle-up',
  x: 'x',
} as const satisfies Record<Mark, string>;

/** In three dimensions, where it writes them as letters: those that every font has. */
export const symbols3d = {
  ...symbols,
  triangle: 'circle-open',
  x: 'square-open',
} as const satisfies Record<Mark, string>;

let load: () => Promise<void> = () => Promise.reject(new Error('No way to load the charts was given.'));
let loading: Promise<Plotly> | undefined;

/** Says how Plotly gets into the page. */
export function setPlotlyLoader(loader: () => Promise<void>): void {
  load = loader;
}

/** Loads Plotly the first time; then gives it at once. */
export function plotly(): Promise<Plotly> {
  loading ??= load().then(() => (window as unknown as { Plotly: Plotly }).Plotly);
  return loading;
}

/** Height of a square picture beside its colour bar: as high as wide, within reason. */
export function squareHeight(width: number): number {
  return Math.min(430, Math.max(240, 0.78 * width));
}

/** A chart that Plotly draws; only of traces that need no generated code and are in both of its builds, the editor's and the report's (scatter, scatter3d). */
export function plotlyChart(
  heightAt: number | ((width: number) => number),
  picture: (theme: Theme, width: number, whole: boolean) => Picture,
  { clicked, enclosed }: Hands = {},
): Chart {
  const heightOf = (width: number): number => (typeof heightAt === 'number' ? heightAt : heightAt(width));
  return {
    async draw(into, theme) {
      const library = await plotly();
      const { traces, layout } = picture(theme, into.clientWidth, false);
      claim(into, 'plotly', () => {
        library.purge(into);
        into.replaceChildren();
        into.classList.remove('js-plotly-plot');
        into.style.height = '';
      });
      const narrow = into.clientWidth < 560;
      const height = heightOf(into.clientWidth);
      into.style.height = `${height}px`;
      await library.react(
        into,
        traces,
        { ...base(theme, narrow), ...layout, height, width: into.clientWidth },
        {
          displayModeBar: false,
          displaylogo: false,
          doubleClick: 'reset',
        },
      );
      const element = into as unknown as PlotlyModule.PlotlyHTMLElement;
      element.removeAllListeners('plotly_click');
      if (clicked !== undefined) {
        element.on('plotly_click', (event) => {
          const point = event.points[0];
          if (point !== undefined) clicked({ x: point.x, y: point.y, customdata: point.customdata });
        });
      }
      element.removeAllListeners('plotly_selected');
      if (enclosed !== undefined) {
        // Drawing anew says so too, without an outline: only what the user encloses counts.
        element.on('plotly_selected', (event: PlotlyModule.PlotSelectionEvent | undefined) => {
          if (event?.range !== undefined || event?.lassoPoints !== undefined)
            enclosed(event.points.map(({ customdata }) => customdata));
        });
      }
    },
    async image(into, format, theme, size) {
      const library = await plotly();
      const { traces, layout, width = size.width } = picture(theme, size.width, true);
      const shape = { width, height: heightOf(size.width) };
      const seen = (into as { layout?: Layout }).layout ?? {};
      const of = { data: traces, layout: { ...base(theme, false), ...asSeen(layout, seen), ...shape } };
      const scale = possibleScale(size.scale, shape.width, shape.height);
      const url = await library.toImage(of, { format, ...shape, scale: format === 'png' ? scale : 1 });
      return dataUrlBytes(url);
    },
  };
}

/** A layout with the view that the user has turned or moved the picture to. */
function asSeen(layout: Layout, seen: Layout): Layout {
  const view: Layout = { ...layout };
  const camera = seen.scene?.camera;
  if (camera !== undefined) view.scene = { ...layout.scene, camera };
  for (const axis of ['xaxis', 'yaxis'] as const) {
    const { range, autorange } = seen[axis] ?? {};
    if (range !== undefined && autorange === false) view[axis] = { ...layout[axis], range, autorange };
  }
  return view;
}

function base(theme: Theme, narrow: boolean): Layout {
  return {
    paper_bgcolor: theme.background,
    plot_bgcolor: theme.background,
    font: { family: theme.font, size: 12, color: theme.foreground },
    margin: { l: 56, r: narrow ? 10 : 24, t: 12, b: 48 },
    hoverlabel: {
      bgcolor: theme.background,
      bordercolor: theme.foreground,
      font: { color: theme.foreground },
    },
    legend: { orientation: 'h', x: 0, y: 1.02, yanchor: 'bottom' },
    dragmode: 'pan',
  };
}

/** The look of an axis that shows a quantity. */
export function axis(theme: Theme, title: string) {
  return {
    title: { text: title, standoff: 8 },
    color: theme.foreground,
    gridcolor: theme.line,
    linecolor: theme.muted,
    zerolinecolor: theme.muted,
    zerolinewidth: 1,
    showline: true,
    ticks: 'outside' as const,
    tickcolor: theme.muted,
    automargin: true,
  };
}

/** The look of a colour bar: it always says what is measured. */
export function colourBar(theme: Theme, title: string) {
  return {
    title: { text: title, side: 'right' as const },
    thickness: 12,
    outlinecolor: theme.line,
    tickcolor: theme.muted,
    len: 1,
    y: 0.5,
  };
}

/** A name as Plotly shows it letter by letter: it reads its texts as a small kind of HTML. */
export function plain(name: string): string {
  return visible(name)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('$', '&#36;');
}

function dataUrlBytes(url: string): Uint8Array {
  const comma = url.indexOf(',');
  const body = url.slice(comma + 1);
  if (!url.slice(0, comma).endsWith(';base64')) return new TextEncoder().encode(decodeURIComponent(body));
  return fromBase64(body);
}
