import { Fragment, h, type ComponentChild } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { About, beforeResults } from './about';
import { ControlBar } from './control-bar';
import { Head } from './head';
import { selectedOf } from './labels';
import type { Page } from './page';
import type { Answers, View } from './panel';
import type { PanelFrame } from './panel-frame';
import { DOCUMENTS, documentOfStimulus } from './panels/document-stimuli';
import { stimuliQuery } from './panels/one-replicate';
import { sourceLine } from './provenance';
import { resolved } from './resolved';
import { Scrubber } from './scrubber';
import { SelectedStimuli, SelectStimuli } from './selection';
import { followedChoices, placeChoices } from './selectors';
import type { State } from './state';
import { Tabs } from './tabs';
import { Held, v } from './view';

type Frames = readonly PanelFrame<Record<string, unknown>>[];

/** Asks nothing. */
const noAnswers: Answers = { of: () => undefined, failure: () => undefined };

interface Parts {
  state: State;
  page: Page;
  frames: Frames;
  /** One figure stands there by itself, without the head of the run and without tabs. */
  alone: boolean;
}

/** What stands on the page: the head, tabs with what is chosen for all panels, the panels, the foot, the status line. */
export function Layout(parts: Parts): ComponentChild {
  const { state, page, alone } = parts;
  return h(
    Fragment,
    {},
    v('header', {}, alone ? h(Title, { state }) : h(Head, { state, page })),
    h(Body, parts),
    h(StatusLine, { state }),
  );
}

/** Of which experiment a figure is that stands by itself. */
function Title({ state }: { state: State }): ComponentChild {
  return v('h1', {}, state.results.value?.title ?? 'RepScope');
}

/** Where there is nothing to show yet, what to expect stands in its place. */
function Body({ state, page, frames, alone }: Parts): ComponentChild {
  const [results, view, front] = [state.results.value, state.view.value, state.front.value];
  if (results === null || view === null)
    return v('main', { class: 'caption' }, beforeResults(state.standing.value?.run));
  const tabs = frames.map(({ panel }) => ({
    id: panel.id,
    title: panel.title,
    offered: panel.offered?.(view) !== false,
  }));
  return h(
    Fragment,
    {},
    v(
      'nav',
      { class: 'sticky' },
      v(
        'div',
        { class: 'tabs-and-scrubber' },
        alone ? null : h(Tabs, { tabs, front: front.id, choose: (tab) => page.choose({ tab }) }),
        h(Scrubber, { state, page }),
      ),
      h(CommonBar, { state, page, view }),
    ),
    v(
      'main',
      {},
      h(Selected, { state, page, alone }),
      ...frames.map((frame) => h(PanelBody, { key: frame.panel.id, state, frame, alone })),
    ),
    v(
      'footer',
      {},
      alone
        ? v('p', { class: 'caption' }, sourceLine(page.source()))
        : h(About, { results, welcome: state.welcome.value }),
    ),
  );
}

/** Replicate and layer, as far as the panel in front follows them, and the list to select stimuli. */
function CommonBar({ state, page, view }: { state: State; page: Page; view: View }): ComponentChild {
  const { c, options, labels } = resolved(placeChoices, state.chosen.value, noAnswers, view);
  const followed = Object.fromEntries(
    followedChoices(state.front.value).map((name) => [name, options[name]]),
  );
  const marked = selection(state);
  const choose = page.choose.bind(page);
  return v(
    'div',
    {
      class: 'bar',
      // What has nothing in it takes no room.
      hidden: marked === null && Object.values(followed).every((offered) => offered?.length === 0),
      role: 'group',
      'aria-label': 'What is shown',
    },
    v(
      'div',
      { class: 'common' },
      h(ControlBar<Record<string, unknown>>, {
        choices: placeChoices,
        resolved: { c, options: followed, labels },
        choose,
      }),
    ),
    marked === null ? null : h(SelectStimuli, { ...marked, choose }),
  );
}

function Selected({ state, page, alone }: Pick<Parts, 'state' | 'page' | 'alone'>): ComponentChild {
  const [marked, at] = [selection(state), state.shown.value];
  if (marked === null || at === null) return null;
  const {
    stimuli: { tokens },
    selected: [first],
  } = marked;
  const leads = !alone && state.front.value.id !== DOCUMENTS;
  const document = leads && tokens && first !== undefined ? documentOfStimulus(tokens, first, at.view) : null;
  return h(SelectedStimuli, { ...marked, document, choose: (change) => page.choose(change) });
}

/** The stimuli that are marked, where single ones are shown. */
function selection({ shown }: State) {
  const at = shown.value;
  const stimuli = at?.gathered.answers.of(stimuliQuery(at.view));
  if (stimuli === undefined) return null;
  return { stimuli, selected: selectedOf(at?.view.selected ?? [], stimuli.count) };
}

/** A panel in its place, drawn when what it wants has come. */
function PanelBody({
  state,
  frame,
  alone,
}: Pick<Parts, 'state' | 'alone'> & { frame: Frames[number] }): ComponentChild {
  const { panel, element } = frame;
  const shown = state.shown.value;
  useLayoutEffect(() => {
    if (shown?.panel !== panel) return;
    try {
      frame.draw(shown.view, shown.gathered);
    } catch (error) {
      state.fail(panel, error);
      return;
    }
    if (shown.wish === state.wished) state.progress.value = 'drawn';
    document.body.dataset['shown'] = `${panel.id} ${shown.wish}`;
    const sought = state.sought.peek();
    if (sought === null) return;
    frame.showHazards(sought.rule);
    state.sought.value = null;
  }, [shown]);
  return v(
    'div',
    {
      class: 'panel',
      hidden: state.front.value !== panel,
      ...(alone ? {} : { role: 'tabpanel', id: `panel-${panel.id}`, 'aria-labelledby': `tab-${panel.id}` }),
    },
    h(Held, { element }),
  );
}

function StatusLine({ state }: { state: State }): ComponentChild {
  const text = state.trouble.value === '' ? state.said.value : state.trouble.value;
  return v('div', { class: 'status', role: 'status', 'aria-live': 'polite' }, text);
}
