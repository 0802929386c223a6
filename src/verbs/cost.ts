import { bytes, threadBytes } from '../experiment/checks/memory';
import type { Experiment } from '../experiment/experiment';
import { costOf, totalSeconds } from '../language/training-cost';
import { counted, duration } from '../language/wording';
import { threadsOf } from '../run/threads';

/** What training takes; analysing comes on top. */
export interface Cost {
  /** Of all replicates together. */
  readonly steps: number;
  /** Of one thread, estimated to an order of magnitude. */
  readonly seconds: number;
  readonly threads: number;
  /** Bytes of memory that all threads hold together, estimated. */
  readonly memory: number;
  /** Why there are fewer threads than were asked for, or than there are processors; null where there are not. */
  readonly fewer: string | null;
}

/**
 * The cost of all replicates on this machine.
 *
 * @param wanted threads; the processors by default
 */
export function costHere(experiment: Experiment, wanted?: number): Cost {
  const { workers: threads, fewer } = threadsOf(experiment, wanted);
  return {
    steps: experiment.networks.reduce(
      (sum, network) => sum + costOf(experiment, network).steps * experiment.seeds,
      0,
    ),
    seconds: totalSeconds(experiment),
    threads,
    memory: threads * threadBytes(experiment),
    fewer,
  };
}

/** A cost as a clause without its full stop. */
export function costText({ steps, seconds, threads, memory, fewer }: Cost): string {
  return [
    `${counted(steps, 'step')} of training on ${counted(threads, 'thread')}: estimated ${duration(seconds / threads)}, and about ${bytes(memory)} of memory`,
    ...(fewer === null ? [] : [fewer]),
  ].join('; ');
}
