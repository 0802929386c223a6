import { readFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { bytes, threadBytes } from '../experiment/checks/memory';
import type { Experiment } from '../experiment/experiment';
import { readExperiment } from '../experiment/read';
import { csvLines } from '../formats/csv';
import { fileName } from '../formats/file-name';
import { reportHtml } from '../formats/html';
import { jsonPieces } from '../formats/json';
import { inPieces } from '../formats/pieces';
import { defaultPoolSize } from '../run/pool/worker-pool';
import type { Results } from '../protocol/results';
import { stimuliProblem } from '../run/check';
import { Session, replicates } from '../run/session';
import { StimuliError } from '../stimuli/stimuli-error';
import { resultTables } from '../run/tables';
import type { EngineChoice } from '../training/choose-engine';
import { defaultOut, shortName } from './default-out';
import { readText, UserError, writeWhole } from './files';
import { problemLine } from './problems';
import { print } from './print';
import { ProgressLine, rewrites } from './progress';
import { resultsTable, rsaTable } from './table';
import { visible } from '../formats/visible';

export interface AnalyzeOptions {
  readonly out?: string;
  readonly seeds?: number;
  readonly workers?: number;
  readonly json?: boolean;
  readonly store: string;
  readonly storeCap: number;
  readonly engine: EngineChoice;
}

/** Exit codes of the command line. */
export const exitCode = { done: 0, problems: 1, failedReplicates: 2, interrupted: 130 } as const;

/**
 * `repscope analyze FILE`.
 *
 * @param signal aborted by Ctrl-C
 * @returns the exit code
 */
export async function analyze(file: string, options: AnalyzeOptions, signal: AbortSignal): Promise<number> {
  const reading = readExperiment(await readText(file), undefined, options.seeds);
  for (const problem of reading.problems) process.stderr.write(`${problemLine(file, problem)}\n`);
  const { experiment } = reading;
  if (!experiment) return exitCode.problems;
  checkThreads(experiment, options.workers ?? defaultPoolSize());

  const session = new Session(experiment, {
    script: join(__dirname, 'worker.js'),
    store: resolve(options.store),
    capBytes: options.storeCap,
    workers: options.workers,
    engine: options.engine,
  });
  const progress = new ProgressLine(experiment, process.stderr, rewrites(process.stderr, process.env));
  try {
    const results = await session.run((event) => progress.on(event), signal);
    progress.end();
    if (signal.aborted) return exitCode.interrupted;
    const out = options.out ?? (options.json === true ? undefined : defaultOut(file));
    if (out !== undefined)
      await writeAll(session, results, out, options.workers ?? defaultPoolSize(), signal);
    if (signal.aborted) return exitCode.interrupted;
    if (options.json === true) await print(jsonPieces(results));
    else process.stdout.write(summary(results, title(results, file), out));
    const failed = results.networks.some((network) =>
      network.replicates.some(({ status }) => status !== 'done'),
    );
    return failed ? exitCode.failedReplicates : exitCode.done;
  } catch (error) {
    progress.end();
    if (signal.aborted) return exitCode.interrupted;
    if (!(error instanceof StimuliError)) throw error;
    process.stderr.write(`${problemLine(file, stimuliProblem(reading, error.message, error.path))}\n`);
    return exitCode.problems;
  } finally {
    await session.dispose();
  }
}

/** @throws UserError where the threads together would not fit into the machine's memory */
function checkThreads(experiment: Experiment, workers: number): void {
  const one = threadBytes(experiment);
  const most = Math.max(1, Math.floor(totalmem() / one));
  if (workers <= most) return;
  throw new UserError(
    `${workers} threads would take about ${bytes(workers * one)} of memory, more than the ${bytes(totalmem())} of this machine. Write --workers ${most} or fewer.`,
  );
}

/** Of a file without a title, its name. */
function title(results: Results, file: string): string {
  return results.title || shortName(file);
}

/** Writes all files: the threads make what is recomputed of the replicates while this one writes numbers. */
async function writeAll(
  session: Session,
  results: Results,
  out: string,
  workers: number,
  signal: AbortSignal,
): Promise<void> {
  const ended = await Promise.allSettled([
    writeReport(session, results, out, signal),
    writeActivations(session, results, out, workers, signal),
    writeNumbers(results, out),
  ]);
  for (const part of ended) if (part.status === 'rejected') throw part.reason;
}

async function writeNumbers(results: Results, out: string): Promise<void> {
  await writeWhole(join(out, 'results.json'), jsonPieces(results));
  for (const { name, header, rows } of resultTables(results))
    await writeWhole(join(out, 'tables', `${name}.csv`), inPieces(csvLines(header, rows)));
}

/** As many replicates at a time as there are threads. */
async function writeActivations(
  session: Session,
  results: Results,
  out: string,
  workers: number,
  signal: AbortSignal,
): Promise<void> {
  const names = replicates(session.experiment).values();
  const write = async (): Promise<void> => {
    for (const name of names) {
      if (signal.aborted) return;
      const { name: network, replicates: all } = results.networks[name.network];
      if (all[name.seed].status !== 'done') continue;
      const bytes = await session.activations(name, signal);
      await writeWhole(join(out, 'activations', fileName(network), `${name.seed}.safetensors`), bytes);
    }
  };
  await Promise.all(Array.from({ length: workers }, write));
}

/** The report, with the first finished replicate of each network. */
async function writeReport(
  session: Session,
  results: Results,
  out: string,
  signal: AbortSignal,
): Promise<void> {
  const shown = results.networks.flatMap(({ replicates: all }, network) => {
    const first = all.find(({ status }) => status === 'done');
    return first ? [{ network, seed: first.seed }] : [];
  });
  const details = await Promise.all(shown.map((name) => session.detail(name, null, { signal })));
  const asset = (name: string): Promise<string> => readFile(join(__dirname, 'webview', name), 'utf8');
  const report = reportHtml({
    bundle: await asset('dashboard.js'),
    plotly: await asset('plotly.js'),
    styles: await asset('dashboard.css'),
    results,
    stimuli: await session.stimuli(),
    details,
  });
  if (!signal.aborted) await writeWhole(join(out, 'report.html'), report);
}

function summary(results: Results, name: string, out: string | undefined): string {
  const hazards = results.hazards.map(({ severity, message, advice }) =>
    visible(`! ${severity}: ${message} ${advice}`),
  );
  const parts = [
    resultsTable(results),
    results.notes.map((note) => `Note: ${note}`).join('\n'),
    rsaTable(
      results,
      out === undefined ? 'results.json (--json prints it)' : visible(join(out, 'tables', 'rsa-groups.csv')),
    ),
    hazards.length > 0 ? ['Be careful:', ...hazards].join('\n') : '',
    out === undefined
      ? ''
      : [
          `Report: ${visible(join(out, 'report.html'))}`,
          `Numbers: ${visible(join(out, 'results.json'))}, ${visible(join(out, 'tables'))}`,
        ].join('\n'),
  ];
  return `${[visible(name), ...parts].filter((part) => part !== '').join('\n\n')}\n`;
}
