import { labelledReplicate } from '../core/replicate';
import { groupOf } from '../protocol/pair-results';
import { decimals } from '../formats/fixed';
import { differenceOfMeans } from '../analysis/rsa/groups';
import { confidenceText } from '../formats/percent';
import { approximately } from '../formats/remark';
import { comparisonNames, layerWords, metricNames } from '../protocol/measure-names';
import type { RdmMetric } from '../protocol/rdm-words';
import type { Hazard, NetworkResults, RsaResults, Value } from '../protocol/results';
import { computedTasks } from './computed';
import type { HazardInput, HazardRule } from './hazard-rule';
import { trainedNetworks } from './trained-networks';
import { quoted } from './wording';

/** Differences of similarity below this would not be seen in a picture. */
const threshold = 0.02;

/** RSA read as computing the same thing. */
export const rsaBelowSimplerTask: HazardRule = {
  name: 'rsa-below-simpler-task',
  describe:
    'Replicates of one trained network are less alike, by RSA, than they are like a trained network that computes something simpler: only some ' +
    'of its tasks, or other tasks, where its own replicates are more alike. A task is computed where the mean accuracy has come 80 % of the ' +
    'way from chance to perfect. Serious where the interval of the difference, by the jackknife over the replicates of both, lies above 0.',
  link: 'https://arxiv.org/abs/2507.22216',
  evaluate(results) {
    return oncePerPair(
      results.rsa.flatMap((rsa) => {
        const members = membersOf(rsa);
        return trainedNetworks(results).flatMap((network) => compare(results, rsa, members, network));
      }),
    );
  },
};

/**
 * One hazard for each pair of networks: the loudest, of equally loud ones the first (the results list the last hidden layer
 * first), which names the other comparisons that show the same.
 */
function oncePerPair(all: readonly Hazard[]): Hazard[] {
  const pairs = new Map<string, Hazard[]>();
  for (const hazard of all) {
    const pair = JSON.stringify([hazard.where.network, hazard.where.simpler]);
    pairs.set(pair, [...(pairs.get(pair) ?? []), hazard]);
  }
  return [...pairs.values()].map((same) => {
    const loudest = same.find(({ severity }) => severity === 'serious') ?? same[0];
    const others = same.filter((hazard) => hazard !== loudest);
    if (others.length === 0) return loudest;
    return { ...loudest, message: `${loudest.message} The same holds ${elsewhere(others)}.` };
  });
}

/** `by correlation distance in hidden3, hidden2 and by Euclidean distance in hidden4`. */
function elsewhere(others: readonly Hazard[]): string {
  const layers = new Map<RdmMetric, string[]>();
  for (const { where } of others) {
    const metric = where.metric as RdmMetric;
    layers.set(metric, [...(layers.get(metric) ?? []), where.layer]);
  }
  return [...layers]
    .map(([metric, names]) => `by ${metricNames[metric]} in ${names.join(', ')}`)
    .join(' and ');
}

function compare(
  results: HazardInput,
  rsa: RsaResults,
  members: ReadonlyMap<string, readonly number[]>,
  network: NetworkResults,
): Hazard[] {
  const own = groupOf(rsa, network.name, network.name);
  if (!own || own.mean === null) return [];
  const ownMean = own.mean;
  return trainedNetworks(results).flatMap((other) => {
    const between = groupOf(rsa, network.name, other.name);
    if (!between || between.mean === null || !isSimpler(results, rsa, other, network, ownMean)) return [];
    const value = between.mean - ownMean;
    if (value <= threshold) return [];
    // Both means are over the same replicates of the network: what tells is their difference, not whether their intervals overlap.
    const [mine, others] = [network, other].map(({ name }) => members.get(name) ?? []);
    const { low, high, kind } = differenceOfMeans(rsa.matrix, mine, others, results.confidence);
    const apart = low !== null && low > 0;
    const networks = `replicates of ${quoted(network.name)} (${computes(results, network)})`;
    return [
      {
        rule: rsaBelowSimplerTask.name,
        severity: apart ? 'serious' : 'info',
        where: {
          network: network.name,
          simpler: other.name,
          layer: rsa.layer,
          metric: rsa.metric,
          comparison: rsa.comparison,
          over: rsa.over,
        },
        value,
        threshold,
        message:
          `In ${layerWords(rsa.layer)}, ${networks} are less alike (mean RSA ${decimals(ownMean, 3)}) than they are like ${quoted(other.name)} ` +
          `(${computes(results, other)}; ${decimals(between.mean, 3)}), by ${metricNames[rsa.metric]}, RDMs compared by ${comparisonNames[rsa.comparison]}` +
          `${apart ? '' : doubt(low, high, approximately({ kind }), results.confidence)}.`,
        advice:
          'Do not read a higher RSA as a more similar computation: it follows the features that take most variance. Compare what the ' +
          'networks compute (accuracy by task), and variance explained by each task beside the RSA matrix.',
      },
    ];
  });
}

/**
 * Whether the other network computes fewer of the same tasks; or, where they cannot be ordered so, other tasks, and its replicates agree
 * better. What computes nothing is not simpler, it has not learned.
 */
function isSimpler(
  results: HazardInput,
  rsa: RsaResults,
  other: NetworkResults,
  network: NetworkResults,
  ownMean: number,
): boolean {
  const [own, others] = [network, other].map((each) => computedTasks(results, each));
  const within = (a: readonly string[], b: readonly string[]): boolean => a.every((task) => b.includes(task));
  // The same tasks, or more of them; or none.
  if (within(own, others) || others.length === 0) return false;
  if (within(others, own)) return true;
  const { mean = null } = groupOf(rsa, other.name, other.name) ?? {};
  return mean !== null && mean > ownMean;
}

/** Replicates of each network: their places in the matrix. */
function membersOf({ labels }: RsaResults): Map<string, number[]> {
  const members = new Map<string, number[]>();
  labels.forEach((label, at) => {
    const network = labelledReplicate(label).source;
    members.set(network, [...(members.get(network) ?? []), at]);
  });
  return members;
}

function doubt(low: Value, high: Value, sign: string, confidence: number): string {
  if (low === null || high === null) return '; there are too few replicates to tell this from chance';
  return `; it may be chance (${confidenceText(confidence)} interval of the difference: ${sign}${decimals(low, 3)} to ${decimals(high, 3)})`;
}

function computes(results: HazardInput, network: NetworkResults): string {
  return `computes ${computedTasks(results, network).map(quoted).join(', ')}`;
}
