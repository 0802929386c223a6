import { keptReplicate, replicateLabel } from '../core/replicate';
import type { AnalysisState } from '../language/analysis-state';
import { clock } from '../language/wording';
import type { Results } from '../protocol/results';
import type { RunRecord } from './run-records';

/** What else there is to know of a run for `runMessage`. */
export interface About {
  /** What is going on. */
  readonly going: string | undefined;
  /** Why it failed, as far as this session of the editor knows. */
  readonly problem: string;
  readonly stale: boolean;
  /** Which run found what is shown, and that run, if its entry is still there. */
  readonly foundBy: AnalysisState['foundBy'];
  readonly found: Pick<RunRecord, 'name' | 'startedAt' | 'finishedAt'> | undefined;
  readonly now: number;
}

/** How a run stands, and which run is shown where that is not the newest of its file. */
export function runMessage(record: RunRecord | undefined, about: About): string {
  if (!record) return 'Not analysed yet.';
  if (about.foundBy === 'older')
    return `This is ${runOf(record, about.now)}, not the newest. ${standing(record, about)}`;
  const shown =
    about.foundBy === 'before'
      ? `What is shown is of ${runOf(about.found, about.now)}, before this one.`
      : '';
  // What goes on is no whole sentence.
  return [standing(record, about), shown].filter(Boolean).join(record.status === 'running' ? ' · ' : ' ');
}

/** `the run “baseline” of 14:03`. */
function runOf(found: About['found'], now: number): string {
  if (!found) return 'a run';
  const name = found.name === undefined ? '' : ` “${found.name}”`;
  return `the run${name} of ${clock(found.finishedAt ?? found.startedAt, now)}`;
}

function standing(record: RunRecord, { going, problem, stale }: About): string {
  const of = `${record.finished} of ${record.planned} replicates`;
  switch (record.status) {
    case 'running':
      return going ?? 'Starting…';
    case 'done':
      return stale
        ? 'The file has changed since: these are the results of the file as it was.'
        : `Done: ${of}${record.quick ? ', a quick look at one seed' : ''}.`;
    case 'cancelled':
      return `Cancelled: ${of} are finished and kept.`;
    case 'interrupted':
      return `Interrupted: ${of} are finished and kept.`;
    case 'failed':
      return `Failed: ${problem || record.summary}`;
  }
}

/** Why a run has no finished replicate at all. */
export function whyNone({ networks }: Results): string {
  for (const { name, replicates } of networks)
    for (const { reason, ...one } of replicates)
      if (reason)
        return `no replicate could be trained. ${replicateLabel(keptReplicate(name, one))}: ${reason}`;
  return 'no replicate could be trained.';
}
