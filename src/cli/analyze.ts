import { basename, join } from 'node:path';
import type { Experiment } from '../experiment/experiment';
import { readExperiment } from '../experiment/read';
import { titleOf } from '../experiment/short-name';
import { jsonPieces } from '../formats/json';
import { visible } from '../formats/visible';
import type { Results } from '../protocol/results';
import { stimuliProblem } from '../run/check';
import { resultsFile } from '../run/results-file';
import { type Run, Session } from '../run/session';
import { unitsOf } from '../run/unit-arrays';
import { StoreError } from '../run/store/store-error';
import { threadsOf } from '../run/threads';
import { StimuliError } from '../stimuli/stimuli-error';
import type { EngineChoice } from '../training/choose-engine';
import { UserError } from '../verbs/user-error';
import { defaultOut } from './default-out';
import { givenPath, readText } from './files';
import { OutFolder } from './out-folder';
import { print } from './print';
import { problemLine } from './problems';
import { ProgressLine, rewrites } from './progress';
import { storeFolder } from './store-folder';
import { resultsTable, rsaTable } from './table';
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

/** Exit codes of the command line, beside those of signals. */
export const exitCode = { done: 0, problems: 1, failedReplicates: 2 } as const;

/**
 * `repscope analyze FILE`.
 *
 * @param signal aborted by Ctrl-C, with the exit code as its reason
 * @returns the exit code
 */
export async function analyze(file: string, options: AnalyzeOptions, signal: AbortSignal): Promise<number> {
  const text = await readText(file);
  const reading = readExperiment(text, undefined, { seeds: options.seeds });
  for (const problem of reading.problems) process.stderr.write(`${problemLine(file, problem)}\n`);
  const { experiment } = reading;
  if (!experiment) return exitCode.problems;
  const { workers, fewer } = threadsOf(experiment, options.workers);
  if (fewer !== null && options.workers !== undefined)
    throw new UserError(`${fewer}. Write --workers ${workers} or fewer.`);
  const { folder, isDefault } = storeFolder(options.store);
  const out = await outFolder(file, experiment, options);
  const progress = new ProgressLine(experiment, process.stderr, rewrites(process.stderr, process.env));
  const warn = (message: string): void => progress.line(`warning: ${visible(message)}`);
  if (fewer !== null) warn(`${fewer}: ${workers} of them run.`);
  const session = new Session(experiment, {
    script: join(__dirname, 'worker.js'),
    store: folder,
    capBytes: options.storeCap,
    adoptStore: isDefault,
    workers,
    engine: options.engine,
    warn,
  });
  try {
    const { results, outcomes } = await session.run((event) => progress.on(event), signal, text);
    progress.end();
    if (signal.aborted) return interrupted(signal);
    const written =
      out === undefined || (await write(session, { results, outcomes }, file, out, workers, signal));
    if (signal.aborted) return interrupted(signal);
    await trimStore(session, warn);
    // Known before anything is printed: whoever reads it may stop reading.
    process.exitCode = codeOf(results, written);
    if (options.json === true)
      await print(jsonPieces(resultsFile(results, unitsOf(results.networks, outcomes))));
    else process.stdout.write(summary(results, titleOf(results, basename(file)), written ? out : undefined));
    return process.exitCode;
  } catch (error) {
    progress.end();
    if (signal.aborted) return interrupted(signal);
    if (!(error instanceof StimuliError)) throw error;
    process.stderr.write(`${problemLine(file, stimuliProblem(reading, error.message, error.path))}\n`);
    return exitCode.problems;
  } finally {
    await out?.abandon();
    await session.dispose();
  }
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
  const hazards = results.hazards.map(({ severity, message, advice }) =>
    visible(`! ${severity}: ${message} ${advice}`),
  );
  const path = (...parts: string[]): string => visible(join(out?.folder ?? '', ...parts));
  const parts = [
    resultsTable(results),
    results.notes.map((note) => `Note: ${note}`).join('\n'),
    rsaTable(results, out ? path('tables', 'rsa-groups.csv') : 'what --json prints'),
    hazards.length > 0 ? ['Be careful:', ...hazards].join('\n') : '',
    out
      ? [`Report: ${path('report.html')}`, `Numbers: ${path('results.json')}, ${path('tables')}`].join('\n')
      : '',
  ];
  return `${[visible(name), ...parts].filter((part) => part !== '').join('\n\n')}\n`;
}
