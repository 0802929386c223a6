import { describe, expect, it } from 'vitest';
import { type Live, isToHost, isToWebview } from '../../../src/protocol/dashboard';
import { wrap } from '../../../src/protocol/parcel';
import { isToSide, isToSideHost } from '../../../src/protocol/side';

const call = (name: unknown, parameter?: unknown) => ({ type: 'call', id: 1, call: name, parameter });
const picture = (kind: unknown, place?: unknown, parameters?: unknown) =>
  call('picture', { kind, place, parameters });
const place = { source: 'both', point: 0, seed: 0, step: 800 };
const ofLayer = { ...place, layer: 'hidden' };
const past = { layer: 'lastHidden', epoch: 2.5, point: 0 };
const measure = { measure: 'rsa(correlation, kendall)' };
const long = 'n'.repeat(1_001);

/** What no guard takes for a message. */
const nothings = [undefined, null, 1, 'call', true, [], ['call'], {}, { type: 1 }, { type: null }];
/** Every object has these. */
const inherited = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
/** Numbers that count nothing. */
const uncounted = [-1, 0.5, 1e300, 2 ** 53, NaN, Infinity, '1', null, undefined, [1], { valueOf: () => 1 }];

describe('the dashboard’s host', () => {
  it.each([
    call('ready'),
    call('values', { table: 0, rows: 0 }),
    call('values', { version: 3, table: 1, rows: 20 }),
    call('picture', { kind: 'stimuli' }),
    picture('replicate', place),
    picture('replicate', { ...place, source: '__proto__' }, { layer: 'hidden' }),
    picture('replicate', place, { layer: 'hidden', picture: 'rdm' }),
    picture('similarities', past, measure),
    picture('unit', ofLayer, { unit: 3 }),
    call('export', { name: 'a.png', bytes: Uint8Array.of(1) }),
    call('command', 'showLog'),
    call('command', { panel: 'pca', figure: 'PCA scores', choices: '{}' }),
    call('command', { title: 'PCA scores' }),
  ])('answers %j', (message) => expect(isToHost(message)).toBe(true));

  it.each([...nothings, ...inherited.map((type) => ({ ...call('ready'), type })), { type: 'reply', id: 1 }])(
    'drops %j',
    (message) => expect(isToHost(message)).toBe(false),
  );

  it.each([...inherited, 'Ready', '', 0, null, ['ready'], { toString: () => 'ready' }])(
    'drops a call of %j',
    (name) => expect(isToHost(call(name))).toBe(false),
  );

  it.each(uncounted)('drops where %s stands for a number', (number) => {
    const strange = [
      { ...call('ready'), id: number },
      ...(number === undefined ? [] : [call('values', { version: number, table: 0, rows: 0 })]),
      call('values', { table: number, rows: 0 }),
      call('values', { table: 0, rows: number }),
      picture('replicate', { ...place, seed: number }),
      picture('replicate', { ...place, point: number }),
      picture('replicate', { ...place, step: number }),
      picture('unit', ofLayer, { unit: number }),
      ...(number === 0.5 ? [] : [picture('similarities', { ...past, epoch: number }, measure)]),
    ];
    expect(strange.filter(isToHost)).toEqual([]);
  });

  it.each([
    call('ready', {}),
    call('values'),
    call('picture'),
    ...[...inherited, 'detail', null].map((kind) => picture(kind, place)),
    picture('stimuli', {}),
    picture('replicate', null),
    picture('replicate', 'both'),
    picture('replicate', { ...place, source: long }),
    picture('replicate', { ...place, source: ['both'] }),
    picture('replicate', place, null),
    picture('replicate', place, {}),
    picture('replicate', place, { layer: 'hidden', picture: 'constructor' }),
    picture('replicate', Object.create(place)),
    picture('unit', place, { unit: 3 }),
    picture('similarities', past, { measure: long }),
    picture('similarities', { ...past, epoch: -1 }, measure),
    call('export', { name: long, bytes: Uint8Array.of(1) }),
    call('export', { name: 'a', bytes: [1, 2] }),
    call('export', { name: 'a', bytes: { length: 1, 0: 1 } }),
    call('export', { bytes: Uint8Array.of(1) }),
    call('command'),
    ...[...inherited, 'workbench.action.quit', ['analyze']].map((command) => call('command', command)),
    call('command', { panel: 'pca', figure: 'PCA scores' }),
    call('command', { title: long }),
    call('command', { panel: 'pca', figure: long, choices: '{}' }),
    call('command', { panel: 'pca', figure: 'PCA scores', choices: {} }),
    call('command', Object.create({ panel: 'pca', figure: 'PCA scores', choices: '{}' })),
  ])('drops %j', (message) => expect(isToHost(message)).toBe(false));

  it.each([
    ['replicate', place, undefined],
    ['unit', ofLayer, { unit: 3 }],
    ['similarities', past, measure],
  ])('drops a picture of %s that lacks anything', (kind, whole: object, parameters) => {
    expect(isToHost(picture(kind, whole, parameters))).toBe(true);
    for (const key of Object.keys(whole)) {
      const rest = Object.fromEntries(Object.entries(whole).filter(([other]) => other !== key));
      expect(isToHost(picture(kind, rest, parameters)), key).toBe(false);
    }
    if (parameters !== undefined) expect(isToHost(picture(kind, whole, {}))).toBe(false);
  });
});

