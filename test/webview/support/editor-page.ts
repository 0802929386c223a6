import type { Browser } from 'playwright-core';
import { beforeAll } from 'vitest';
import type { Live, OpenFigure } from '../../../src/protocol/dashboard';
import { pack } from '../../../src/protocol/packed';
import themes from '../fixtures/themes.json';
import type { SideState } from '../../../src/protocol/side';
import { type Synthetic, synthetic } from '../synthetic';
import { browserWithBundle, type Bundle, bundleScript, emptyPlotly } from './bundle';
import { DashboardPage } from './dashboard-page';

export { themes };
export type ThemeName = keyof typeof themes;
export const themeNames = Object.keys(themes) as ThemeName[];

interface Options {
  theme?: ThemeName;
  width?: number;
  height?: number;
  live?: Live;
  /** The one figure that the page is of. */
  figure?: OpenFigure;
  /** With Plotly itself, not what stands in for it. */
  plotly?: boolean;
}

/** A browser for the suite that calls this, and how it opens pages; the synthetic results unless it brings others. */
export function editorPages() {
  const made = browserWithBundle();
  let editor: string;
  beforeAll(async () => {
    editor = await bundleScript('fake-editor.ts');
  }, 120_000);
  return (options: Options = {}, data: Parameters<typeof openEditorPage>[2] = synthetic()) => {
    const { browser, bundle } = made();
    return openEditorPage(browser, { ...bundle, editor }, data, options);
  };
}

/** The same of pages of the side panel. */
export function sidePages() {
  const made = browserWithBundle();
  return (state: SideState, options: Parameters<typeof openSidePage>[3] = {}) => {
    const { browser, bundle } = made();
    return openSidePage(browser, bundle, state, options);
  };
}

/** The page that the editor's webview is: its colours, its policy (scripts by nonce only), and a stand-in for VS Code. */
function openEditorPage(
  browser: Browser,
  { bundle, plotly: charts, styles, editor }: Bundle & { editor: string },
  data: Omit<Synthetic, 'results'> & { results: Synthetic['results'] | null },
  { theme = 'dark', live, figure, plotly = false, ...size }: Options = {},
): Promise<DashboardPage> {
  const policy = "default-src 'none'; script-src 'nonce-n0'; style-src 'unsafe-inline'; img-src data: blob:";
  const opened = figure === undefined ? '' : ` data-figure='${JSON.stringify(figure)}'`;
  const inert = (id: string, value: unknown): string =>
    `<script nonce="n0" type="application/json" id="${id}">${JSON.stringify(value).replaceAll('<', '\\u003c')}</script>`;
  return DashboardPage.open(
    browser,
    {
      'dashboard.js': bundle,
      'plotly.js': plotly ? charts : emptyPlotly,
      'editor.js': editor,
      'index.html': `<!doctype html><html lang="en" style="${styleOf(theme)}"><head><meta charset="utf-8"><title>Dashboard</title>
<meta http-equiv="Content-Security-Policy" content="${policy}"><style>${styles}</style></head>
<body class="${themes[theme].class}"><div id="repscope" data-plotly="plotly.js"${opened}></div>
${inert('data', Buffer.from(pack(data)).toString('base64'))}${live === undefined ? '' : inert('live', live)}
<script nonce="n0" src="editor.js"></script><script nonce="n0" src="dashboard.js"></script></body></html>`,
    },
    size,
  );
}

/** The variables that VS Code sets for a theme, as an attribute. */
export function styleOf(theme: ThemeName): string {
  return Object.entries(themes[theme].variables)
    .map(([name, value]) => `--vscode-${name}: ${value.replaceAll('"', "'")}`)
    .join('; ');
}

/** The page of the side panel, in a state that is sent when it asks. */
function openSidePage(
  browser: Browser,
  { side }: Bundle,
  state: SideState,
  { theme = 'dark', width = 260, height = 420 }: Pick<Options, 'theme' | 'width' | 'height'> = {},
): Promise<DashboardPage> {
  const reply = JSON.stringify({ type: 'state', state }).replaceAll('<', '\\u003c');
  return DashboardPage.open(
    browser,
    {
      'side.js': side.script,
      'editor.js': `window.asked = []; window.acquireVsCodeApi = () => ({ postMessage(message) {
        window.asked.push(message);
        if (message.type === 'ready') window.postMessage(${reply}, '*');
      } });`,
      'index.html': `<!doctype html><html lang="en" style="${styleOf(theme)}"><head><meta charset="utf-8"><title>Side</title>
<style>${side.styles}</style></head><body class="${themes[theme].class}" style="background: var(--vscode-sideBar-background)">
<div id="repscope"><p>Starting…</p></div><script src="editor.js"></script><script src="side.js"></script></body></html>`,
    },
    { width, height, ready: '#repscope button' },
  );
}
