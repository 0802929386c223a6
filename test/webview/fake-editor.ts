// Stands in for VS Code in a page: answers the dashboard's calls from packed data, and notes what it was sent.
import type { DetailKey, ReplicateOffer, Reply, ToHost } from '../../src/protocol/dashboard';
import { type Packed, unpack } from '../../src/protocol/packed';
import type { Synthetic } from './synthetic';

interface FakeEditor {
  calls: string[];
  exported: { name: string; size: number }[];
  /** Answers calls of this name with an error. */
  failing: string;
  data: Synthetic;
  changed(): void;
}

declare global {
  interface Window {
    editor: FakeEditor;
  }
}

const data = unpack(JSON.parse(document.getElementById('data')?.textContent ?? '') as Packed) as Synthetic;
const checkpoints = [
  { step: 0, epoch: 0 },
  { step: 800, epoch: 100 },
];
const editor: FakeEditor = {
  calls: [],
  exported: [],
  failing: '',
  data,
  changed: () => window.postMessage({ type: 'changed' }, '*'),
};
window.editor = editor;

function answer(message: ToHost): unknown {
  switch (message.call) {
    case 'ready': {
      const offers = data.details.flatMap(({ network }): ReplicateOffer[] =>
        [0, 1].map((seed) => ({ network, seed, checkpoints })),
      );
      const statement = 'The editor holds everything.';
      return {
        capabilities: { train: true, checkpoints: true, save: 'dialog', theme: 'host', statement },
        offers,
      };
    }
    case 'results':
      return data.results;
    case 'stimuli':
      return data.stimuli;
    case 'detail':
      return detail(message.parameter);
    case 'exportFile':
      editor.exported.push({ name: message.parameter.name, size: message.parameter.bytes.length });
      return true;
  }
}

function detail({ network, seed, step }: DetailKey): unknown {
  const found = data.details.find((candidate) => candidate.network === network);
  return { ...found, seed, step, epoch: step / 8 };
}

const stored = sessionStorage.getItem('state');
let state: unknown = stored === null ? undefined : JSON.parse(stored);
Object.assign(window, {
  acquireVsCodeApi: () => ({
    postMessage(message: ToHost) {
      editor.calls.push(message.call);
      const result: Reply['result'] =
        message.call === editor.failing
          ? { err: 'The worker has gone.' }
          : { ok: structuredClone(answer(message)) };
      setTimeout(() => window.postMessage({ type: 'reply', id: message.id, result } satisfies Reply, '*'), 1);
    },
    getState: () => state,
    setState(next: unknown) {
      state = next;
      sessionStorage.setItem('state', JSON.stringify(next));
    },
  }),
});
