import { noColumns } from '../core/values';
import type { Replicate } from '../core/replicate';
import type { ReplicateResults } from '../protocol/results';
import type { Ending } from '../protocol/status';

/** What became of one replicate of a run. */
export interface Outcome {
  readonly replicate: Replicate;
  /** With the statistics of single units. */
  readonly results: ReplicateResults;
}

/** Of a replicate that has no results. */
export function unfinished(replicate: Replicate, status: Exclude<Ending, 'done'>, reason?: string): Outcome {
  const results = {
    seed: replicate.seed,
    status,
    ...(reason === undefined ? {} : { reason }),
    epochs: 0,
    steps: 0,
    checkpoints: [],
    values: noColumns(),
    units: {},
  };
  return { replicate, results };
}

/** The replicates of one source, in order of point and seed. @param point where only those at it are wanted */
export function outcomesOf(outcomes: readonly Outcome[], source: string, point?: number): Outcome[] {
  return outcomes
    .filter(({ replicate }) => replicate.source === source && replicate.point === (point ?? replicate.point))
    .sort(({ replicate: a }, { replicate: b }) => a.point - b.point || a.seed - b.seed);
}
