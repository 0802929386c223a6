import { fromBase64 } from '../../../src/protocol/base64';
import type { Mark } from '../../../src/formats/marks';
import { h } from '../dom';
import { type ImageSize, possibleScale } from '../sheet';
import type { Theme } from '../theme';
import { visible } from '../../../src/formats/visible';
import type { Chart } from './chart';
import { claim } from './claim';

/** Traces and layouts as Plotly's reference has them. */
export type Trace = Record<string, unknown>;
type Layout = Record<string, unknown>;

export interface Spatial {
  traces: Trace[];
  layout: Layout & { scene: Layout };
}

/** What we ask of Plotly. */
interface Plotly {
  react(into: HTMLElement, traces: Trace[], layout: Layout, config: object): Promise<unknown>;
  purge(into: HTMLElement): void;
  toImage(of: { data: Trace[]; layout: Layout }, size: object): Promise<string>;
}

/** An element that Plotly has drawn into. */
interface Drawn {
  on(event: 'plotly_click', hear: (event: { points: { customdata: unknown }[] }) => void): void;
  removeAllListeners(event: 'plotly_click'): void;
  layout?: { scene?: { camera?: unknown } };
}

/** The marks as Plotly calls them, which writes them as letters: those that every font has. */
export const symbols = {
  disc: 'circle',
  diamond: 'diamond',
  square: 'square',
  plus: 'cross',
  triangle: 'circle-open',
  x: 'square-open',
} as const satisfies Record<Mark, string>;

/** Where there is no WebGL nothing turns. */
const FLAT =
  'No picture in three dimensions: this machine gives pages no WebGL. The 2-D view has the same scores, two components at a time.';

let load: () => Promise<void> = () => Promise.reject(new Error('No way to load the charts was given.'));
let loading: Promise<Plotly> | undefined;

/** Says how Plotly gets into the page. */
export function setPlotlyLoader(loader: () => Promise<void>): void {
  load = loader;
}

/** Loads Plotly the first time that something is to turn; then gives it at once. */
function plotly(): Promise<Plotly> {
  loading ??= load().then(() => (window as unknown as { Plotly: Plotly }).Plotly);
  return loading;
}

function hasWebGl(): boolean {
  const context = document.createElement('canvas').getContext('webgl');
  // A page has a few of these only.
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return context !== null;
}

/**
 * Points in three dimensions, which can be turned: what Plotly is for.
 *
 * @param clicked is told the `customdata` of the point that was clicked
 */
export function spatialChart(
  height: number,
  picture: (theme: Theme) => Spatial,
  clicked: (customdata: unknown) => void,
): Chart {
  return {
    async draw(into, theme, room = 0) {
      if (!hasWebGl()) {
        claim(into, 'words', () => into.replaceChildren());
        into.replaceChildren(h('p', { class: 'caption' }, FLAT));
        return;
      }
      const library = await plotly();
      const { traces, layout } = picture(theme);
      claim(into, 'plotly', () => {
        library.purge(into);
        into.replaceChildren();
        into.classList.remove('js-plotly-plot');
        into.style.height = '';
      });
      const high = Math.max(height, room);
      into.style.height = `${high}px`;
      const size = { height: high, width: into.clientWidth };
      const config = { displayModeBar: false, displaylogo: false };
      await library.react(into, traces, { ...base(theme), ...layout, ...size }, config);
      const element = into as unknown as Drawn;
      element.removeAllListeners('plotly_click');
      element.on('plotly_click', ({ points: [point] }) => {
        if (point !== undefined) clicked(point.customdata);
      });
    },
    async image(into, format, theme, { width, scale, room = 0 }: ImageSize) {
      if (!hasWebGl()) throw new Error(FLAT);
      const library = await plotly();
      const { traces, layout } = picture(theme);
      const high = Math.max(height, room);
      // As the user has turned it.
      const camera = (into as Partial<Drawn>).layout?.scene?.camera;
      const scene = camera === undefined ? layout.scene : { ...layout.scene, camera };
      const of = { data: traces, layout: { ...base(theme), ...layout, scene, width, height: high } };
      const dots = format === 'png' ? possibleScale(scale, width, high) : 1;
      return dataUrlBytes(await library.toImage(of, { format, width, height: high, scale: dots }));
    },
  };
}

function base(theme: Theme): Layout {
  return {
    paper_bgcolor: theme.background,
    font: { family: theme.font, size: 12, color: theme.foreground },
    hoverlabel: {
      bgcolor: theme.background,
      bordercolor: theme.foreground,
      font: { color: theme.foreground },
    },
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
