import { doneReplicates } from '../analysis/findings';
import type { NetworkResults } from '../protocol/results';

/** When the replicates of a network ended; null where none of them was measured in the course of training. */
export function lastEpoch(network: NetworkResults): number | null {
  const measured = doneReplicates(network).filter(({ checkpoints }) => checkpoints.length > 1);
  return measured.length === 0 ? null : Math.max(...measured.map(({ epochs }) => epochs));
}

/** Every epoch at which replicates of a network were measured, in order. */
export function measuredEpochs(network: NetworkResults): number[] {
  const epochs = doneReplicates(network).flatMap(({ checkpoints }) => checkpoints.map(({ epoch }) => epoch));
  return [...new Set(epochs)].sort((a, b) => a - b);
}
