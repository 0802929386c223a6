import type { Phase } from '../experiment/experiment';

/** Training loss and accuracies over one epoch. */
export interface EpochScores {
  readonly loss: number;
  /** By task of the network. */
  readonly accuracy: readonly number[];
}

/**
 * Whether a phase ends early: each of the last `patience` epochs had a loss and accuracies that meet every named condition.
 * The accuracy counts for the tasks that the phase trains.
 *
 * @param epochs the whole epochs of this phase so far
 */
export function shouldStop(phase: Phase, epochs: readonly EpochScores[]): boolean {
  const { stopWhen, weights } = phase;
  if (!stopWhen || epochs.length < stopWhen.patience) return false;
  const { loss = Infinity, accuracy = 0 } = stopWhen;
  return epochs
    .slice(-stopWhen.patience)
    .every(
      (epoch) =>
        epoch.loss <= loss && epoch.accuracy.every((value, task) => weights[task] === 0 || value >= accuracy),
    );
}
