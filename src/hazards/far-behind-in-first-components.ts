import { findingsOf } from '../analysis/findings';
import { atLeast } from '../analysis/statistics/bounds';
import { percent } from '../formats/percent';
import { own } from '../protocol/own';
import type { Hazard, Interval, NetworkResults, Value } from '../protocol/results';
import { equallyComputed, type TaskScore } from './equally-computed';
import type { HazardInput, HazardRule } from './hazard-rule';
import { computingNetworks, lastHidden } from './trained-networks';
import { quoted } from './wording';

/** Speaks where the first components show so much less of one task than of the other: on average, and less in every replicate. */
const threshold = 0.3;

/** What a picture in a plane shows. */
const plane = ['PC1', 'PC2'] as const;

/** A plane of components read as what the network computes. */
export const farBehindInFirstComponents: HazardRule = {
  name: 'far-behind-in-first-components',
  describe:
    'Two tasks of a network are about equally accurate (within .03, both past 80 % of the way from chance to perfect), and the first two principal components of the last hidden layer show ' +
    'at least .3 less of one than of the other on average, and less in every replicate: the sum of the squared correlations of both with it, halved for tasks of three or more classes.',
  link: 'https://arxiv.org/abs/2405.05847',
  evaluate(results) {
    return computingNetworks(results).flatMap((network) => {
      const layer = lastHidden(network);
      if (!layer) return [];
      return equallyComputed(results, network, (task) => shownByPlane(results, network, layer.name, task))
        .filter(([more, less]) => atLeast(more.mean - less.mean, threshold))
        .map(([more, less]) => hazard(network, layer.name, more, less));
    });
  },
};

/**
 * What a plane shows of a task, of what it can show: the sum of the squared (multiple) correlations of both components with it, at most 1 of a binary task, and
 * at most 2 of others.
 */
function shownByPlane(
  results: HazardInput,
  { name }: NetworkResults,
  site: string,
  task: string,
): Pick<Interval, 'mean' | 'values'> | undefined {
  const most = Math.min(plane.length, (own(results.tasks, task)?.classes.length ?? 1) - 1);
  const findings = findingsOf(results);
  const found = plane.map((part) => findings.mean(name, 'pcaCorrelation', { site, label: task, part }));
  const [first, second] = found.map((one) => one?.values ?? []);
  if (most === 0 || first.length === 0 || first.length !== second.length) return undefined;
  const values = first.map((r, at): Value => {
    const other = second[at];
    return r === null || other === null ? null : (r * r + other * other) / most;
  });
  const known = values.filter((value) => value !== null);
  const mean = known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
  return { mean, values };
}

function hazard(network: NetworkResults, layer: string, more: TaskScore, less: TaskScore): Hazard {
  const [name, lessName, moreName] = [network.name, less.task, more.task].map(quoted);
  return {
    rule: farBehindInFirstComponents.name,
    severity: 'warning',
    where: { network: network.name, layer, task: less.task, comparedWith: more.task },
    value: more.mean - less.mean,
    threshold,
    message:
      `${name} computes ${lessName} (accuracy ${percent(less.accuracy)}) as well as ${moreName} (${percent(more.accuracy)}), yet the first two components of ${layer} ` +
      `show ${percent(more.mean)} of ${moreName} and ${percent(less.mean)} of ${lessName}.`,
    advice: `A plane of these components hides ${lessName}. Choose the components that correlate with it, and read a component’s variance as size, not as use.`,
  };
}
