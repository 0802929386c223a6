import { basename, join } from 'node:path';
import type { Experiment } from '../experiment/experiment';
import { replicatesOf } from '../experiment/replicates';
import { titleOf } from '../experiment/short-name';
import { jsonPieces } from '../formats/json';
import { visible } from '../formats/visible';
import type { Results } from '../protocol/results';
import { resultsFile } from '../run/results-file';
import { type Run, Session } from '../run/session';
import { unitsOf } from '../run/unit-arrays';
import { StoreError } from '../run/store/store-error';
import type { EngineChoice } from '../training/choose-engine';
import { analyze, type Planned } from '../verbs/analyze';
import { UserError } from '../verbs/user-error';
import { defaultOut } from './default-out';
import { exitCode } from './exit-code';
import { givenPath } from './files';
import { OutFolder } from './out-folder';
import { modelTestsTable } from './model-tests-table';
import { print } from './print';
import { tellProblems } from './problems';
import { ProgressLine, rewrites } from './progress';
import { room } from './room';
import { storeFolder } from './store-folder';
import { hazardLines, sweepTable } from './sweep-table';
import { resultsTable, rsaTable } from './table';
import { collectLess, compileLess } from './v8';
import { longestFile, writeResults } from './write-results';

export interface AnalyzeOptions {
  readonly out?: string;
  readonly force?: boolean;
  readonly seeds?: number;
  readonly workers?: number;
  readonly json?: boolean;
  readonly store: string;
  readonly storeCap: number;
  readonly engine: EngineChoice;
}

/** What a run has around it once its file can be analysed. */
interface Work {
  readonly session: Session;
  readonly out: OutFolder | undefined;
  readonly workers: number;
  readonly progress: ProgressLine;
  readonly warn: (message: string) => void;
}

/**
 * `repscope analyze FILE`.
 *
 * @param signal aborted by Ctrl-C, with the exit code as its reason
 * @returns the exit code
 */
export async function analyzeCommand(
  file: string,
  options: AnalyzeOptions,
  signal: AbortSignal,
): Promise<number> {
  compileLess();
  const at: { work?: Work } = {};
  let told = 0;
  try {
    const { problems, run } = await analyze.run(
      { file, seeds: options.seeds, workers: options.workers },
      {
        text: room.text,
        brought: room.brought,
        open: async (planned) => {
          tellProblems(file, planned.problems, process.stderr);
          told = planned.problems.length;
          at.work = await begin(file, planned, options);
          return at.work.session;
        },
        on: (event) => at.work?.progress.on(event),
        signal,
      },
    );
    at.work?.progress.end();
    if (signal.aborted) return interrupted(signal);
    tellProblems(file, problems.slice(told), process.stderr);
    return run && at.work ? await finish(file, run, at.work, options, signal) : exitCode.problems;
  } catch (error) {
    at.work?.progress.end();
    if (signal.aborted) return interrupted(signal);
    throw error;
  } finally {
    await at.work?.out?.abandon();
    await at.work?.session.dispose();
  }
}

/** Tries all that could stop the run in the end, and opens its threads. */
async function begin(
  file: string,
  { experiment, workers, fewer }: Planned,
  options: AnalyzeOptions,
): Promise<Work> {
  if (fewer !== null && options.workers !== undefined)
    throw new UserError(`${fewer}. Write --workers ${workers} or fewer.`);
  const { folder, isDefault } = storeFolder(options.store);
  const out = await outFolder(file, experiment, options);
  const progress = new ProgressLine(process.stderr, rewrites(process.stderr, process.env));
  const warn = (message: string): void => progress.line(`warning: ${visible(message)}`);
  if (fewer !== null) warn(`${fewer}: ${workers} of them run.`);
  collectLess(replicatesOf(experiment).length);
  const session = new Session(experiment, {
    script: join(__dirname, 'worker.js'),
    store: folder,
    capBytes: options.storeCap,
    adoptStore: isDefault,
    workers,
    engine: options.engine,
    warn,
  });
  return { session, out, workers, progress, warn };
}

/** Writes what was found, and prints it. */
async function finish(
  file: string,
  run: Run,
  { session, out, workers, warn }: Work,
  { json }: AnalyzeOptions,
  signal: AbortSignal,
): Promise<number> {
  const { results, outcomes } = run;
  const written = out === undefined || (await write(session, run, file, out, workers, signal));
  if (signal.aborted) return interrupted(signal);
  await trimStore(session, warn);
  // Known before anything is printed: whoever reads it may stop reading.
  process.exitCode = codeOf(results, written);
  if (json === true) await print(jsonPieces(resultsFile(results, unitsOf(results.networks, outcomes))));
  else process.stdout.write(summary(results, titleOf(results, basename(file)), written ? out : undefined));
  return process.exitCode;
}

const interrupted = (signal: AbortSignal): number => signal.reason as number;

function codeOf({ networks }: Results, written: boolean): number {
  if (!written) return exitCode.problems;
  const failed = networks.some(({ replicates }) => replicates.some(({ status }) => status !== 'done'));
  return failed ? exitCode.failedReplicates : exitCode.done;
}

/** Where results go, made and tried before anything is trained; by default beside where the user stands, named after the file. */
async function outFolder(
  file: string,
  experiment: Experiment,
  { out, json, force }: AnalyzeOptions,
): Promise<OutFolder | undefined> {
  if (out === undefined && json === true) return undefined;
  const folder = out === undefined ? defaultOut(file) : givenPath('--out', out);
  return OutFolder.open(folder, longestFile(experiment), force === true);
}

/** @returns whether all was written; what was not is said, and what was found is printed all the same */
async function write(
  session: Session,
  run: Run,
  file: string,
  out: OutFolder,
  workers: number,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await writeResults(session, run, out, { title: titleOf(run.results, basename(file)), workers }, signal);
    return true;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    process.stderr.write(`${visible(error.message)}\n`);
    return false;
  }
}

async function trimStore(session: Session, warn: (message: string) => void): Promise<void> {
  try {
    const missed = await session.trimStore();
    if (missed > 0)
      warn(
        `The store is too small for all of this run: of what it found, ${missed} entries are not kept (--store-cap).`,
      );
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    warn(error.message);
  }
}

/** @param out where the files are, if they were written */
function summary(results: Results, name: string, out: OutFolder | undefined): string {
  const hazards = hazardLines(results).map(visible);
  const path = (...parts: string[]): string => visible(join(out?.folder ?? '', ...parts));
  const parts = [
    results.sweep ? sweepTable(results, results.sweep) : resultsTable(results),
    results.notes.map((note) => `Note: ${note}`).join('\n'),
    results.sweep ? '' : rsaTable(results, out ? path('tables', 'rsa-groups.csv') : 'what --json prints'),
    results.sweep ? '' : modelTestsTable(results),
    hazards.length > 0 ? ['Be careful:', ...hazards].join('\n') : '',
    out
      ? [`Report: ${path('report.html')}`, `Numbers: ${path('results.json')}, ${path('tables')}`].join('\n')
      : '',
  ];
  return `${[visible(name), ...parts].filter((part) => part !== '').join('\n\n')}\n`;
}
