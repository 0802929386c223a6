import { effect, signal } from '@preact/signals';
import { h, render } from 'preact';
import { Asking } from './asking';
import { setPlotlyLoader } from './charts/plotly';
import { keepGathering } from './gather';
import type { Host, Surroundings } from './host';
import { Layout } from './layout';
import { onlyPanel } from './one-figure';
import { pageOf } from './page';
import { PanelFrame } from './panel-frame';
import { panels } from './panels/panels';
import { reason } from './reason';
import { State } from './state';
import { onThemeChange } from './theme';
import { applyPageTheme } from './theme-switch';

/** Puts the dashboard into a page and keeps it in step with its host. */
export async function mount(host: Host, around: Surroundings, root: HTMLElement): Promise<void> {
  setPlotlyLoader(() => around.loadPlotly());
  // What the host says while the page still asks for the first time is asked for once more.
  let missed = false;
  let news: Parameters<Surroundings['hear']>[0] = {
    live: () => (missed = true),
    changed: () => (missed = true),
  };
  around.hear({ live: (live) => news.live(live), changed: () => news.changed() });
  const welcome = await host.ready();
  let values = await host.values();

  const { figure } = around;
  const offered = figure === undefined ? panels : onlyPanel(panels, figure.panel);
  const state = new State(offered, signal(welcome), around.restore());
  state.take(welcome, values);
  const asking = new Asking(host);
  const page = pageOf(host, state, figure !== undefined);
  const frames = offered.map((panel) => new PanelFrame(panel, page, figure?.figure));

  async function readAnew(): Promise<void> {
    const now = await host.ready();
    values = await host.values(values.version);
    if (values.results !== undefined)
      asking.forget(values.results?.fingerprint !== state.results.peek()?.fingerprint);
    state.take(now, values);
  }
  const refresh = (): void => {
    readAnew().catch((error: unknown) => page.say(`The newest results could not be shown: ${reason(error)}`));
  };
  news = { live: (live) => state.follow(live), changed: refresh };
  if (missed) refresh();

  effect(() => around.persist({ ...state.chosen.value, ...state.kept.value }));
  effect(() => {
    if (state.welcome.value.capabilities.theme === 'page') applyPageTheme(state.kept.value.theme);
  });
  effect(() => {
    const progress = state.progress.value;
    document.body.dataset['progress'] = progress === 'drawn' && state.lacking.value ? 'lacking' : progress;
  });
  root.replaceChildren();
  render(h(Layout, { state, page, frames, alone: figure !== undefined }), root);
  onThemeChange(() => frames.find(({ panel }) => panel === state.front.peek())?.redraw());
  keepGathering(state, asking);
}
