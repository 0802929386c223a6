import { h as node, render } from 'preact';
import type { DashboardCapabilities, Live, RunState, Welcome } from '../../src/protocol/dashboard';
import type { Results } from '../../src/protocol/results';
import { about, beforeResults, headline } from './about';
import type { Answers, Panel, View } from './panel';
import type { PanelFrame } from './panel-frame';
import type { Chosen } from './choices';
import { ControlBar } from './control-bar';
import { h } from './dom';
import { head } from './live';
import type { Page } from './page';
import { resolved } from './resolved';
import { scrubber } from './scrubber';
import { selectionBar } from './selection';
import { placeChoices } from './selectors';
import { tabs } from './tabs';
import { applyPageTheme, themeSwitch } from './theme-switch';

/** Asks nothing. */
const noAnswers: Answers = { of: () => undefined, failure: () => undefined };

/** What stands on the page: the head, tabs with what is chosen for all panels, the panels, the foot. */
export function layout<C extends object>(
  frames: readonly PanelFrame<C>[],
  page: Page,
  { train, theme }: DashboardCapabilities,
) {
  const bar = tabs(
    frames.map(({ panel: { id, title }, element }) => ({ id, title, element })),
    'Views',
    (id) => page.choose({ tab: id }),
  );
  const scrub = scrubber(page);
  const selected = selectionBar(page);
  const place = h('div', { class: 'common' });
  const shared = h(
    'div',
    { class: 'bar', attributes: { role: 'group', 'aria-label': 'What is shown' } },
    place,
    selected.control,
  );
  const foot = h('div');
  const body = h(
    'div',
    {},
    h('nav', { class: 'sticky' }, h('div', { class: 'tabs-and-scrubber' }, bar.row, scrub.element), shared),
    h('main', {}, selected.element, ...bar.bodies),
    h('footer', {}, foot),
  );
  const empty = h('main', { class: 'caption' }, beforeResults(undefined));
  const live = head(page, train);
  if (theme === 'page')
    live.add(
      themeSwitch((wish) => {
        applyPageTheme(wish);
        page.choose({ theme: wish });
      }),
    );

  /** What has nothing in it takes no room. */
  function fold(): void {
    shared.hidden = place.childElementCount === 0 && selected.control.hidden === true;
  }

  return {
    elements: [h('header', {}, live.element), empty, body],
    scrub,
    /** Where there is nothing to show yet, what to expect stands in its place. */
    showAny(any: boolean): void {
      body.hidden = !any;
      empty.hidden = any;
    },
    /** Which panel is in front, and what it follows. */
    front(view: View, { id, follows }: Panel<C>, chosen: Chosen): void {
      bar.show(id);
      bar.offer(frames.filter(({ panel }) => panel.offered?.(view) !== false).map(({ panel }) => panel.id));
      const { c, options } = resolved(placeChoices, chosen, noAnswers, view);
      const followed = Object.entries(options).filter(([name]) => follows.some((one) => one === name));
      render(
        node(ControlBar<Record<string, unknown>>, {
          choices: placeChoices,
          resolved: { c, options: Object.fromEntries(followed) },
          choose: (change) => page.choose(change),
        }),
        place,
      );
      scrub.show(view, follows.includes('checkpoint'));
      fold();
    },
    /** The stimuli that are marked, where single ones are shown. */
    select(answers: Answers, { selected: marked }: View): void {
      selected.show(answers.of({ kind: 'stimuli', place: undefined, parameters: undefined }), marked);
      fold();
    },
    follow(update: Live, whole: boolean): void {
      live.show(update, whole);
      empty.textContent = beforeResults(update.run);
    },
    /** Title, extent and what went wrong; what is held here. */
    describe(results: Results, run: RunState | undefined, welcome: Welcome): void {
      live.describe(headline(results, run, train));
      foot.replaceChildren(about(results, welcome));
    },
    redraw: live.redraw,
  };
}
