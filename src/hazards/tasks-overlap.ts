import { findingsOf } from '../analysis/findings';
import { decimals } from '../formats/fixed';
import { atLeast, atMost } from '../analysis/statistics/bounds';
import { percent } from '../formats/percent';
import type { NetworkResults } from '../protocol/results';
import type { HazardInput, HazardRule } from './hazard-rule';
import { lastHidden, computingNetworks } from './trained-networks';
import { quoted } from './wording';

/** Speaks where the unique share is at most this much of what a task explains. */
const threshold = 0.5;
/** Of less variance nobody asks whose it is. */
const noticeable = 0.05;
/** Labels that correlate less do not explain the same. */
const related = 0.3;

/** A task that is derived from another, whose variance is counted twice. */
export const tasksOverlap: HazardRule = {
  name: 'tasks-overlap',
  describe:
    'Two tasks of a trained network correlate in the test set (|r| of .3 or more), and half or more of the variance that one explains in the ' +
    'last hidden layer is explained by the other tasks as well.',
  link: 'https://en.wikipedia.org/wiki/Commonality_analysis',
  evaluate(results) {
    const findings = findingsOf(results);
    return computingNetworks(results).flatMap((network) => {
      const layer = lastHidden(network);
      if (!layer) return [];
      const told = new Set<string>();
      return network.tasks.flatMap((task) => {
        const where = { site: layer.name, label: task };
        const all = findings.mean(network.name, 'varianceExplained', where)?.mean ?? null;
        const unique = findings.mean(network.name, 'varianceExplainedUnique', where)?.mean ?? null;
        const other = closest(results, network, task);
        if (all === null || unique === null || !other || !atLeast(all, noticeable)) return [];
        const value = Math.max(0, unique) / all;
        const pair = [task, other.task].sort().join('\0');
        if (!atMost(value, threshold) || told.has(pair)) return [];
        told.add(pair);
        return [
          {
            rule: tasksOverlap.name,
            severity: 'warning' as const,
            where: { network: network.name, layer: layer.name, task, comparedWith: other.task },
            value,
            threshold,
            message:
              `${quoted(task)} explains ${percent(all)} of the variance in ${layer.name} of ${quoted(network.name)}, but ${percent(unique)} by itself: the rest ` +
              `other tasks explain as well. It correlates with ${quoted(other.task)} by ${decimals(other.r)} in the test set.`,
            advice:
              'Do not add up the shares of such tasks, or compare one with the other: use the unique share of each (Measure: “Unique share of the task”).',
          },
        ];
      });
    });
  },
};

/** The other task of the network that correlates most with this one, where any does. */
function closest(
  { stimuli }: HazardInput,
  network: NetworkResults,
  task: string,
): { task: string; r: number } | undefined {
  const { labels, matrix } = stimuli.test.labelCorrelations;
  return network.tasks
    .filter((other) => other !== task)
    .flatMap((other) => {
      const r = matrix[labels.indexOf(task)]?.[labels.indexOf(other)] ?? null;
      return r === null || !atLeast(Math.abs(r), related) ? [] : [{ task: other, r }];
    })
    .sort((a, b) => Math.abs(b.r) - Math.abs(a.r))[0];
}
