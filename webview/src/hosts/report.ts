import { fromBase64 } from '../../../src/protocol/base64';
import type { DetailKey, Welcome } from '../../../src/protocol/dashboard';
import type { ReplicateDetail, StimuliDetail } from '../../../src/protocol/detail';
import { type Packed, unpack } from '../../../src/protocol/packed';
import type { Results } from '../../../src/protocol/results';
import { download } from '../download';
import type { Host } from '../host';
import { loadScript } from '../script';

interface Kept {
  /** Which report chose it. */
  report: string;
  choices: unknown;
}

/** The host of a report: everything lies in the page, in inert script elements. */
export function reportHost(): Host {
  const results = json('repscope-results') as Results;
  const report = `repscope:${results.fingerprint}`;
  const details = new Map<string, ReplicateDetail>();

  return {
    welcome: () => Promise.resolve(json('repscope-welcome') as Welcome),
    results: () => Promise.resolve(results),
    stimuli: async () => {
      await wholePage();
      return unpack(json('repscope-stimuli') as Packed) as StimuliDetail;
    },
    detail: async (asked) => {
      await wholePage();
      const known = details.get(asked.network);
      if (known !== undefined) return known;
      const detail = unpack(json(`repscope-detail-${detailIndex(asked)}`) as Packed) as ReplicateDetail;
      details.set(asked.network, detail);
      return detail;
    },
    similarities: () => Promise.reject(new Error('This report holds no similarities at checkpoints.')),
    unit: () => Promise.reject(new Error('This report holds no activations of single units.')),
    exportFile: (file) => {
      download(file);
      return Promise.resolve(true);
    },
    subscribe: () => undefined,
    follow: () => undefined,
    command: () => Promise.reject(new Error('A report cannot train.')),
    loadPlotly: async () => {
      await wholePage();
      await loadScript({ text: await gunzip(text('repscope-plotly')) });
    },
    // In the entry of the browser's history: of storage, that of local files may come back empty after a reload.
    restore: () => {
      const kept = history.state as Partial<Kept> | null;
      return kept?.report === report ? kept.choices : null;
    },
    persist: (choices) => {
      try {
        history.replaceState({ report, choices } satisfies Kept, '');
      } catch {
        // refused to who changes it very often: then this choice lasts as long as the page
      }
    },
  };
}

/** The dashboard starts before the large parts of the page have come in. */
function wholePage(): Promise<void> {
  if (document.readyState !== 'loading') return Promise.resolve();
  return new Promise((resolve) => {
    document.addEventListener('DOMContentLoaded', () => resolve(), { once: true });
  });
}

function detailIndex(asked: DetailKey): number {
  const { offers } = json('repscope-welcome') as Welcome;
  const index = offers.findIndex((offer) => offer.network === asked.network && offer.seed === asked.seed);
  if (index < 0) throw new Error(`This report holds no pictures of ${asked.network}/${asked.seed}.`);
  return index;
}

function text(id: string): string {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`This report is incomplete: ${id} is missing.`);
  return element.textContent ?? '';
}

function json(id: string): unknown {
  return JSON.parse(text(id));
}

async function gunzip(base64: string): Promise<string> {
  const stream = new Blob([fromBase64(base64)]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).text();
}
