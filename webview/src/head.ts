import { h, type ComponentChild } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { replicateLabel } from '../../src/core/replicate';
import type { LiveCurve, RunCommand, RunState } from '../../src/protocol/dashboard';
import type { Results } from '../../src/protocol/results';
import { isResumable } from '../../src/protocol/status';
import { type Headline, headline } from './about';
import { livePicture } from './charts/live-picture';
import { pictureChart } from './charts/picture-chart';
import { Button } from './control-bar';
import { MissingLine } from './missing';
import type { Page } from './page';
import { gravest, hazardCount } from './panels/hazard-words';
import type { State } from './state';
import { TableView } from './table';
import { currentTheme, onThemeChange } from './theme';
import { ThemeSwitch } from './theme-switch';
import { v } from './view';
import { visible } from '../../src/formats/visible';

type Asks = Pick<Page, 'command' | 'showHazards'>;

/** The head of the page: the title; how the run stands, the curves of its replicates while they train, and the buttons. */
export function Head({ state, page }: { state: State; page: Asks }): ComponentChild {
  const { train, theme } = state.welcome.value.capabilities;
  const { run, curves, spoken } = state.standing.value ?? {};
  const running = run?.status === 'running';
  const [open, turn] = useState(false);
  // While it trains the curves are what there is to see; afterwards they make room.
  useLayoutEffect(() => turn(running), [run?.status]);
  const results = state.results.value;
  const training = [...(curves?.values() ?? [])].filter(({ source }) => trains(results, source));
  const there = training.length > 0;
  const shown = useMemo(() => results && headline(results, running, train), [results, running, train]);
  return v(
    'section',
    { class: 'live', 'aria-label': 'Analysis', 'data-status': run?.status ?? '' },
    v(
      'div',
      { class: 'live-row' },
      v('h1', {}, visible(shown?.title ?? 'RepScope')),
      v(
        'div',
        { class: 'tools' },
        ...(train ? runButtons(run, page) : []),
        theme === 'page' ? h(ThemeSwitch, { changed: (wish) => state.keep({ theme: wish }) }) : null,
      ),
    ),
    v(
      'div',
      { class: 'live-row' },
      v('div', { class: 'live-said' }, ...(train ? runSaid(run) : []), ...facts(shown, page)),
      there
        ? v(
            'button',
            {
              class: 'disclosure',
              type: 'button',
              'aria-controls': curvesId,
              'aria-expanded': open,
              onclick: () => turn(!open),
            },
            v('span', { class: 'chevron', 'aria-hidden': 'true' }),
            'Training curves',
          )
        : null,
      h(MissingLine, { missing: shown?.missing ?? [] }),
    ),
    h(Curves, { curves: training, hidden: !there || !open }),
    v('p', { class: 'for-readers', 'aria-live': 'polite' }, spoken ?? ''),
  );
}

/** Not what was brought along, nor networks that have the weights of another. */
function trains(results: Results | null, source: string): boolean {
  const network = results?.networks.find(({ name }) => name === source);
  return network?.recorded !== true && network?.changed === undefined;
}

function runButtons(run: RunState | undefined, page: Asks): ComponentChild[] {
  const button = (command: RunCommand, label: string, hint?: string): ComponentChild =>
    h(Button, { key: command, label, hint, press: () => page.command(command) });
  if (run?.status === 'running') return [button('cancel', 'Cancel', 'Cancel the analysis')];
  return [
    // Half a quick look goes on as one.
    button(run !== undefined && isResumable(run) ? 'resume' : 'analyze', label(run)),
    button('quickLook', 'Quick look', 'Quick look: analyze one seed only'),
    ...(run === undefined || run.finished === 0
      ? []
      : [
          button('exportReport', 'Report', 'Report: save all of it as one HTML file'),
          button('exportActivations', 'Activations', 'Activations: save those of a replicate as safetensors'),
        ]),
    run?.status === 'failed' ? button('showLog', 'Show log') : null,
  ];
}

/** What is going on, and how far it is. */
function runSaid(run: RunState | undefined): ComponentChild[] {
  const progress = { max: 1, value: run?.progress ?? 0, 'aria-label': 'Progress of the analysis' };
  return [
    v('span', { class: 'live-message' }, run?.message ?? ''),
    v('progress', { hidden: run?.status !== 'running', ...progress }),
  ];
}

function facts(shown: Headline | null, page: Asks): ComponentChild[] {
  if (shown === null) return [];
  return [
    shown.hazards.length === 0
      ? null
      : v(
          'button',
          {
            class: `hazard hazard-count ${gravest(shown.hazards)}`,
            type: 'button',
            title: 'Show what to be careful about',
            onclick: () => page.showHazards(),
          },
          hazardCount(shown.hazards),
        ),
    v('span', { class: 'facts' }, visible(shown.facts)),
  ];
}

const curvesId = 'disclosed-training-curves';

/** The curves of training as a picture, and as a table where that is opened. */
function Curves({ curves, hidden }: { curves: readonly LiveCurve[]; hidden: boolean }): ComponentChild {
  const place = useRef<HTMLDivElement>(null);
  const newest = useRef(curves);
  newest.current = curves;
  const [redraw] = useState(() =>
    onceAFrame(() => {
      if (place.current === null || place.current.clientWidth === 0) return;
      void pictureChart(() => livePicture(newest.current)).draw(place.current, currentTheme());
    }),
  );
  useEffect(() => {
    onThemeChange(redraw);
    if (place.current !== null) new ResizeObserver(redraw).observe(place.current);
  }, []);
  useLayoutEffect(redraw, [curves]);
  const [table, openTable] = useState(false);
  const toggle = ({ target }: Event): void => openTable((target as HTMLDetailsElement).open);
  return v(
    'div',
    { class: 'live-box', hidden, id: curvesId },
    v('div', {
      class: 'picture live-curves',
      ref: place,
      role: 'img',
      'aria-label': inWords(curves),
    }),
    v(
      'details',
      { ontoggle: toggle },
      v('summary', {}, 'Table of the curves'),
      table ? h(TableView, { table: tableOf(curves), name: 'Training curves' }) : null,
    ),
  );
}

/** However often it is asked for, it is done once a frame of the screen. */
function onceAFrame(then: () => void): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      then();
    });
  };
}

function label(run: RunState | undefined): string {
  if (run === undefined || run.status === 'none') return 'Analyze';
  return isResumable(run) ? 'Resume' : 'Analyze again';
}

/** What the picture of the curves shows, in words. */
function inWords(curves: readonly LiveCurve[]): string {
  return `Training curves. ${curves
    .map((curve) => {
      const last = curve.tasks.map((task, at) => `${task} ${(curve.accuracy[at]?.at(-1) ?? 0).toFixed(2)}`);
      const numbers = curve.epochs.length === 0 ? '' : `, accuracy ${last.join(', ')}`;
      return `${replicateLabel(curve)}: ${curve.status}${numbers}`;
    })
    .join('. ')}`;
}

function tableOf(curves: readonly LiveCurve[]) {
  const isSwept = curves.some(({ point }) => point > 0);
  return {
    columns: ['network', ...(isSwept ? ['point'] : []), 'seed', 'status', 'epoch', 'loss', 'accuracy'],
    rows: curves.map((curve) => [
      curve.source,
      ...(isSwept ? [curve.point] : []),
      curve.seed,
      curve.status,
      curve.epochs.at(-1) ?? null,
      curve.loss.at(-1) ?? null,
      curve.tasks.map((task, at) => `${task} ${curve.accuracy[at]?.at(-1)?.toFixed(3) ?? '–'}`).join(', '),
    ]),
  };
}
