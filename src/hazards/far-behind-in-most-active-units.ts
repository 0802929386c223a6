import { findingsOf } from '../analysis/findings';
import { percent } from '../formats/percent';
import type { Hazard, NetworkResults } from '../protocol/results';
import { isTimesAsMuch, type TaskScore, timesAsMuch, unequalBeyondChance } from './equally-computed';
import type { HazardRule } from './hazard-rule';
import { computingNetworks, lastHidden } from './trained-networks';
import { quoted } from './wording';

/** Speaks where the most active units follow one task so many times as much as the other: on average, and more in every replicate, and beyond chance. */
const threshold = 2;

/** The units that one looks at first, read as what the network computes. */
export const farBehindInMostActiveUnits: HazardRule = {
  name: 'far-behind-in-most-active-units',
  describe:
    'Two tasks of a network are about equally accurate (within .03, both past 80 % of the way from chance to perfect), and of the variance of the most active tenth of the units of the last hidden layer (mean over units; ' +
    'measured where “subsets” are asked for) one explains at least .05 and twice as much as the other on average, and more in every replicate, with the interval of the difference (Student’s t, 99 % for all pairs of tasks together; none of one replicate) above 0.',
  link: 'https://arxiv.org/abs/2405.05847',
  evaluate(results) {
    const findings = findingsOf(results);
    return computingNetworks(results).flatMap((network) => {
      const layer = lastHidden(network);
      if (!layer) return [];
      return unequalBeyondChance(results, network, (label) =>
        findings.mean(network.name, 'varianceExplainedInActive', { site: layer.name, label }),
      )
        .filter((pair) => isTimesAsMuch(pair, threshold))
        .map(([more, less]) => hazard(network, layer.name, more, less));
    });
  },
};

function hazard(network: NetworkResults, layer: string, more: TaskScore, less: TaskScore): Hazard {
  const [name, lessName, moreName] = [network.name, less.task, more.task].map(quoted);
  return {
    rule: farBehindInMostActiveUnits.name,
    severity: 'warning',
    where: { network: network.name, layer, task: less.task, comparedWith: more.task },
    value: timesAsMuch(more, less),
    threshold,
    message:
      `${name} computes ${lessName} (accuracy ${percent(less.accuracy)}) as well as ${moreName} (${percent(more.accuracy)}), yet of the most active tenth of the units of ${layer} ` +
      `${moreName} explains ${percent(more.mean)} of the variance and ${lessName} ${percent(Math.max(0, less.mean))}.`,
    advice: `Do not take the most active units for what matters: sort units by their correlation with ${lessName}, and see what its accuracy does without them.`,
  };
}
