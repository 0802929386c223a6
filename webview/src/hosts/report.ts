import { isSame, replicateLabel } from '../../../src/core/replicate';
import { fromBase64 } from '../../../src/protocol/base64';
import type { ReplicateOffer, Welcome } from '../../../src/protocol/dashboard';
import type { StimuliDetail } from '../../../src/protocol/detail';
import { unpack } from '../../../src/protocol/packed';
import type { DocumentsDetail } from '../../../src/protocol/documents';
import type {
  AnswerOf,
  ParametersOf,
  PictureKind,
  PlaceOf,
  ReplicatePlace,
} from '../../../src/protocol/pictures';
import type { RecoveryDetail } from '../../../src/protocol/recovery';
import { type ReportDetail, fromReportDetail } from '../../../src/protocol/report-detail';
import type { Results } from '../../../src/protocol/results';
import { download } from '../download';
import type { Host, Surroundings } from '../host';
import { loadScript } from '../script';

interface Kept {
  /** Which report chose it. */
  report: string;
  choices: unknown;
}

/** The host of a report: everything lies in the page, in inert script elements. */
export function reportHost(): Host & Surroundings {
  const report = `repscope:${document.documentElement.dataset['fingerprint'] ?? ''}`;
  const welcome = JSON.parse(text('repscope-welcome')) as Welcome;
  const held: {
    readonly [K in PictureKind]?: (place: PlaceOf<K>, parameters: ParametersOf<K>) => Promise<AnswerOf<K>>;
  } = {
    stimuli: async (place) => {
      const own = `repscope-stimuli-${place?.point ?? 0}`;
      const id = document.getElementById(own) === null ? 'repscope-stimuli' : own;
      return (await data(id)) as StimuliDetail;
    },
    replicate: async (place) =>
      fromReportDetail((await data(`repscope-detail-${detailIndex(welcome.offers, place)}`)) as ReportDetail),
    recovery: async (place) =>
      (await data(`repscope-recovered-${detailIndex(welcome.offers, place)}`)) as RecoveryDetail,
    documents: async (place, { set }) => {
      const all = await data(`repscope-documents-${detailIndex(welcome.offers, place)}`);
      const found = (all as DocumentsDetail[]).find((one) => one.set === set);
      if (found === undefined) throw new Error('This report holds no documents of this set.');
      return found;
    },
  };

  return {
    ready: () => Promise.resolve(welcome),
    values: async () => ({ version: 0, results: (await data('repscope-results')) as Results }),
    picture: async (kind, place, parameters) => {
      await wholePage();
      const answer = held[kind];
      if (answer === undefined) throw new Error('This report does not hold what this is drawn from.');
      return answer(place, parameters);
    },
    export: (file) => {
      download(file);
      return Promise.resolve(file.name);
    },
    command: () => Promise.reject(new Error('A report cannot train.')),
    hear: () => undefined,
    loadPlotly: async () => {
      await wholePage();
      await loadScript({ text: await uncompressed('repscope-plotly').text() });
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

function detailIndex(offers: readonly ReplicateOffer[], asked: ReplicatePlace): number {
  const index = offers.findIndex((offer) => isSame(offer, asked));
  if (index < 0) throw new Error(`This report holds no pictures of ${replicateLabel(asked)}.`);
  return index;
}

async function data(id: string): Promise<unknown> {
  return unpack(new Uint8Array(await uncompressed(id).arrayBuffer()));
}

function uncompressed(id: string): Response {
  const bytes = new Blob([fromBase64(text(id))]);
  return new Response(bytes.stream().pipeThrough(new DecompressionStream('gzip')));
}

function text(id: string): string {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`This report is incomplete: ${id} is missing.`);
  return element.textContent ?? '';
}
