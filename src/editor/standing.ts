import type { AnalysisState } from '../language/analysis-state';
import type { RunState } from '../protocol/dashboard';
import type { FileState } from './file-state';
import type { GoingRun } from './going-run';
import { runMessage } from './run-message';
import type { RunRecord, RunRecords } from './run-records';

/** The run that found the results of a file, if its entry is still there. */
export function foundRecord({ record, foundBy }: FileState, records: RunRecords): RunRecord | undefined {
  return record?.id === foundBy?.id ? record : records.find(foundBy?.id ?? '');
}

/** How a file and its runs stand, for what an editor says of it. @param going the run of this session of the editor */
export function analysisState(
  known: FileState,
  records: RunRecords,
  going: GoingRun | undefined,
): AnalysisState | undefined {
  const { record, results, stale } = known;
  if (!record) return undefined;
  return {
    status: record.status === 'interrupted' ? 'cancelled' : record.status,
    results,
    finished: going?.live.finished ?? record.finished,
    planned: record.planned,
    foundBy: foundBy(known, records),
    stale,
    finishedAt: (results ? foundRecord(known, records) : record)?.finishedAt ?? null,
  };
}

/** The same for the dashboard. */
export function runState(known: FileState, records: RunRecords, going: GoingRun | undefined): RunState {
  const { record, preview, stale, problem } = known;
  const running = going?.running ?? false;
  const planned = record?.planned ?? 0;
  const finished = (running ? going?.live.finished : record?.finished) ?? 0;
  // Of a run that goes on there may be previews.
  const by = preview ? 'newest' : foundBy(known, records);
  const found = foundRecord(known, records);
  const about = { going: going?.live.message, problem, stale, foundBy: by, found, now: Date.now() };
  return {
    status: record?.status ?? 'none',
    message: runMessage(record, about),
    finished,
    planned,
    progress: running ? (going?.live.progress ?? 0) : planned === 0 ? 0 : finished / planned,
    quick: record?.quick ?? false,
    stale: stale || (running && by === 'before'),
    foundBy: by,
  };
}

/** Which run of the file found the results. */
function foundBy({ record, results, foundBy: by }: FileState, records: RunRecords): AnalysisState['foundBy'] {
  if (record && records.newestOf(record)?.id !== record.id) return 'older';
  return results && by?.id !== record?.id ? 'before' : 'newest';
}