const run = {
  status: 'running',
  message: 'training both/0',
  finished: 0,
  planned: 2,
  progress: 0.1,
  quick: false,
  stale: false,
  foundBy: 'newest',
} as const;
const live: Live = {
  run,
  curves: [
    {
      source: 'both',
      point: 0,
      seed: 0,
      status: 'training',
      reused: false,
      step: 8,
      totalSteps: 80,
      tasks: ['easy'],
      epochs: [0, 0.5],
      loss: [0.7, null],
      accuracy: [[0.5, 1]],
    },
  ],
};

describe('the dashboard', () => {
  const reply = (result: unknown) => ({ type: 'reply', id: 1, result });
  const parcel = wrap({ scores: Float32Array.of(1), deep: [{ of: Uint16Array.of(2) }] });

  it.each([
    ['an answer', reply({ ok: parcel })],
    ['no answer', reply({ err: 'The worker has gone.' })],
    ['news', { type: 'changed' }],
    ['a run', { type: 'live', live }],
    ['a run without curves', { type: 'live', live: { run, curves: [] } }],
  ])('hears %s', (_, message) => expect(isToWebview(structuredClone(message))).toBe(true));

  it.each<[string, unknown]>([
    ...[...nothings, ...inherited.map((type) => ({ type }))].map((message): [string, unknown] => [
      JSON.stringify(message) ?? 'nothing',
      message,
    ]),
    ['a message of another library', { source: 'react-devtools', type: 'hello' }],
    ['a request', call('ready')],
    ['an answer to nothing', { ...reply({ ok: parcel }), id: -1 }],
    ['an answer without one', reply({})],
    ['JSON as text', reply({ ok: { json: '{}', arrays: [] } })],
    ['an array without a place', reply({ ok: { ...parcel, arrays: [{ array: Float32Array.of(1) }] } })],
    ['an array that is none', reply({ ok: { ...parcel, arrays: [{ path: [], array: [1] }] } })],
    ['arrays with a hole', reply({ ok: { ...parcel, arrays: new Array(1) } })],
    ['a reason that is no text', reply({ err: { html: '<b>' } })],
    ['a run without a state', { type: 'live', live: { curves: [] } }],
    ['a run in an unknown state', { type: 'live', live: { run: { ...run, status: 'valueOf' }, curves: [] } }],
    ['no progress', { type: 'live', live: { run: { ...run, progress: null }, curves: [] } }],
    ['a curve of text', { type: 'live', live: { run, curves: [{ ...live.curves[0], loss: ['0.7'] }] } }],
  ])('drops %s', (_, message) => expect(isToWebview(message)).toBe(false));
});

describe('the side panel', () => {
  const interval = { mean: 0.9, low: null, high: null, kind: 'none', n: 1, values: [0.9] };
  const task = { name: 'easy', chance: 0.5, accuracy: interval, varianceExplained: null };
  const experiment = {
    file: 'a.experiment.json',
    title: '',
    run,
    finished: '',
    seeds: 1,
    networks: [{ name: 'both', layer: 'hidden', tasks: [task] }],
    hazards: [{ severity: 'info', message: 'Few.' }],
  };
  const state = (shown: unknown) => ({ type: 'state', state: { experiment: shown } });

  it('asks for its own commands only', () => {
    for (const message of [{ type: 'ready' }, { type: 'command', command: 'resume' }])
      expect(isToSideHost(message)).toBe(true);
    const strange = [...inherited, 'exportReport', 'workbench.action.quit', undefined, null, 1, ['resume']];
    for (const message of [...nothings, ...strange.map((command) => ({ type: 'command', command }))])
      expect(isToSideHost(message)).toBe(false);
  });

  it('shows whole states only', () => {
    for (const shown of [null, experiment]) expect(isToSide(state(shown))).toBe(true);
    const strange = [
      undefined,
      {},
      ...Object.keys(experiment).map((key) => ({ ...experiment, [key]: undefined })),
      { ...experiment, seeds: 1e300 },
      { ...experiment, networks: [{ name: 'both', layer: 'hidden', tasks: [{ ...task, accuracy: {} }] }] },
      { ...experiment, hazards: [{ severity: '__proto__', message: '' }] },
    ];
    for (const message of [...nothings, { type: 'state' }, ...strange.map(state)])
      expect(isToSide(message)).toBe(false);
  });
});
