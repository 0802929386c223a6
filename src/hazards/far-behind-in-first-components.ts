import { findingsOf } from '../analysis/findings';
import { atLeast } from '../analysis/statistics/bounds';
import { percent } from '../formats/percent';
import { own } from '../protocol/own';
import type { Hazard, Interval, NetworkResults, Value } from '../protocol/results';
import { computedTasks } from './computed';
import { unequalBeyondChance, type TaskScore } from './equally-computed';
import type { HazardInput, HazardRule } from './hazard-rule';
import { computingNetworks, lastHidden } from './trained-networks';
import { quoted } from './wording';

/** Speaks where the first components show so much less of one task than of the other: on average, and less in every replicate. */
const threshold = 0.3;

/** Components of most variance read as what the network computes. */
export const farBehindInFirstComponents: HazardRule = {
  name: 'far-behind-in-first-components',
  describe:
    'Two tasks of a network are about equally accurate (within .03, both past 80 % of the way from chance to perfect), and the first principal components of the last hidden layer, as many as the tasks that it ' +
    'computes can fill (classes − 1 each; at most those that are listed), show at least .3 less of one than of the other on average, and less in every replicate, with the interval of the difference (Student’s t, 99 % for all pairs of tasks together; none of one replicate) above 0: the sum of the squared correlations with them, of its largest possible value.',
  link: 'https://arxiv.org/abs/2405.05847',
  evaluate(results) {
    return computingNetworks(results).flatMap((network) => {
      const layer = lastHidden(network);
      if (!layer) return [];
      const fill = computedTasks(results, network).reduce((sum, task) => sum + dimensions(results, task), 0);
      const parts = findingsOf(results).parts(network.name, 'pcaCorrelation', layer.name).slice(0, fill);
      return unequalBeyondChance(results, network, (task) => shown(results, network, layer.name, task, parts))
        .filter(([more, less]) => atLeast(more.mean - less.mean, threshold))
        .map(([more, less]) => hazard(network, layer.name, [more, less], parts.length));
    });
  },
};

/** Directions that a task can take. */
function dimensions({ tasks }: HazardInput, task: string): number {
  return (own(tasks, task)?.classes.length ?? 1) - 1;
}

/**
 * What components show of a task, of what they can: the sum of their squared (multiple) correlations with it, by how many directions it can take, or by how
 * many components there are where these are fewer.
 */
function shown(
  results: HazardInput,
  { name }: NetworkResults,
  site: string,
  task: string,
  parts: readonly string[],
): Pick<Interval, 'mean' | 'values'> | undefined {
  const most = Math.min(parts.length, dimensions(results, task));
  const findings = findingsOf(results);
  const [first, ...others] = parts.map(
    (part) => findings.mean(name, 'pcaCorrelation', { site, label: task, part })?.values ?? [],
  );
  if (most === 0 || first.length === 0) return undefined;
  // A replicate may have fewer components than others: what it lacks shows nothing.
  const values = first.map((r, at): Value =>
    r === null ? null : others.reduce((sum, one) => sum + (one[at] ?? 0) ** 2, r * r) / most,
  );
  const known = values.filter((value) => value !== null);
  const mean = known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
  return { mean, values };
}

function hazard(
  network: NetworkResults,
  layer: string,
  [more, less]: readonly [TaskScore, TaskScore],
  components: number,
): Hazard {
  const [name, lessName, moreName] = [network.name, less.task, more.task].map(quoted);
  return {
    rule: farBehindInFirstComponents.name,
    severity: 'warning',
    where: { network: network.name, layer, task: less.task, comparedWith: more.task },
    value: more.mean - less.mean,
    threshold,
    message:
      `${name} computes ${lessName} (accuracy ${percent(less.accuracy)}) as well as ${moreName} (${percent(more.accuracy)}), yet the first ${components === 1 ? 'component' : `${components} components`} of ${layer} ` +
      `${components === 1 ? 'shows' : 'show'} ${percent(more.mean)} of ${moreName} and ${percent(less.mean)} of ${lessName}.`,
    advice: `A picture of the first components hides ${lessName}. Choose those that correlate with it, and read a component’s variance as size, not as use.`,
  };
}
