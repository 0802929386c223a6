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
import { h, svg } from './dom';
import { hear } from './hosts/hear';
import { plural, shownInterval } from './number';

interface SideApi {
  postMessage(message: ToSideHost): void;
}

const api = (window as unknown as { acquireVsCodeApi(): SideApi }).acquireVsCodeApi();
const root = document.getElementById('repscope') ?? document.body;
root.setAttribute('role', 'main');
let drawn = '';

hear(isToSide, ({ state }) => show(state));
api.postMessage({ type: 'ready' });

function show(state: SideState): void {
  const now = JSON.stringify(state);
  if (now === drawn) return;
  drawn = now;
  // A button that has the focus keeps it over a redraw.
  const focused = document.activeElement?.id ?? '';
  root.replaceChildren(...(state.experiment ? experiment(state.experiment) : nothing()));
  if (focused !== '') document.getElementById(focused)?.focus();
}

function nothing(): Node[] {
  return [
    h('p', {}, 'Open an experiment file (*.experiment.json) to see what its networks represent.'),
    h('div', { class: 'buttons' }, button('openExample', 'Open an Example', true)),
  ];
}

function experiment(shown: SideExperiment): Node[] {
  const { run } = shown;
  const untitled = shown.title.trim() === '';
  const running = run.status === 'running';
  const some = shown.networks.some(({ tasks }) => tasks.some(({ varianceExplained }) => varianceExplained));
  return [
    h('h1', {}, untitled ? shown.file : shown.title),
    ...(untitled ? [] : [h('p', { class: 'muted' }, shown.file)]),
    h('p', { class: `said ${run.status}`, attributes: running ? {} : { role: 'status' } }, run.message),
    running
      ? h('progress', {
          attributes: { max: '1', value: String(run.progress), 'aria-label': 'Progress of the analysis' },
        })
      : h('span'),
    h(
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
      ? h('span')
      : h('p', { class: 'muted' }, `Last run: ${shown.finished}, ${plural(shown.seeds, 'seed')}.`),
  ];
}

const keys = [
  ['accuracy', 'accuracy', ''],
  ['variance', 'variance explained', ' (last hidden layer)'],
  ['chance-key', 'chance', ''],
] as const;

function bars(shown: SideExperiment): Node[] {
  return [
    h(
      'div',
      { class: `networks${shown.run.stale ? ' stale' : ''}` },
      h(
        'p',
        { class: 'muted' },
        ...keys.flatMap(([key, name, more]) => [
          h('span', { class: 'entry' }, h('span', { class: `key ${key}` }), ` ${name}`),
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

function networkBars({ name, layer, tasks }: SideNetwork): HTMLElement {
  return h(
    'section',
    { attributes: { 'aria-label': `Network ${name}` } },
    h('h2', {}, name),
    ...tasks.map((task) =>
      h(
        'div',
        { class: 'task' },
        h('span', { class: 'task-name' }, task.name),
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
function bar(kind: string, interval: Interval | null, label: string, chance: number | null): HTMLElement {
  const mean = interval?.mean ?? null;
  if (interval === null || mean === null)
    return h(
      'div',
      { class: 'measure muted' },
      kind === 'accuracy' ? 'not trained on' : 'variance undefined',
    );
  const said = shownInterval({ ...interval, ...remarkedMean(interval) });
  const fewer = remark({ n: interval.n, of: interval.values.length });
  const at = (value: number): number => 100 * Math.min(1, Math.max(0, value));
  // A halo in the background's colour under each: it is seen on any bar.
  const haloed = (name: string, x1: number, x2: number, y1: number, y2: number) =>
    ['halo', ''].map((halo) => svg('line', { class: `${name} ${halo}`.trim(), x1, x2, y1, y2 }));
  const whisker =
    interval.low === null || interval.high === null
      ? []
      : haloed('whisker', at(interval.low), at(interval.high), 5, 5);
  const mark = chance === null ? [] : haloed('chance', at(chance), at(chance), 0, 10);
  return h(
    'div',
    { class: 'measure' },
    svg(
      'svg',
      {
        class: 'bar-space',
        viewBox: '0 0 100 10',
        preserveAspectRatio: 'none',
        role: 'img',
        'aria-label': `${label}: ${said}`,
      },
      svg('rect', { class: 'track', x: 0, y: 1, width: 100, height: 8 }),
      svg('rect', { class: kind, x: 0, y: 1, width: at(mean), height: 8 }),
      ...mark,
      ...whisker,
    ),
    h(
      'span',
      { class: 'value', attributes: { title: `${label}: ${said}` } },
      fewer === '' ? percent(mean) : `${percent(mean)} (${fewer})`,
    ),
  );
}

const severities = { serious: 'Serious', warning: 'Warning', info: 'Note' };

function hazards({ hazards: list }: SideExperiment): Node[] {
  if (list.length === 0) return [];
  return [
    h(
      'section',
      { attributes: { 'aria-label': 'What to be careful about' } },
      h('h2', {}, 'What to be careful about'),
      h(
        'ul',
        { class: 'hazards' },
        ...list.map(({ severity, message }) =>
          h('li', { class: severity }, h('strong', {}, severities[severity]), ` ${message}`),
        ),
      ),
    ),
  ];
}

function button(command: SideCommand, label: string, primary: boolean): HTMLElement {
  return h(
    'button',
    {
      class: primary ? 'primary' : 'secondary',
      attributes: { type: 'button', id: `button-${command}` },
      on: { click: () => api.postMessage({ type: 'command', command }) },
    },
    label,
  );
}
