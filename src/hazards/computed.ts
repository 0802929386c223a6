import { findingsOf } from '../analysis/findings';
import { atLeast } from '../analysis/statistics/bounds';
import { own } from '../protocol/own';
import type { NetworkResults } from '../protocol/results';
import type { HazardInput } from './hazard-rule';

/** A task counts as computed from this share of the way from chance to perfect on. */
export const mastered = 0.8;

/**
 * How far the mean accuracy over replicates has come from chance to perfect: 0 at chance, 1 where every answer is right. Accuracy itself
 * depends on base rates. Null where nothing is done, or the test set has one class.
 */
export function aboveChance(results: HazardInput, { name }: NetworkResults, task: string): number | null {
  const accuracy = findingsOf(results).mean(name, 'accuracy', { label: task })?.mean ?? null;
  const chance = own(results.tasks, task)?.chance ?? 1;
  return accuracy === null || chance >= 1 ? null : (accuracy - chance) / (1 - chance);
}

/** The tasks that the replicates of a network compute, rather than those that it was trained on. */
export function computedTasks(results: HazardInput, network: NetworkResults): string[] {
  return network.tasks.filter((task) => atLeast(aboveChance(results, network, task) ?? 0, mastered));
}
