// Stands in for VS Code in a page: answers the dashboard's calls from packed data, and notes what it was sent.
import { fromBase64 } from '../../src/protocol/base64';
import type { Comparison } from '../../src/protocol/comparison';
import {
  type Live,
  type OpenFigure,
  type ReplicateOffer,
  type Reply,
  type ToHost,
  isToHost,
} from '../../src/protocol/dashboard';
import type { LayerDetail } from '../../src/protocol/detail';
import type { PictureQuery } from '../../src/protocol/pictures';
import { unpack } from '../../src/protocol/packed';
import type { Synthetic } from './synthetic';
import { wrap } from '../../src/protocol/parcel';
import { ValuesParts } from '../../src/protocol/values-parts';

interface FakeEditor {
  /** Names of calls; of pictures their kinds. */
  calls: string[];
  exported: { name: string; size: number }[];
  /** Figures that were to be opened by themselves. */
  opened: OpenFigure[];
  /** What the figure that stands by itself was called. */
  titles: string[];
  /** The text of the last of them. */
  lastFile: string;
  /** Answers calls of this name with an error. */
  failing: string;
  /** Pictures of replicates take this long, in milliseconds. */
  slow: number;
  /** What was asked for of replicates, in order. */
  details: PictureQuery<'replicate'>[];
  data: Synthetic;
  changed(): void;
}

declare global {
  interface Window {
    editor: FakeEditor;
  }
}

const packed = JSON.parse(document.getElementById('data')?.textContent ?? '') as string;
const data = unpack(fromBase64(packed)) as Synthetic;
const live = document.getElementById('live')?.textContent ?? '';
const stillTrains = live !== '' && (JSON.parse(live) as Live).run.status === 'running';
const checkpoints = [
  { step: 0, epoch: 0 },
  { step: 8, epoch: 1 },
  { step: 80, epoch: 10 },
  { step: 400, epoch: 50 },
  { step: 800, epoch: 100 },
];
const editor: FakeEditor = {
  calls: [],
  exported: [],
  opened: [],
  titles: [],
  lastFile: '',
  failing: '',
  slow: 1,
  details: [],
  data,
  changed() {
    shown = { ...data.results, values: { ...data.results.values } };
    window.postMessage({ type: 'changed' }, '*');
  },
};
window.editor = editor;

function answer(message: ToHost): unknown {
  switch (message.call) {
    case 'ready': {
      const offers = data.details.flatMap(({ source, point }): ReplicateOffer[] =>
        [0, 1].map((seed) => ({
          ...{ source, point, seed, checkpoints },
          ...(stillTrains ? { until: 200 } : {}),
        })),
      );
      const statement = 'The editor holds everything.';
      return {
        comparisons,
        ...(comparedAt === 0
          ? {}
          : { beside: { run: 'this run', others: ['another run'], pairs: [], at: comparedAt } }),
        ...(live === '' ? {} : { live: JSON.parse(live) as Live }),
        capabilities: {
          train: true,
          units: true,
          figures: true,
          structure: data.structures !== undefined,
          checkpoints: true,
          save: 'dialog',
          theme: 'host',
          statement,
        },
        offers,
      };
    }
    case 'values':
      return values.after(shown, message.parameter);
    case 'picture':
      return picture(message.parameter);
    case 'command':
      if (typeof message.parameter === 'object') {
        if ('panel' in message.parameter) editor.opened.push(message.parameter);
        else editor.titles.push(message.parameter.title);
      }
      if (message.parameter === 'compare') {
        comparisons = [compared];
        comparedAt += 1;
        setTimeout(() => editor.changed(), 5);
      }
      return null;
    case 'export':
      editor.exported.push({ name: message.parameter.name, size: message.parameter.bytes.length });
      editor.lastFile = new TextDecoder().decode(message.parameter.bytes);
      return message.parameter.name;
  }
}

