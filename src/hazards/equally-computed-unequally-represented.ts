import { findingsOf } from '../analysis/findings';
import { atLeast, atMost } from '../analysis/statistics/bounds';
import { percent } from '../formats/percent';
import type { Hazard, NetworkResults, Value } from '../protocol/results';
import { computedTasks } from './computed';
import type { HazardRule } from './hazard-rule';
import { lastHidden, computingNetworks } from './trained-networks';
import { quoted } from './wording';

/** Speaks when one task takes this many times the variance of another, on average, and more than it in every replicate … */
const threshold = 2;
/** … and is serious from here on. */
const serious = 3;
/** Their accuracies may differ by this much. */
const sameAccuracy = 0.03;
/** The larger share must be at least this: between two traces of variance a ratio says nothing. */
const noticeable = 0.05;
/** Smaller shares (and negative ones) count as this, so that the ratio stays finite. */
const floor = 0.01;

interface TaskShare {
  readonly task: string;
  readonly accuracy: number;
  readonly variance: number;
  /** Of each replicate. */
  readonly variances: readonly Value[];
}

/**
 * Variance explained read as importance. No decoder is needed to show that both tasks are decodable: the network's own output
 * layer reads both linearly from its last hidden layer, with the accuracy that it has.
 */
export const equallyComputedUnequallyRepresented: HazardRule = {
  name: 'equally-computed-unequally-represented',
  describe:
    'Two tasks of a trained network are about equally accurate (within .03, both past 80 % of the way from chance to perfect), and in ' +
    'the last hidden layer one explains at least twice the variance of the other on average, and more in every replicate.',
  evaluate(results) {
    const findings = findingsOf(results);
    return computingNetworks(results).flatMap((network) => {
      const layer = lastHidden(network);
      if (!layer) return [];
      const shares = computedTasks(results, network).flatMap((task): TaskShare[] => {
        const accuracy = findings.mean(network.name, 'accuracy', { label: task })?.mean ?? null;
        const share = findings.mean(network.name, 'varianceExplained', { site: layer.name, label: task });
        const { mean: variance = null, values: variances = [] } = share ?? {};
        return accuracy === null || variance === null ? [] : [{ task, accuracy, variance, variances }];
      });
      return pairs(shares)
        .map(([a, b]) => (a.variance >= b.variance ? ([a, b] as const) : ([b, a] as const)))
        .filter(([more, less]) => atMost(Math.abs(more.accuracy - less.accuracy), sameAccuracy))
        .filter(([more, less]) => atLeast(more.variance, noticeable) && atLeast(ratio(more, less), threshold))
        .filter(([more, less]) => isMoreInAll(more, less))
        .map(([more, less]) => hazard(network, layer.name, more, less));
    });
  },
};

/** In every replicate; one of a dead layer has neither share, and says nothing. */
function isMoreInAll({ variances }: TaskShare, { variances: others }: TaskShare): boolean {
  return variances.every((share, at) => {
    const other = others[at];
    return share === null || other === null || share > other;
  });
}

function ratio(more: TaskShare, less: TaskShare): number {
  return more.variance / Math.max(floor, less.variance);
}

function pairs<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((a, i) => items.slice(i + 1).map((b): [T, T] => [a, b]));
}

function hazard(network: NetworkResults, layer: string, more: TaskShare, less: TaskShare): Hazard {
  const value = ratio(more, less);
  const times = String(Number(value.toPrecision(2)));
  const [name, lessName, moreName] = [network.name, less.task, more.task].map(quoted);
  const against =
    less.variance < floor
      ? ` and ${lessName} less than ${percent(floor)}: more than ${times} times as much.`
      : `, ${times} times the ${percent(less.variance)} of ${lessName}.`;
  return {
    rule: equallyComputedUnequallyRepresented.name,
    severity: atLeast(value, serious) ? 'serious' : 'warning',
    where: { network: network.name, layer, task: less.task, comparedWith: more.task },
    value,
    threshold,
    message:
      `${name} computes ${lessName} (accuracy ${percent(less.accuracy)}) as well as ${moreName} (${percent(more.accuracy)}), yet ` +
      `in ${layer} ${moreName} explains ${percent(more.variance)} of the variance${against}`,
    advice:
      `Do not read variance as importance: PCA, RDMs, RSA and most single units will show ${moreName} and pass over ${lessName}. ` +
      `Look at accuracy, at the unique share of variance, and at the units and components that correlate with ${lessName}.`,
  };
}
