import { signal } from '@preact/signals';
import { type ComponentChild, h, render } from 'preact';
import {
  type SideCommand,
  type SideExperiment,
  type SideNetwork,
  type SideState,
  type ToSideHost,
  isToSide,
} from '../../src/protocol/side';
import { percent } from '../../src/formats/percent';
import { remark, remarkedMean } from '../../src/formats/remark';
import type { Interval } from '../../src/protocol/results';
import { isResumable } from '../../src/protocol/status';
import { hear } from './hosts/hear';
import { plural, shownInterval } from './number';
import { v } from './view';

interface SideApi {
  postMessage(message: ToSideHost): void;
}

const api = (window as unknown as { acquireVsCodeApi(): SideApi }).acquireVsCodeApi();
const root = document.getElementById('repscope') ?? document.body;
root.setAttribute('role', 'main');
const state = signal<SideState | null>(null);

hear(isToSide, (message) => (state.value = message.state));
api.postMessage({ type: 'ready' });
// What the page says until its script runs would stay.
root.replaceChildren();
render(h(Side, {}), root);

/** All of the panel; what is the same stays, with the focus in it. */
function Side(): ComponentChild {
  if (state.value === null) return h('p', {}, 'Starting…');
  return state.value.experiment ? experiment(state.value.experiment) : nothing();
}

function nothing(): ComponentChild[] {
  return [
    v('p', {}, 'Open an experiment file (*.experiment.json) to see what its networks represent.'),
    v('div', { class: 'buttons' }, button('openExample', 'Open an Example', true)),
  ];
}

function experiment(shown: SideExperiment): ComponentChild[] {
  const { run } = shown;
  const untitled = shown.title.trim() === '';
  const running = run.status === 'running';
  const some = shown.networks.some(({ tasks }) => tasks.some(({ varianceExplained }) => varianceExplained));
  return [
    v('h1', {}, untitled ? shown.file : shown.title),
    untitled ? null : v('p', { class: 'muted' }, shown.file),
    v('p', { class: `said ${run.status}`, role: running ? undefined : 'status' }, run.message),
    running
      ? v('progress', {
          max: 1,
          value: run.progress,
          'aria-label': 'Progress of the analysis',
        })
      : null,
    v(
      'div',
      { class: 'buttons' },
      ...(running
        ? [button('cancel', 'Cancel', true)]
        : [
            isResumable(run) ? button('resume', 'Resume', true) : button('analyze', 'Analyze', true),
            button('quickLook', 'Quick look', false),
          ]),
      ...(run.status === 'none' ? [] : [button('showDashboard', 'Dashboard', false)]),
    ),
    ...(some ? bars(shown) : hazards(shown)),
    shown.finished === ''
      ? null
      : v('p', { class: 'muted' }, `Last run: ${shown.finished}, ${plural(shown.seeds, 'seed')}.`),
  ];
}

const keys = [
  ['accuracy', 'accuracy', ''],
  ['variance', 'variance explained', ' (last hidden layer)'],
  ['chance-key', 'chance', ''],
] as const;

function bars(shown: SideExperiment): ComponentChild[] {
  return [
    v(
      'div',
      { class: `networks${shown.run.stale ? ' stale' : ''}` },
      v(
        'p',
        { class: 'muted' },
        ...keys.flatMap(([key, name, more]) => [
          v('span', { class: 'entry' }, v('span', { class: `key ${key}` }), ` ${name}`),
          `${more} `,
        ]),
      ),
      // What the first network's bars tempt one to conclude stands right under them.
      ...shown.networks.slice(0, 1).map(networkBars),
      ...hazards(shown),
      ...shown.networks.slice(1).map(networkBars),
    ),
  ];
}

function networkBars({ name, layer, tasks }: SideNetwork): ComponentChild {
  return v(
    'section',
    { 'aria-label': `Network ${name}` },
    v('h2', {}, name),
    ...tasks.map((task) =>
      v(
        'div',
        { class: 'task' },
        v('span', { class: 'task-name' }, task.name),
        bar('accuracy', task.accuracy, `${task.name}, accuracy in ${name}`, task.chance),
        bar(
          'variance',
          task.varianceExplained,
          `${task.name}, variance explained in ${layer} of ${name}`,
          null,
        ),
      ),
    ),
  );
}

/** A bar from 0 to 1 with its interval, and the number beside it. */
function bar(kind: string, interval: Interval | null, label: string, chance: number | null): ComponentChild {
  const mean = interval?.mean ?? null;
  if (interval === null || mean === null)
    return v(
      'div',
      { class: 'measure muted' },
      kind === 'accuracy' ? 'not trained on' : 'variance explained has no value',
    );
  const said = shownInterval({ ...interval, ...remarkedMean(interval) });
  const fewer = remark({ n: interval.n, of: interval.values.length });
  const at = (value: number): number => 100 * Math.min(1, Math.max(0, value));
  // A halo in the background's colour under each: it is seen on any bar.
  const haloed = (name: string, x1: number, x2: number, y1: number, y2: number) =>
    ['halo', ''].map((halo) =>
      v('line', {
        class: `${name} ${halo}`.trim(),
        x1,
        x2,
        y1,
        y2,
      }),
    );
  const whisker =
    interval.low === null || interval.high === null
      ? []
      : haloed('whisker', at(interval.low), at(interval.high), 5, 5);
  const mark = chance === null ? [] : haloed('chance', at(chance), at(chance), 0, 10);
  return v(
    'div',
    { class: 'measure' },
    v(
      'svg',
      {
        class: 'bar-space',
        ...{ viewBox: '0 0 100 10', preserveAspectRatio: 'none', role: 'img' },
        'aria-label': `${label}: ${said}`,
      },
      track('track', 100),
      track(kind, at(mean)),
      ...mark,
      ...whisker,
    ),
    v(
      'span',
      { class: 'value', title: `${label}: ${said}` },
      fewer === '' ? percent(mean) : `${percent(mean)} (${fewer})`,
    ),
  );
}

function track(name: string, width: number): ComponentChild {
  return v('rect', { class: name, x: 0, y: 1, width, height: 8 });
}

const severities = { serious: 'Serious', warning: 'Warning', info: 'Note' };

function hazards({ hazards: list }: SideExperiment): ComponentChild[] {
  if (list.length === 0) return [];
  return [
    v(
      'section',
      { 'aria-label': 'What to be careful about' },
      v('h2', {}, 'What to be careful about'),
      v(
        'ul',
        { class: 'hazards' },
        ...list.map(({ severity, message }) =>
          v('li', { class: severity }, v('strong', {}, severities[severity]), ` ${message}`),
        ),
      ),
    ),
  ];
}

function button(command: SideCommand, label: string, primary: boolean): ComponentChild {
  return v(
    'button',
    {
      class: primary ? 'primary' : 'secondary',
      key: command,
      type: 'button',
      id: `button-${command}`,
      onclick: () => api.postMessage({ type: 'command', command }),
    },
    label,
  );
}
