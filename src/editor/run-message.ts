import type { Results } from '../protocol/results';
import type { RunRecord } from './run-records';

/** How a run stands, in a sentence. */
export function runMessage(
  record: RunRecord | undefined,
  about: {
    /** What is going on. */
    readonly going: string | undefined;
    /** Why it failed, as far as this session of the editor knows. */
    readonly problem: string;
    readonly stale: boolean;
    /** The results that are shown are of an earlier run. */
    readonly earlier: boolean;
  },
): string {
  if (!record) return 'Not analysed yet.';
  const of = `${record.finished} of ${record.planned} replicates`;
  const earlier = about.earlier ? ' What is shown is of an earlier run.' : '';
  switch (record.status) {
    case 'running':
      return about.going ?? 'Starting…';
    case 'done':
      return about.stale
        ? 'The file has changed since: these are the results of the file as it was.'
        : `Done: ${of}${record.quick ? ', a quick look at one seed' : ''}.`;
    case 'cancelled':
      return `Cancelled: ${of} are finished and kept.${earlier}`;
    case 'interrupted':
      return `Interrupted: ${of} are finished and kept.${earlier}`;
    case 'failed':
      return `Failed: ${about.problem || record.summary}${earlier}`;
  }
}

/** Why a run has no finished replicate at all. */
export function whyNone({ networks }: Results): string {
  for (const { name, replicates } of networks)
    for (const { seed, reason } of replicates)
      if (reason) return `no replicate could be trained. ${name}/${seed}: ${reason}`;
  return 'no replicate could be trained.';
}
