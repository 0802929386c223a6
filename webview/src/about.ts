import { h, type ComponentChild } from 'preact';
import { keptReplicate } from '../../src/core/replicate';
import type { RunState, Welcome } from '../../src/protocol/dashboard';
import type { Hazard, Results, StatementResults } from '../../src/protocol/results';
import { type Missing, missingOf } from './missing';
import { plural, shown } from './number';
import { SaysList } from './says';
import { v } from './view';
import { grouped } from '../../src/formats/fixed';
import { visible } from '../../src/formats/visible';

/** Title and extent of the results, and what went wrong; what a run that goes on has not done yet has not gone wrong. */
export interface Headline {
  title: string;
  facts: string;
  /** Replicates without results, by what became of them: what failed first. */
  missing: Missing[];
  hazards: Hazard[];
}

/** @param counted whether something else on the page says how many replicates are done */
export function headline(results: Results, running: boolean, counted: boolean): Headline {
  const replicates = results.networks.flatMap((network) =>
    network.replicates.map((info) => ({ ...info, ...keptReplicate(network.name, info) })),
  );
  const done = replicates.filter(({ status }) => status === 'done').length;
  const networks = results.networks.filter(({ recorded }) => !recorded);
  const seeds = Math.max(
    0,
    ...networks.map((network) => new Set(network.replicates.map((one) => one.seed)).size),
  );
  const counts: [number, string][] = [
    [networks.length, 'network'],
    [seeds, 'seed'],
    [results.sweep?.points.length ?? 0, 'point'],
    [results.networks.length - networks.length, 'recording'],
  ];
  return {
    title: results.title,
    facts: [
      ...counts.flatMap(([count, what]) => (count > 0 ? [plural(count, what)] : [])),
      ...(counted ? [] : [`${grouped(done)} of ${plural(replicates.length, 'replicate')} done`]),
      ...(results.asked ? [plural(Object.keys(results.asked).length, 'evaluation set')] : []),
      ...(networks.length > 0 && !(results.asked && Object.keys(results.tasks).length === 0)
        ? [plural(Object.keys(results.tasks).length, 'task')]
        : []),
      plural(results.stimuli.test.count, 'test stimulus', 'test stimuli'),
    ].join(' · '),
    missing: missingOf(replicates, running),
    hazards: results.hazards,
  };
}

/** What is held here, how each measure is defined, and what computed it. */
export function About({
  results,
  welcome: { capabilities, analysedAt },
}: {
  results: Results;
  welcome: Welcome;
}): ComponentChild {
  const { engine, stimuli, experiment } = results;
  return v(
    'div',
    {},
    v('p', { class: 'caption statement' }, capabilities.statement),
    ...results.notes.map((note) => v('p', { class: 'caption' }, note)),
    ...declaredAndDrawn(results),
    v(
      'details',
      {},
      v('summary', {}, 'Definitions of the measures'),
      ...Object.values(results.measures)
        .filter(({ beside }) => beside === undefined)
        .map((info) => v('details', {}, v('summary', {}, info.title), h(SaysList, { info }))),
      v(
        'dl',
        {},
        ...Object.entries(results.definitions).flatMap(([name, text]) => [
          v('dt', {}, name),
          v('dd', {}, text),
        ]),
      ),
    ),
    ...(experiment === ''
      ? []
      : [v('details', { class: 'experiment-text' }, v('summary', {}, 'Experiment'), textBox(experiment))]),
    v(
      'details',
      {},
      v('summary', {}, 'Provenance'),
      v(
        'p',
        { class: 'caption' },
        `RepScope ${results.version}, ${engine.name} engine on ${engine.backend}, TensorFlow.js ${engine.tfjs}. ` +
          `Stimuli: seed ${stimuli.seed}, ${plural(stimuli.inputUnits, results.asked ? 'token of the vocabulary' : 'input unit', results.asked ? 'tokens of the vocabulary' : undefined)}, train ${stimuli.train.count}, fit ${stimuli.fit.count}, test ${stimuli.test.count}. ` +
          `Fingerprint ${results.fingerprint}.${analysedAt === undefined ? '' : ` Analysed ${new Date(analysedAt).toISOString()}.`}`,
      ),
    ),
  );
}

/** The text of a file, in its lines; what would not be seen in it is written out. */
function textBox(text: string): ComponentChild {
  return v(
    'pre',
    { tabindex: '0', role: 'region', 'aria-label': 'Text of the experiment file' },
    text.replaceAll('\r\n', '\n').replaceAll('\t', '  '),
  );
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
function declaredAndDrawn({ stimuli }: Results): ComponentChild[] {
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
  const line = (cells: readonly string[], of: 'th' | 'td' = 'td'): ComponentChild =>
    v('tr', {}, ...cells.map((cell) => v(of, {}, cell)));
  const rows = [...statements].map(([name, bySet]) => [name, ...SETS.map((set) => bySet.get(set) ?? '–')]);
  const extent = [
    ['stimuli', ...SETS.map((set) => String(stimuli[set].count))],
    [
      'with an input row of train',
      ...SETS.map((set) => (set === 'train' ? '–' : String(stimuli[set].inTrain))),
    ],
  ];
  return [
    v(
      'details',
      {},
      v('summary', {}, 'Declared and drawn stimuli'),
      v(
        'table',
        {},
        v('thead', {}, line(['drawn, of what was declared', ...SETS], 'th')),
        v('tbody', {}, ...[...rows, ...extent].map((cells) => line(cells))),
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
