import { findingsOf } from '../analysis/findings';
import { atLeast } from '../analysis/statistics/bounds';
import { percent } from '../formats/percent';
import type { Hazard, NetworkResults } from '../protocol/results';
import { equallyComputed, floor, isTimesAsMuch, type TaskScore, timesAsMuch } from './equally-computed';
import type { HazardRule } from './hazard-rule';
import { lastHidden, computingNetworks } from './trained-networks';
import { quoted } from './wording';

/** Speaks when one task takes this many times the variance of another, on average, and more than it in every replicate … */
const threshold = 2;
/** … and is serious from here on. */
const serious = 3;

/**
 * Variance explained read as importance. No decoder is needed to show that both tasks are decodable: the network's own output
 * layer reads both linearly from its last hidden layer, with the accuracy that it has.
 */
export const equallyComputedUnequallyRepresented: HazardRule = {
  name: 'equally-computed-unequally-represented',
  describe:
    'Two tasks of a trained network are about equally accurate (within .03, both past 80 % of the way from chance to perfect), and in ' +
    'the last hidden layer one explains at least twice the variance of the other on average, and more in every replicate.',
  link: 'https://arxiv.org/abs/2405.05847',
  evaluate(results) {
    const findings = findingsOf(results);
    return computingNetworks(results).flatMap((network) => {
      const layer = lastHidden(network);
      if (!layer) return [];
      return equallyComputed(results, network, (label) =>
        findings.mean(network.name, 'varianceExplained', { site: layer.name, label }),
      )
        .filter((pair) => isTimesAsMuch(pair, threshold))
        .map(([more, less]) => hazard(network, layer.name, more, less));
    });
  },
};

function hazard(network: NetworkResults, layer: string, more: TaskScore, less: TaskScore): Hazard {
  const value = timesAsMuch(more, less);
  const times = String(Number(value.toPrecision(2)));
  const [name, lessName, moreName] = [network.name, less.task, more.task].map(quoted);
  const against =
    less.mean < floor
      ? ` and ${lessName} less than ${percent(floor)}: more than ${times} times as much.`
      : `, ${times} times the ${percent(less.mean)} of ${lessName}.`;
  return {
    rule: equallyComputedUnequallyRepresented.name,
    severity: atLeast(value, serious) ? 'serious' : 'warning',
    where: { network: network.name, layer, task: less.task, comparedWith: more.task },
    value,
    threshold,
    message:
      `${name} computes ${lessName} (accuracy ${percent(less.accuracy)}) as well as ${moreName} (${percent(more.accuracy)}), yet ` +
      `in ${layer} ${moreName} explains ${percent(more.mean)} of the variance${against}`,
    advice:
      `Do not read variance as importance: PCA, RDMs, RSA and most single units will show ${moreName} and pass over ${lessName}. ` +
      `Look at accuracy, at the unique share of variance, and at the units and components that correlate with ${lessName}.`,
  };
}
