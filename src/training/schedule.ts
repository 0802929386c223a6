import { cosPi, power } from '../core/elementary';
import type { Training } from '../experiment/experiment';

/**
 * The factor on the learning rate of a step (counted from 0, over all phases; a phase that stops early does not skip any).
 * In warm-up the factor rises linearly and is 1 in its last step; the schedule begins when warm-up ends. With t steps since
 * then, of n that are planned, and p = t / n:
 * - `linear`: 1 − (1 − final) p
 * - `cosine`: final + (1 − final) (1 + cos πp) / 2
 * - `exponential`: factor^(epochs since warm-up / every)
 * - `step`: factor^⌊epochs since warm-up / every⌋
 *
 * `linear` and `cosine` thus reach `final` after the last step, as PyTorch's schedulers do with n steps.
 */
export function scheduleFactor(training: Training, step: number): number {
  const { schedule, stepsPerEpoch, totalSteps } = training;
  const warmup = Math.round(schedule.warmup * stepsPerEpoch);
  if (step < warmup) return (step + 1) / warmup;
  const since = step - warmup;
  const share = since / (totalSteps - warmup);
  // Whole steps first: 10 epochs of 7 steps are 70 steps, and not 69.99… of them.
  const periods = since / (schedule.every * stepsPerEpoch);
  switch (schedule.type) {
    case 'constant':
      return 1;
    case 'linear':
      return 1 - (1 - schedule.final) * share;
    case 'cosine':
      return schedule.final + ((1 - schedule.final) * (1 + cosPi(share))) / 2;
    case 'exponential':
      return power(schedule.factor, periods);
    case 'step':
      return power(schedule.factor, Math.floor(periods + 1e-9));
  }
}