function picture(query: PictureQuery): unknown {
  switch (query.kind) {
    case 'stimuli':
      return data.stimuli;
    case 'replicate':
      return replicate(query);
    case 'structure':
      return data.structures?.[query.parameters.method];
    case 'similarities': {
      // Half of what they are at the end.
      const { layer, epoch } = query.place;
      const found = data.results.rsa.find((one) => one.layer === layer) ?? data.results.rsa[0];
      const half = found?.matrix.map((row, i) => row.map((value, j) => (i === j ? 1 : (value ?? 0) / 2)));
      return epoch < 100 ? { ...found, matrix: half } : found;
    }
    case 'recovery': {
      const { layer, step: _, ...replicate } = query.place;
      return {
        ...{ ...replicate, layer, other: { ...query.parameters, layer }, n: 128 },
        missing: 'Nothing is recovered here.',
      };
    }
    case 'documents':
      return data.said;
    case 'attention': {
      const tokens = data.said?.documents[0]?.tokens;
      return tokens && { tokens, map: Float32Array.from({ length: tokens.length ** 2 }, () => 0.5) };
    }
    case 'unit':
      return data.stimuli.labels[3]?.values.map((value, i) => value + query.parameters.unit + (i % 7) / 10);
  }
}

function replicate(query: PictureQuery<'replicate'>): unknown {
  const { source, seed, step } = query.place;
  const only = query.parameters;
  editor.details.push(query);
  const found = data.details.find((candidate) => candidate.source === source);
  const layers = found?.layers.filter(({ name }) => only === undefined || only.layer === name) ?? [];
  return {
    ...found,
    seed,
    step,
    epoch: step / 8,
    layers: layers.map((layer) => ({
      ...layer,
      rdm: timesSeed(layer.rdm, seed),
      ...(step === 800 ? {} : { pca: { ...layer.pca, projected: projected(layer.pca) } }),
    })),
  };
}

/** Distances of seed 0 as they are, those of seed 1 twice as large, and so on. */
function timesSeed(rdm: LayerDetail['rdm'], seed: number): LayerDetail['rdm'] {
  const larger = (values: Float32Array) => values.map((value) => value * (1 + seed));
  return { ...rdm, conditions: larger(rdm.conditions), single: larger(rdm.single) };
}

/** Half as far out as the own scores. */
function projected({ scores, components }: LayerDetail['pca']) {
  return { scores: scores.map((score) => score / 2), share: new Array<number>(components).fill(0.125) };
}

const compared: Comparison = {
  name: 'a.experiment.json, today',
  other: 'b.experiment.json, yesterday',
  confidence: 0.95,
  rows: [
    {
      network: 'both',
      measure: 'varianceExplained',
      title: 'variance explained',
      layer: 'hidden2',
      label: 'hard',
      here: 0.5,
      there: 0.1,
      hereEnds: [0.45, 0.55],
      thereEnds: [0, 0.2],
      n: [5, 5],
      difference: 0.4,
      low: 0.3,
      high: 0.5,
      beyondSeeds: true,
    },
    {
      network: 'both',
      measure: 'accuracy',
      title: 'accuracy',
      layer: '',
      label: 'easy',
      here: 0.99,
      there: 0.98,
      hereEnds: [0.97, 1],
      thereEnds: null,
      n: [5, 5],
      difference: 0.01,
      low: -0.02,
      high: 0.04,
      beyondSeeds: false,
    },
  ],
  onlyHere: ['network both'],
  onlyThere: [],
  paired: [],
  unchanged: [],
  changes: [
    { path: ['networks', '<b>both</b>', 'hidden'], here: '[8]', there: '[2]' },
    { path: ['seeds'], here: '5', there: '3' },
  ],
  unlisted: 1,
};
const values = new ValuesParts();
let shown = data.results;
let comparisons: readonly Comparison[] = [];
let comparedAt = 0;

// The storage of local files may come back empty after a reload.
let state: unknown = history.state ?? undefined;
Object.assign(window, {
  acquireVsCodeApi: () => ({
    postMessage(message: ToHost) {
      if (!isToHost(message)) console.error(`The host would drop ${JSON.stringify(message)}`);
      const called = message.call === 'picture' ? message.parameter.kind : message.call;
      editor.calls.push(called);
      const result: Reply['result'] =
        called === editor.failing
          ? { err: 'The worker has gone.' }
          : { ok: structuredClone(wrap(answer(message))) };
      setTimeout(
        () => window.postMessage({ type: 'reply', id: message.id, result } satisfies Reply, '*'),
        called === 'replicate' ? editor.slow : 1,
      );
    },
    getState: () => state,
    setState(next: unknown) {
      state = next;
      history.replaceState(next, '');
    },
  }),
});
