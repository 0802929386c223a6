import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Experiment } from '../experiment/experiment';
import { experimentAt, replicatesOf } from '../experiment/replicates';
import { partsOf } from '../formats/file-parts';
import type { EngineInfo } from '../protocol/results';
import { keyOfActivations } from '../run/activations-file';
import { activationsKey, recordingKey } from '../run/keys';
import type { Outcome } from '../run/outcome';
import { reportInThread } from '../run/report-thread';
import type { Run, Session } from '../run/session';
import { unitsOf } from '../run/unit-arrays';
import { sourceOf } from '../sources/sources';
import { activationsPath, exportRun, filesOf, type ExportRoom } from '../verbs/export';
import type { OpenRun } from '../verbs/open-run';
import type { OutFolder } from './out-folder';

/** The longest path of an experiment's files, from their folder. */
export function longestFile(experiment: Experiment): string {
  const names = replicatesOf(experiment).map(activationsPath);
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
  const units = unitsOf(results.networks, outcomes);
  const room = roomOf({ results, units, title, analysedAt: Date.now(), ask: (of) => of(session), signal });
  const write = async (asked: Omit<Parameters<typeof exportRun.run>[0], 'run'>): Promise<void> => {
    const { files } = await exportRun.run({ run: out.folder, ...asked }, room);
    for (const { path, content } of files) if (!signal.aborted) await out.write(path, content);
  };
  const same = unchanged(session.experiment, results.engine, outcomes, out);
  const done = outcomes
    .filter(
      ({ replicate, results: { status } }) => status === 'done' && !same.has(activationsPath(replicate)),
    )
    .values();
  // As many replicates at a time as there are threads.
  const writeActivations = async (): Promise<void> => {
    for (const { replicate } of done) {
      if (signal.aborted) return;
      await write({ what: 'activations', ...replicate });
    }
  };
  await out.begin(filesOf(results), same);
  const ended = await Promise.allSettled([
    write({ what: 'report' }),
    ...Array.from({ length: workers }, writeActivations),
    write({ what: 'numbers' }),
  ]);
  for (const part of ended) if (part.status === 'rejected') throw part.reason;
}

/** The paths of activations that an earlier run has written as this one would: they are most of all bytes. */
function unchanged(
  experiment: Experiment,
  engine: EngineInfo,
  outcomes: readonly Outcome[],
  out: OutFolder,
): Set<string> {
  const same = new Set<string>();
  for (const { replicate } of outcomes) {
    const path = activationsPath(replicate);
    const file = out.earlier(path);
    const key = file === null ? undefined : keyIn(file);
    if (key === undefined) continue;
    const recording = recordingKey(sourceOf(experiment, replicate), replicate, engine);
    if (key === activationsKey(experimentAt(experiment, replicate.point), recording)) same.add(path);
  }
  return same;
}

/** What cannot be read is written anew. */
function keyIn(file: string): string | undefined {
  try {
    return keyOfActivations(partsOf(file));
  } catch {
    return undefined;
  }
}

function roomOf(open: OpenRun): ExportRoom {
  const asset = (name: string): Promise<string> => readFile(join(__dirname, 'webview', name), 'utf8');
  return {
    opened: () => Promise.resolve(open),
    dashboard: async () => ({
      bundle: await asset('dashboard.js'),
      plotly: await asset('plotly-gl3d.js'),
      styles: await asset('dashboard.css'),
    }),
    html: (parts) => reportInThread(join(__dirname, 'report-worker.js'), parts),
  };
}
