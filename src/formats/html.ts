import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { isSame, replicateLabel } from '../core/replicate';
import type { ReplicateOffer, Welcome } from '../protocol/dashboard';
import type { ReplicateDetail, StimuliDetail } from '../protocol/detail';
import { pack } from '../protocol/packed';
import { type DocumentsDetail, documentsOfPicture } from '../protocol/documents';
import type { RecoveryDetail } from '../protocol/recovery';
import { sixDigits, toReportDetail } from '../protocol/report-detail';
import type { Results } from '../protocol/results';

export interface ReportParts {
  /** The dashboard's script, as one IIFE. */
  bundle: string;
  /** Plotly's script, which makes `window.Plotly`: a build that has the kinds of traces that are drawn (`charts/plotly`). */
  plotly: string;
  styles: string;
  results: Results;
  /** Of a sweep those of the first point. */
  stimuli: StimuliDetail;
  /** Those of later points that have pictures, where they are others. */
  laterStimuli?: readonly { readonly point: number; readonly stimuli: StimuliDetail }[];
  /** One replicate per network (of a sweep at several points), at its final checkpoint. */
  details: ReplicateDetail[];
  /** Of some of these what of a layer is recovered in another replicate. */
  recovered?: readonly RecoveryDetail[];
  /** Of these, in their order, what some documents of each set are said to be; empty where there are none. */
  documents?: readonly (readonly DocumentsDetail[])[];
  /** When the analysis ended, in milliseconds since 1970; absent where that is not known. */
  analysedAt?: number;
}

/** Bytes of a report's data at most: browsers refuse texts of 2²⁹ characters and more. */
const MOST = 450_000_000;

/** Starts the dashboard, which lies compressed in the page as its data does. */
const STARTER = `
(async () => {
  const base64 = document.getElementById('repscope-dashboard').textContent;
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  const script = document.createElement('script');
  script.text = await new Response(stream).text();
  document.head.append(script);
  // Controls read the page's colours when it has loaded, which may be over by now.
  if (document.readyState === 'complete') window.dispatchEvent(new Event('load'));
})().catch((error) => {
  document.getElementById('repscope').textContent = 'The report could not start: ' + error.message;
});
`;

/** The report would be larger than browsers open. */
export class ReportTooLargeError extends Error {
  override readonly name = 'ReportTooLargeError';
  constructor() {
    super(
      'There is no report.html: it would be larger than a browser opens. The numbers are complete in results.json and tables/; fewer networks, units or test stimuli make a smaller report.',
    );
  }
}

/**
 * The report: one HTML file that holds the dashboard and everything that it shows, needs no network, and runs no script
 * but a small one that starts the dashboard, the dashboard's, and Plotly's (a content security policy with their hashes). All data is inert,
 * and compressed but for the welcome. What the first panel needs comes first.
 *
 * @param most bytes that the data may have before it is compressed
 * @throws ReportTooLargeError where they are more
 */
export function reportHtml(
  {
    bundle,
    plotly,
    styles,
    results,
    stimuli,
    laterStimuli = [],
    details,
    recovered = [],
    documents = [],
    analysedAt,
  }: ReportParts,
  most = MOST,
): string {
  const data = dataWriter(most);
  // Scripts count by their exact text; both lose their outer white space and are written without any.
  const script = bundle.trim();
  const charts = plotly.trim();
  const hashes = [STARTER, script, charts].map((text) => `'sha256-${sha256(text)}'`);
  const policy = [
    "default-src 'none'",
    `script-src ${hashes.join(' ')}`,
    "style-src 'unsafe-inline'", // Plotly and the controls set styles
    'img-src data: blob:', // pictures on their way to a file
    'font-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en" data-repscope="report" data-fingerprint="${escaped(results.fingerprint)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(results.title)}</title>
<style>${styles.replaceAll('</style', '<\\/style')}</style>
</head>
<body>
<div id="repscope"><p>This report needs JavaScript; its numbers are also in results.json and tables/.</p></div>
${inert('repscope-welcome', welcome({ results, details, recovered, documents, analysedAt }))}
${data('repscope-results', results)}
${compressed('repscope-dashboard', script)}
<script>${STARTER}</script>
${data('repscope-stimuli', stimuli)}
${laterStimuli.map(({ point, stimuli: own }) => data(`repscope-stimuli-${point}`, own)).join('\n')}
${details.map((detail, at) => data(`repscope-detail-${at}`, toReportDetail(detail), sixDigits)).join('\n')}
${recovered.map((one) => data(`repscope-recovered-${details.findIndex((detail) => isSame(detail, one))}`, one)).join('\n')}
${documents.map((own, at) => data(`repscope-documents-${at}`, own)).join('\n')}
${compressed('repscope-plotly', charts)}
</body>
</html>
`;
}

function welcome({
  results: { sweep },
  details,
  recovered,
  documents,
  analysedAt,
}: Pick<ReportParts, 'results' | 'details' | 'analysedAt'> &
  Required<Pick<ReportParts, 'recovered' | 'documents'>>): Welcome {
  const offers = details.map((detail, at): ReplicateOffer => {
    const { source, point, seed, step, epoch } = detail;
    const own = recovered.find((one) => isSame(one, detail));
    return {
      ...{ source, point, seed },
      checkpoints: [{ step, epoch }],
      ...(own ? { recovered: { layer: own.layer, other: own.other } } : {}),
      ...(at < documents.length && documents[at].length > 0 ? { documents: true } : {}),
    };
  });
  const shown = offers.map(replicateLabel).join(', ');
  return {
    capabilities: {
      train: false,
      checkpoints: false,
      save: 'download',
      theme: 'page',
      statement:
        `A report: it holds all summaries, the course of training of every replicate, and for PCA, units and RDMs one replicate per network${sweep ? ' and point (of a large sweep at some points)' : ''} (${shown}) at its final checkpoint, whose numbers have six significant digits${recovered.length > 0 ? ', and what of its last hidden layer is recovered in another' : ''}${documents.some(({ length }) => length > 0) ? `, and what it says of the first ${documentsOfPicture} documents of each set` : ''}. ` +
        'Other replicates and checkpoints, and statistics of their units, are in results.json or come with the editor.',
    },
    offers,
    ...(analysedAt === undefined ? {} : { analysedAt }),
  };
}

/** Data as JSON in an element. */
function inert(id: string, value: unknown): string {
  // With no "<" left, nothing in the data can end its element or begin another.
  const json = JSON.stringify(value).replaceAll('<', '\\u003c');
  return `<script type="application/json" id="${id}">${json}</script>`;
}

/** Writes compressed data as elements of the report, as long as there is room. */
function dataWriter(most: number): (id: string, ...what: Parameters<typeof pack>) => string {
  let room = most;
  return (id, ...what) => {
    const bytes = packed(...what);
    room -= bytes.length;
    if (room < 0) throw new ReportTooLargeError();
    return compressed(id, bytes);
  };
}

/** Of values whose JSON would have 2²⁹ characters, not even that can be made. */
function packed(...what: Parameters<typeof pack>): Uint8Array {
  try {
    return pack(...what);
  } catch (error) {
    if (error instanceof RangeError) throw new ReportTooLargeError();
    throw error;
  }
}

function compressed(id: string, content: string | Uint8Array): string {
  // The best level takes three times as long for a hundredth of the size.
  return `<script type="application/gzip" id="${id}">${gzipSync(content).toString('base64')}</script>`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
