import { bytes, threadBytes } from '../experiment/checks/memory';
import type { Experiment } from '../experiment/experiment';
import { experimentAt, replicatesOf } from '../experiment/replicates';
import { mayEndEarly } from '../experiment/training';
import type { Replicate } from '../core/replicate';
import { counted, duration } from '../language/wording';
import { threadsOf } from '../run/threads';
import { sourceOf } from '../sources/sources';

/** What training takes; analysing comes on top. */
export interface Cost {
  /** Of all these replicates together. */
  readonly steps: number;
  /** Whether trainings may end before all of their steps. */
  readonly atMost: boolean;
  /** Of one thread, estimated to an order of magnitude. */
  readonly seconds: number;
  readonly threads: number;
  /** Bytes of memory that all threads hold together, estimated. */
  readonly memory: number;
  /** Why there are fewer threads than were asked for, or than there are processors; null where there are not. */
  readonly fewer: string | null;
}

/**
 * What training takes on this machine.
 *
 * @param wanted threads; the processors by default
 * @param replicates that are trained; all by default
 */
export function costHere(
  experiment: Experiment,
  wanted?: number,
  replicates: readonly Replicate[] = replicatesOf(experiment),
): Cost {
  const { workers: threads, fewer } = threadsOf(experiment, wanted);
  const costs = replicates.map((replicate) => sourceOf(experiment, replicate).cost);
  const total = (of: 'steps' | 'seconds'): number => costs.reduce((sum, cost) => sum + cost[of], 0);
  return {
    steps: total('steps'),
    atMost: replicates.some(({ source, point }) =>
      experimentAt(experiment, point).networks.some((one) => one.name === source && mayEndEarly(one)),
    ),
    seconds: total('seconds'),
    threads,
    memory: threads * threadBytes(experiment),
    fewer,
  };
}

/** A cost as a clause without its full stop. */
export function costText({ steps, atMost, seconds, threads, memory, fewer }: Cost): string {
  return [
    `${atMost ? 'at most ' : ''}${counted(steps, 'step')} of training on ${counted(threads, 'thread')}: estimated ${duration(seconds / threads)}, and about ${bytes(memory)} of memory`,
    ...(fewer === null ? [] : [fewer]),
  ].join('; ');
}
