import type { Phase } from '../experiment/experiment';

/** Training loss and accuracies over one epoch. */
export interface EpochScores {
  readonly loss: number;
  /** By task of the network. */
  readonly accuracy: readonly number[];
}

/**
 * Whether a phase ends early: each of the last `patience` epochs had a loss and accuracies that meet every named condition, or the
 * last one meets all criteria that the phase lasts until. The accuracy counts for the tasks that the phase trains.
 *
 * @param epochs the whole epochs of this phase so far
 */
export function shouldStop(phase: Phase, epochs: readonly EpochScores[]): boolean {
  const { stopWhen, until, weights } = phase;
  if (until && epochs.length > 0) {
    const met = new Set(metCriteria(phase, epochs[epochs.length - 1]));
    return until.every((level, task) => level === null || met.has(task));
  }
  if (!stopWhen || epochs.length < stopWhen.patience) return false;
  const { loss = Infinity, accuracy = 0 } = stopWhen;
  return epochs
    .slice(-stopWhen.patience)
    .every(
      (epoch) =>
        epoch.loss <= loss && epoch.accuracy.every((value, task) => weights[task] === 0 || value >= accuracy),
    );
}

/** The tasks, by their place, whose accuracy over an epoch meets what a phase lasts until. */
export function metCriteria({ until = [] }: Phase, { accuracy }: EpochScores): number[] {
  return until.flatMap((level, task) => (level !== null && accuracy[task] >= level ? [task] : []));
}
