import type { Live, RunState } from '../../src/protocol/dashboard';
import { Asking } from './asking';
import { setPlotlyLoader } from './charts/plotly';
import { type Change, initialChoices, justAsked, restoredChoices } from './choices';
import { drawer } from './draw';
import type { Host, Surroundings } from './host';
import { layout } from './layout';
import { pageOf } from './page';
import { PanelFrame } from './panel-frame';
import { panels } from './panels/panels';
import { sourceOf } from './provenance';
import { reason } from './reason';
import { onThemeChange } from './theme';
import { applyPageTheme } from './theme-switch';

/** Puts the dashboard into a page and keeps it in step with its host: all state is here, and `draw` is what it leads to. */
export async function mount(host: Host, around: Surroundings, root: HTMLElement): Promise<void> {
  setPlotlyLoader(() => around.loadPlotly());
  let chosen = restoredChoices(around.restore(), initialChoices(panels));
  // What the host says while the page still asks for the first time is asked for once more.
  let [mounted, missed] = [false, false];
  around.hear({
    live: (live) => (mounted ? follow(live) : (missed = true)),
    changed: () => (mounted ? refresh() : (missed = true)),
  });
  let welcome = await host.ready();
  let { version, results = null } = await host.values();
  let run: RunState | undefined;
  if (welcome.capabilities.theme === 'page') applyPageTheme(chosen.theme);

  const asking = new Asking(host);
  const keep = (change: Change): void => around.persist((chosen = { ...chosen, ...change }));
  const { page, status } = pageOf(host, {
    chosen: () => chosen,
    keep,
    draw: () => void draw(),
    source: () => sourceOf(results, welcome.analysedAt),
    showHazards: (rule) => {
      keep({ tab: first.panel.id });
      void draw().then(() => first.showHazards(rule));
    },
  });
  const frames = panels.map((panel) => new PanelFrame(panel, page));
  const [first] = frames;
  if (first === undefined) throw new Error('There is no panel.');
  const parts = layout(frames, page, welcome.capabilities);
  const front = () => frames.find(({ panel }) => panel.id === chosen.tab) ?? first;
  const draw = drawer(asking, page, parts, () => ({ results, welcome, chosen, front: front() }));

  /** Keeps what is chosen from the start: a dashboard that is restored before anything was chosen knows its file all the same. */
  function bringForward(): void {
    const { change, hazards } = justAsked(chosen, welcome);
    keep(change);
    if (hazards) page.showHazards();
  }

  /** @param whole all curves there are, and not only those that have changed */
  function follow(live: Live | undefined, whole = false): void {
    const before = run?.status;
    if (live !== undefined) parts.follow(live, whole);
    run = live?.run ?? run;
    if (results !== null && (whole || before !== run?.status)) parts.describe(results, run, welcome);
  }

  async function readAnew(): Promise<void> {
    welcome = await host.ready();
    bringForward();
    const now = await host.values(version);
    const before = results?.fingerprint;
    version = now.version;
    if (now.results !== undefined) {
      results = now.results;
      asking.forget(results?.fingerprint !== before);
    }
    follow(welcome.live, true);
    await draw();
  }
  function refresh(): void {
    readAnew().catch((error: unknown) => page.say(`The newest results could not be shown: ${reason(error)}`));
  }

  root.replaceChildren(...parts.elements, status);
  onThemeChange(() => {
    parts.redraw();
    front().redraw();
  });
  follow(welcome.live, true);
  bringForward();
  mounted = true;
  if (missed) refresh();
  await draw();
}
