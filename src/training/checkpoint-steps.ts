import { power } from '../core/elementary';
import type { Training } from '../experiment/experiment';

/**
 * The steps after which the parameters are kept, ascending and distinct; 0 (the initial weights) and the last step are
 * always among them. A number of checkpoints is spaced logarithmically between the first step and the last, each at least
 * one step after the one before; listed epochs are rounded to steps, and those past the end are left out.
 */
export function checkpointSteps(training: Training): number[] {
  const { checkpoints, totalSteps, unit, stepsPerEpoch } = training;
  if (totalSteps === 0) return [0];
  const inner =
    typeof checkpoints === 'number'
      ? logarithmic(checkpoints - 1, totalSteps)
      : checkpoints.map((at) => Math.round(unit === 'epochs' ? at * stepsPerEpoch : at));
  const steps = new Set([0, ...inner.filter((step) => step >= 0 && step < totalSteps), totalSteps]);
  return [...steps].sort((a, b) => a - b);
}

/** `count` whole numbers from 1 to `last`, or all of them where there are fewer. */
function logarithmic(count: number, last: number): number[] {
  const steps: number[] = [];
  let previous = 0;
  for (let i = 0; i < Math.min(count, last); i++) {
    const ideal = count > 1 ? Math.round(power(last, i / (count - 1))) : last;
    previous = Math.max(previous + 1, ideal);
    steps.push(previous);
  }
  return steps;
}
