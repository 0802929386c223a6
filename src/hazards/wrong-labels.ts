import { own } from '../protocol/own';
import type { NetworkResults } from '../protocol/results';
import type { HazardInput } from './hazard-rule';

/** The share of the training labels of a task of a network that is wrong by what the file says. */
export function wrongLabels({ labelNoise = {} }: NetworkResults, task: string): number {
  return own(labelNoise, task) ?? 0;
}

/**
 * From which share on labels no longer say what is right, as any other class is as frequent among what is wrong, or more so: (k − 1) / k of k classes. What a network then
 * answers on fresh stimuli, and how that goes, says nothing of whether it learned.
 */
export function mostWrong({ tasks }: HazardInput, task: string): number {
  const classes = own(tasks, task)?.classes.length ?? 2;
  return (classes - 1) / classes;
}

/** Whether the training labels of a task do not say what is right. */
export function isMisled(results: HazardInput, network: NetworkResults, task: string): boolean {
  return wrongLabels(network, task) >= mostWrong(results, task) - 1e-9;
}
