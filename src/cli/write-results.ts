import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { csvLines } from '../formats/csv';
import { fileName } from '../formats/file-name';
import { reportHtml } from '../formats/html';
import { jsonPieces } from '../formats/json';
import { inPieces } from '../formats/pieces';
import { writeSafetensors } from '../formats/safetensors';
import type { Experiment } from '../experiment/experiment';
import type { Results } from '../protocol/results';
import type { ReplicateName } from '../run/jobs';
import { resultsFile } from '../run/results-file';
import { type Run, type Session, replicates } from '../run/session';
import { resultTables, tableNames } from '../run/tables';
import { arraysFile, unitsOf, type UnitsOf, unitTensors } from '../run/unit-arrays';
import type { OutFolder } from './out-folder';

/** The longest path of an experiment's files, from their folder. */
export function longestFile({ networks, seeds }: Experiment): string {
  const names = networks.map(({ name }) => activationsPath(name, seeds - 1));
  return names.reduce((longest, name) => (name.length > longest.length ? name : longest));
}

/**
 * Writes all files of a run: the threads make what is recomputed of the replicates while this one writes numbers.
 *
 * @param title of the report
 * @param workers replicates that are made at a time
 * @throws UserError where the system refuses
 */
export async function writeResults(
  session: Session,
  { results, outcomes }: Run,
  out: OutFolder,
  { title, workers }: { title: string; workers: number },
  signal: AbortSignal,
): Promise<void> {
  const done = replicates(session.experiment).filter(
    ({ network, seed }) => results.networks[network].replicates[seed].status === 'done',
  );
  await out.begin([
    'results.json',
    arraysFile,
    'report.html',
    ...tableNames.map(tablePath),
    ...done.map(({ network, seed }) => activationsPath(results.networks[network].name, seed)),
  ]);
  const ended = await Promise.allSettled([
    writeReport(session, { ...results, title }, out, signal),
    writeActivations(session, results, out, done, workers, signal),
    writeNumbers(results, unitsOf(results.networks, outcomes), out),
  ]);
  for (const part of ended) if (part.status === 'rejected') throw part.reason;
}

const tablePath = (name: string): string => `tables/${name}.csv`;
const activationsPath = (network: string, seed: number): string =>
  `activations/${fileName(network)}/${seed}.safetensors`;

async function writeNumbers(results: Results, units: readonly UnitsOf[], out: OutFolder): Promise<void> {
  await out.write('results.json', jsonPieces(resultsFile(results, units)));
  await out.write(arraysFile, writeSafetensors(unitTensors(units)));
  for (const { name, header, rows } of resultTables(results, units))
    await out.write(tablePath(name), inPieces(csvLines(header, rows)));
}

/** As many replicates at a time as there are threads. */
async function writeActivations(
  session: Session,
  results: Results,
  out: OutFolder,
  done: readonly ReplicateName[],
  workers: number,
  signal: AbortSignal,
): Promise<void> {
  const names = done.values();
  const write = async (): Promise<void> => {
    for (const name of names) {
      if (signal.aborted) return;
      const bytes = await session.activations(name, signal);
      await out.write(activationsPath(results.networks[name.network].name, name.seed), bytes);
    }
  };
  await Promise.all(Array.from({ length: workers }, write));
}

/** The report, with the first finished replicate of each network. */
async function writeReport(
  session: Session,
  results: Results,
  out: OutFolder,
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
    plotly: await asset('plotly-gl3d.js'),
    styles: await asset('dashboard.css'),
    results,
    stimuli: await session.stimuli(),
    details,
    analysedAt: Date.now(),
  });
  if (!signal.aborted) await out.write('report.html', report);
}
