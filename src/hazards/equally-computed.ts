import { findingsOf } from '../analysis/findings';
import { atLeast, atMost } from '../analysis/statistics/bounds';
import { interval, ranges } from '../analysis/statistics/interval';
import type { Interval, NetworkResults, Value } from '../protocol/results';
import { computedTasks } from './computed';
import type { HazardInput } from './hazard-rule';

/** Accuracies of equally computed tasks may differ by this much. */
const sameAccuracy = 0.03;

/** Of smaller shares of variance a ratio says nothing. */
const noticeable = 0.05;
/** Smaller shares (and negative ones) count as this, so that ratios stay finite. */
export const floor = 0.01;

/** Of the intervals of differences, of all pairs of tasks of a network together. */
const error = 0.01;

/** A task that a network computes, with a number that it has in a layer. */
export interface TaskScore {
  readonly task: string;
  readonly accuracy: number;
  /** Of the number, over replicates. */
  readonly mean: number;
  /** Of each replicate that is done. */
  readonly values: readonly Value[];
}

/**
 * Pairs of tasks that a network computes about equally well (within .03, both past 80 % of the way from chance to perfect), of which the first has more of a number than the second: on
 * average, and in every replicate that has both.
 *
 * @param numberOf what is compared; tasks without it are in no pair
 */
export function equallyComputed(
  results: HazardInput,
  network: NetworkResults,
  numberOf: (task: string) => Pick<Interval, 'mean' | 'values'> | undefined,
): (readonly [more: TaskScore, less: TaskScore])[] {
  const findings = findingsOf(results);
  const scores = computedTasks(results, network).flatMap((task): TaskScore[] => {
    const accuracy = findings.mean(network.name, 'accuracy', { label: task })?.mean ?? null;
    const { mean = null, values = [] } = numberOf(task) ?? {};
    return accuracy === null || mean === null ? [] : [{ task, accuracy, mean, values }];
  });
  return scores
    .flatMap((a, i) =>
      scores.slice(i + 1).map((b) => (a.mean >= b.mean ? ([a, b] as const) : ([b, a] as const))),
    )
    .filter(([more, less]) => atMost(Math.abs(more.accuracy - less.accuracy), sameAccuracy))
    .filter(([more, less]) => isMoreInAll(more, less));
}

/** How many times the share of variance of the second the first has. */
export function timesAsMuch(more: TaskScore, less: TaskScore): number {
  return more.mean / Math.max(floor, less.mean);
}

/** Whether the first share of variance is noticeable, and at least so many times the second. */
export function isTimesAsMuch([more, less]: readonly [TaskScore, TaskScore], threshold: number): boolean {
  return atLeast(more.mean, noticeable) && atLeast(timesAsMuch(more, less), threshold);
}

/** One of a dead layer has neither number, and says nothing. */
function isMoreInAll({ values }: TaskScore, { values: others }: TaskScore): boolean {
  return values.every((value, at) => {
    const other = others[at];
    return value === null || other === null || value > other;
  });
}

/**
 * Those of which the interval of the difference over replicates (Student’s t, 99 % for all pairs of tasks together: one of many pairs is unequal in all of five replicates by chance) lies above 0. One replicate has
 * no interval.
 */
export function unequalBeyondChance(
  ...of: Parameters<typeof equallyComputed>
): ReturnType<typeof equallyComputed> {
  const [results, network] = of;
  const tasks = computedTasks(results, network).length;
  const confidence = 1 - error / Math.max(1, (tasks * (tasks - 1)) / 2);
  return equallyComputed(...of).filter(([{ values }, { values: others }]) => {
    const differences = values.map((value, at) => {
      const other = others[at];
      return value === null || other === null ? null : value - other;
    });
    const { low, kind } = interval(differences, confidence, ranges.unbounded);
    return kind === 'equal' || (low !== null && low > 0);
  });
}
