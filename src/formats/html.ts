import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { ReplicateOffer, Welcome } from '../protocol/dashboard';
import type { ReplicateDetail, StimuliDetail } from '../protocol/detail';
import { pack } from '../protocol/packed';
import type { Results } from '../protocol/results';

export interface ReportParts {
  /** The dashboard's script, as one IIFE. */
  bundle: string;
  /** Plotly's script, which makes `window.Plotly`. */
  plotly: string;
  styles: string;
  results: Results;
  stimuli: StimuliDetail;
  /** One replicate per network, at its final checkpoint. */
  details: ReplicateDetail[];
  /** When the analysis ended, in milliseconds since 1970; absent where that is not known. */
  analysedAt?: number;
}

/** Characters of a report at most: browsers refuse texts of 2²⁹ characters and more. */
const MOST = 450_000_000;

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
 * but the dashboard's and Plotly's (a content security policy with their hashes). All data is inert.
 *
 * @param most characters that the data may have
 * @throws ReportTooLargeError where they are more
 */
export function reportHtml(
  { bundle, plotly, styles, results, stimuli, details, analysedAt }: ReportParts,
  most = MOST,
): string {
  const data = dataWriter(most);
  const script = bundle.trim();
  const charts = plotly.trim();
  // Scripts count by their exact text; both lose their outer white space and are written without any.
  const policy = [
    "default-src 'none'",
    `script-src ${[script, charts].map((text) => `'sha256-${sha256(text)}'`).join(' ')}`,
    "style-src 'unsafe-inline'", // Plotly and the controls set styles
    'img-src data: blob:', // pictures on their way to a file
    'font-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en" data-repscope="report">
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
${data('repscope-welcome', welcome(details, analysedAt))}
${data('repscope-results', withoutDetail(results))}
<script>${scriptText(script)}</script>
${data('repscope-stimuli', pack(stimuli, ['conditions', 'single']))}
${details.map((detail, at) => data(`repscope-detail-${at}`, pack(detail, ['conditions', 'single']))).join('\n')}
<script type="application/gzip" id="repscope-plotly">${gzipSync(charts, { level: 9 }).toString('base64')}</script>
</body>
</html>
`;
}

function welcome(details: readonly ReplicateDetail[], analysedAt: number | undefined): Welcome {
  const offers = details.map(({ network, seed, step, epoch }): ReplicateOffer => ({
    network,
    seed,
    checkpoints: [{ step, epoch }],
  }));
  const shown = offers.map(({ network, seed }) => `${network}/${seed}`).join(', ');
  return {
    capabilities: {
      train: false,
      checkpoints: false,
      save: 'download',
      theme: 'page',
      statement:
        `A report: it holds all summaries, the course of training of every replicate, and for PCA, units and RDMs one replicate per network (${shown}) at its final checkpoint. ` +
        'Other replicates and checkpoints, and statistics of their units, are in results.json or come with the editor.',
    },
    offers,
    ...(analysedAt === undefined ? {} : { analysedAt }),
  };
}

/** The results without what the report shows of one replicate only: the units' statistics of all. */
function withoutDetail(results: Results): Results {
  return {
    ...results,
    networks: results.networks.map((network) => ({
      ...network,
      replicates: network.replicates.map((replicate) => ({
        ...replicate,
        layers: replicate.layers.map((layer) => ({ ...layer, selectivity: {} })),
      })),
    })),
  };
}

/** Writes data as elements of the report, as long as there is room. */
function dataWriter(most: number): (id: string, value: unknown) => string {
  let room = most;
  return (id, value) => {
    // With no "<" left, nothing in the data can end its element or begin another.
    const json = jsonOf(value).replaceAll('<', '\\u003c');
    room -= json.length;
    if (room < 0) throw new ReportTooLargeError();
    return `<script type="application/json" id="${id}">${json}</script>`;
  };
}

/** Data as JSON. A text of 2²⁹ characters cannot even be made. */
function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError) throw new ReportTooLargeError();
    throw error;
  }
}

function scriptText(script: string): string {
  // `<!--` alone is harmless in a script; followed by an opening tag it would hide the closing one.
  if (/<\/?script/i.test(script))
    throw new Error('The dashboard’s bundle must not hold the text of a script tag.');
  return script;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
