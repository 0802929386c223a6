import { totalmem } from 'node:os';
import { bytes, threadBytes } from '../experiment/checks/memory';
import type { Experiment } from '../experiment/experiment';
import { defaultPoolSize } from './pool/worker-pool';

/** How many threads a run has, and, where memory allows fewer than were wanted, why, as a clause without its full stop. */
export interface Threads {
  readonly workers: number;
  readonly fewer: string | null;
}

/**
 * The threads of a run, as many as memory holds together: each has stimuli and a network of its own.
 *
 * @param wanted as many as there are processors by default
 * @param memory in bytes
 */
export function threadsOf(
  experiment: Experiment,
  wanted = defaultPoolSize(),
  memory = memoryHere(),
): Threads {
  const one = threadBytes(experiment);
  const most = Math.max(1, Math.floor(memory / one));
  if (wanted <= most) return { workers: wanted, fewer: null };
  return {
    workers: most,
    fewer: `${wanted} threads would take about ${bytes(wanted * one)} of memory, more than the ${bytes(memory)} of this machine`,
  };
}

/** The machine's memory, or what of it a container allows. */
function memoryHere(): number {
  const allowed = process.constrainedMemory() as number | undefined;
  return allowed !== undefined && allowed > 0 ? Math.min(allowed, totalmem()) : totalmem();
}
