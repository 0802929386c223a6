import type { RunState, Welcome } from '../../src/protocol/dashboard';
import type { Hazard, Results, StatementResults } from '../../src/protocol/results';
import { h } from './dom';
import { type Missing, missingOf } from './missing';
import { plural, shown } from './number';
import { saysList } from './says';
import { visible, visibleLines } from '../../src/formats/visible';

/** Title and extent of the results, and what went wrong; what a run that goes on has not done yet has not gone wrong. */
export interface Headline {
  title: string;
  facts: string;
  /** Replicates without results, by what became of them: what failed first. */
  missing: Missing[];
  hazards: Hazard[];
}

/** @param counted whether something else on the page says how many replicates are done */
export function headline(results: Results, run: RunState | undefined, counted: boolean): Headline {
  const running = run?.status === 'running';
  const replicates = results.networks.flatMap((network) =>
    network.replicates.map((replicate) => ({ network: network.name, ...replicate })),
  );
  const done = replicates.filter(({ status }) => status === 'done').length;
  const seeds = Math.max(0, ...results.networks.map((network) => network.replicates.length));
  return {
    title: results.title,
    facts: [
      plural(results.networks.length, 'network'),
      plural(seeds, 'seed'),
      ...(counted ? [] : [`${done} of ${plural(replicates.length, 'replicate')} done`]),
      plural(Object.keys(results.tasks).length, 'task'),
      plural(results.stimuli.test.count, 'test stimulus', 'test stimuli'),
    ].join(' · '),
    missing: missingOf(replicates, running),
    hazards: results.hazards,
  };
}

/** What is held here, how each measure is defined, and what computed it. */
export function about(results: Results, { capabilities, analysedAt }: Welcome): HTMLElement {
  const { engine, stimuli, experiment } = results;
  return h(
    'div',
    {},
    h('p', { class: 'caption statement' }, capabilities.statement),
    ...results.notes.map((note) => h('p', { class: 'caption' }, note)),
    ...declaredAndDrawn(results),
    h(
      'details',
      {},
      h('summary', {}, 'Definitions of the measures'),
      ...Object.values(results.measures)
        .filter(({ beside }) => beside === undefined)
        .map((info) => h('details', {}, h('summary', {}, info.title), saysList(info))),
      h(
        'dl',
        {},
        ...Object.entries(results.definitions).flatMap(([name, text]) => [
          h('dt', {}, name),
          h('dd', {}, text),
        ]),
      ),
    ),
    ...(experiment === ''
      ? []
      : [h('details', { class: 'experiment-text' }, h('summary', {}, 'Experiment'), textBox(experiment))]),
    h(
      'details',
      {},
      h('summary', {}, 'Provenance'),
      h(
        'p',
        { class: 'caption' },
        `RepScope ${results.version}, ${engine.name} engine on ${engine.backend}, TensorFlow.js ${engine.tfjs}. ` +
          `Stimuli: seed ${stimuli.seed}, ${plural(stimuli.inputUnits, 'input unit')}, train ${stimuli.train.count}, fit ${stimuli.fit.count}, test ${stimuli.test.count}. ` +
          `Fingerprint ${results.fingerprint}.${analysedAt === undefined ? '' : ` Analysed ${new Date(analysedAt).toISOString()}.`}`,
      ),
    ),
  );
}

/** The text of a file, in its lines; what would not be seen in it is written out. */
function textBox(text: string): HTMLElement {
  const box = h('pre', {
    attributes: { tabindex: '0', role: 'region', 'aria-label': 'Text of the experiment file' },
  });
  box.textContent = visibleLines(text.replaceAll('\r\n', '\n').replaceAll('\t', '  '));
  return box;
}

/** What to expect where there is nothing to show yet. */
export function beforeResults(run: RunState | undefined): string {
  return run?.status === 'running'
    ? 'The first pictures come with the first checkpoint of the first network.'
    : 'Analyze trains the networks of this file, here and on this machine, and shows what they represent: accuracy beside variance ' +
        'explained, principal components, single units, representational similarity, and how far each picture can be trusted. ' +
        'A quick look does it for one seed.';
}

const SETS = ['train', 'fit', 'test'] as const;

/** What the file says of its stimuli beside what was drawn, and how many stimuli were trained on; nothing where nothing was drawn. */
function declaredAndDrawn({ stimuli }: Results): HTMLElement[] {
  const statements = new Map<string, Map<string, string>>();
  for (const set of SETS) {
    for (const statement of stimuli[set].drawing) {
      const name = statementName(statement);
      statements.set(
        name,
        (statements.get(name) ?? new Map<string, string>()).set(set, drawnText(statement)),
      );
    }
  }
  if (statements.size === 0) return [];
  const line = (cells: readonly string[], of: 'th' | 'td' = 'td'): HTMLElement =>
    h('tr', {}, ...cells.map((cell) => h(of, {}, cell)));
  const rows = [...statements].map(([name, bySet]) => [name, ...SETS.map((set) => bySet.get(set) ?? '–')]);
  const extent = [
    ['stimuli', ...SETS.map((set) => String(stimuli[set].count))],
    [
      'with an input row of train',
      ...SETS.map((set) => (set === 'train' ? '–' : String(stimuli[set].inTrain))),
    ],
  ];
  return [
    h(
      'details',
      {},
      h('summary', {}, 'Declared and drawn stimuli'),
      h(
        'table',
        {},
        h('thead', {}, line(['drawn, of what was declared', ...SETS], 'th')),
        h('tbody', {}, ...[...rows, ...extent].map((cells) => line(cells))),
      ),
    ),
  ];
}

function statementName({ feature, kind, of }: StatementResults): string {
  const name = visible(feature);
  if (kind === 'prevalence') return `${name} is ${visible(of)}`;
  return kind === 'agreement' ? `${name} agrees` : `${name} correlates with ${visible(of)}`;
}

function drawnText({ drawn, declared, expected, met }: StatementResults): string {
  return `${shown(drawn)} of ${shown(expected ?? declared)}${met ? '' : ' ✗ beyond sampling error'}`;
}
