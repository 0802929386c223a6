/** How work ends: that of a replicate, and a whole run. */
const endings = ['done', 'failed', 'cancelled'] as const;
export type Ending = (typeof endings)[number];

/** How a replicate stands while its run goes on. */
export const curveStatuses = ['waiting', 'training', 'analysing', ...endings] as const;
export type CurveStatus = (typeof curveStatuses)[number];

/** How a run of the history stands. `interrupted`: the last session of the editor did not finish it. */
export const recordStatuses = ['running', ...endings, 'interrupted'] as const;
export type RecordStatus = (typeof recordStatuses)[number];

/** How the run of a file stands. `none`: nothing was run yet. */
export const runStatuses = ['none', ...recordStatuses] as const;
export type RunStatus = (typeof runStatuses)[number];

/**
 * Which run of a file found what is shown: the newest (or the one that goes on), one `before` it, as that has found nothing (yet), or an
 * `older` one that the user has opened.
 */
export const foundBys = ['newest', 'before', 'older'] as const;
export type FoundBy = (typeof foundBys)[number];

/** Something was left undone that can be done: what failed would fail again. */
export function isResumable(run: {
  readonly status: RunStatus;
  readonly finished: number;
  readonly planned: number;
  /** The file says something else now. */
  readonly stale: boolean;
}): boolean {
  return (
    (run.status === 'cancelled' || run.status === 'interrupted') && run.finished < run.planned && !run.stale
  );
}
