import type { Experiment } from '../experiment/experiment';
import { withSeeds } from '../experiment/replicates';
import type { Comparison } from '../protocol/comparison';
import type { Beside } from '../protocol/dashboard';
import type { Results } from '../protocol/results';
import type { Ending } from '../protocol/status';
import { fingerprint } from '../run/keys';
import type { RunRecord } from './run-records';

/** What is known of one experiment file, but for what goes on in threads. */
export interface FileState {
  /** The newest run, or the one that the user has opened. */
  readonly record: RunRecord | undefined;
  readonly results: Results | null;
  /** The run that found the results: an earlier one while the newest has found nothing. */
  readonly foundBy: Pick<RunRecord, 'id' | 'quick'> | null;
  /** While networks have no finished replicate: the results with what their checkpoints say. */
  readonly preview: Results | null;
  /** What the file says now; null: it cannot be read as it is; undefined: not looked at yet. */
  readonly file: Experiment | null | undefined;
  /** What it said when it could last be read: an untitled document is emptied before it is gone. */
  readonly readable: Experiment | undefined;
  /** The results are not of what the file says. */
  readonly stale: boolean;
  /** Why the run found nothing, as far as this session of the editor knows. */
  readonly problem: string;
  /** The results beside those of other runs. */
  readonly comparison: Compared | null;
  /** When the list of hazards was last asked for; 0: never. */
  readonly hazardsAt: number;
}

export const nothingKnown: FileState = {
  record: undefined,
  results: null,
  foundBy: null,
  preview: null,
  file: undefined,
  readable: undefined,
  stale: false,
  problem: '',
  comparison: null,
  hazardsAt: 0,
};

/** Results beside those of other runs. */
export interface Compared extends Beside {
  /** One for each of the others. */
  readonly found: readonly Comparison[];
}

/** What happens to a file, its runs and what is shown of them. */
export type FileEvent =
  /** A run begins, of what the file says. */
  | { readonly kind: 'begun'; readonly record: RunRecord; readonly experiment: Experiment }
  /** The run has found these, so far or in the end. */
  | { readonly kind: 'found'; readonly results: Results }
  | { readonly kind: 'previewed'; readonly results: Results | null }
  /** The run is over: when, with how many finished replicates, what there is to say of it, and why it found nothing. */
  | {
      readonly kind: 'ended';
      readonly status: Ending;
      readonly at: number;
      readonly finished: number;
      readonly summary: string;
      readonly problem: string;
    }
  /** An earlier run is shown, with what it found or, where that is nothing, what the run `by` before it did. */
  | {
      readonly kind: 'opened';
      readonly record: RunRecord;
      readonly results: Results | null;
      readonly by: RunRecord;
    }
  /** Its runs were deleted. */
  | { readonly kind: 'forgotten' }
  /** The file was looked at; null: it cannot be read as it is. */
  | { readonly kind: 'read'; readonly experiment: Experiment | null }
  | { readonly kind: 'compared'; readonly comparison: Compared }
  | { readonly kind: 'hazardsAsked'; readonly at: number }
  | { readonly kind: 'moved'; readonly uri: string };

/** What is known of a file when something has happened. */
export function afterEvent(state: FileState, event: FileEvent): FileState {
  switch (event.kind) {
    case 'begun': {
      const { record, experiment } = event;
      return judged({
        ...state,
        ...{ record, file: experiment, readable: experiment, problem: '', preview: null },
      });
    }
    case 'found':
      return withResults(state, event.results, state.record);
    case 'previewed':
      return { ...state, preview: event.results };
    case 'ended':
      return ended(state, event);
    case 'opened':
      return withResults({ ...state, record: event.record, problem: '' }, event.results, event.by);
    case 'forgotten':
      return withResults({ ...state, record: undefined }, null, undefined);
    case 'read':
      return judged({ ...state, file: event.experiment, readable: event.experiment ?? state.readable });
    case 'compared':
      return { ...state, comparison: event.comparison };
    case 'hazardsAsked':
      return { ...state, hazardsAt: event.at };
    case 'moved':
      return { ...state, record: state.record && { ...state.record, uri: event.uri } };
  }
}

function ended(
  state: FileState,
  { status, at, finished, summary, problem }: FileEvent & { kind: 'ended' },
): FileState {
  // A run that went on and was stopped at once still has what it had.
  const all = Math.max(finished, state.record?.finished ?? 0);
  const results = all > 0 ? state.results : null;
  const record = state.record && {
    ...state.record,
    ...{ status, finishedAt: at, finished: all, summary: summary || state.record.summary },
    fingerprint: results?.fingerprint ?? '',
    hazards: results?.hazards.length ?? 0,
  };
  return { ...state, record, problem, preview: null };
}

function withResults(state: FileState, results: Results | null, by: RunRecord | undefined): FileState {
  // A comparison is of these results, and of no others.
  const same = results?.fingerprint === state.results?.fingerprint;
  const foundBy = results && by ? { id: by.id, quick: by.quick } : null;
  return judged({ ...state, results, foundBy, comparison: same ? state.comparison : null });
}

function judged(state: FileState): FileState {
  return { ...state, stale: isStale(state) };
}

function isStale({ results, file, foundBy }: FileState): boolean {
  if (!results || file === undefined) return false;
  if (file === null) return true;
  const same = foundBy?.quick === true ? withSeeds(file, 1) : file;
  return fingerprint(same, results.engine) !== results.fingerprint;
}
