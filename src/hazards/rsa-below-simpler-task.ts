import { membersOf, towardsAlike } from '../analysis/agreement';
import { comparisonsOf, groupOf, isRsa } from '../protocol/pair-results';
import { decimals } from '../formats/fixed';
import { inSentence } from '../formats/in-sentence';
import { differenceOfMeans } from '../analysis/rsa/groups';
import { confidenceText } from '../formats/percent';
import { approximately } from '../formats/remark';
import { ofActivations } from '../protocol/layers';
import { comparisonNames, layerWords, metricNames } from '../protocol/measure-names';
import type { Hazard, NetworkResults, PairResults, Value } from '../protocol/results';
import { computedTasks } from './computed';
import type { HazardInput, HazardRule } from './hazard-rule';
import { trainedNetworks } from './trained-networks';
import { quoted } from './wording';

/** Differences of similarity below this would not be seen in a picture. */
const threshold = 0.02;

/** Measures that are named beside the loudest. */
const NAMED = 3;

/** A similarity read as computing the same thing. */
export const rsaBelowSimplerTask: HazardRule = {
  name: 'rsa-below-simpler-task',
  describe:
    'Replicates of one trained network are less alike, by RSA or another similarity, than they are like a trained network that computes something simpler: only some ' +
    'of its tasks, or other tasks, where its own replicates are more alike. A task is computed where the mean accuracy has come 80 % of the ' +
    'way from chance to perfect. Serious where the interval of the difference, by the jackknife over the replicates of both, lies above 0.',
  link: 'https://arxiv.org/abs/2507.22216',
  evaluate(results) {
    return oncePerPair(
      results,
      comparisonsOf(results).flatMap((entry) => {
        const members = membersOf(entry);
        // A gradient is of the tasks that are trained: it says nothing of how they are computed.
        if (isFurther(results, entry)) return [];
        return trainedNetworks(results).flatMap((network) => compare(results, entry, members, network));
      }),
    );
  },
};

function isFurther({ networks }: HazardInput, { layer }: PairResults): boolean {
  return networks.some(
    ({ layers }) =>
      layers.some(({ name }) => name === layer) && !ofActivations(layers).some(({ name }) => name === layer),
  );
}

/**
 * One hazard for each pair of networks: the loudest, of equally loud ones the first (the results list the last hidden layer
 * first), which names the other comparisons that show the same.
 */
function oncePerPair(results: HazardInput, all: readonly Hazard[]): Hazard[] {
  const pairs = new Map<string, Hazard[]>();
  for (const hazard of all) {
    const pair = JSON.stringify([hazard.where.network, hazard.where.simpler]);
    pairs.set(pair, [...(pairs.get(pair) ?? []), hazard]);
  }
  return [...pairs.values()].map((same) => {
    const loudest = same.find(({ severity }) => severity === 'serious') ?? same[0];
    const others = same.filter((hazard) => hazard !== loudest);
    if (others.length === 0) return loudest;
    return { ...loudest, message: `${loudest.message} The same holds ${elsewhere(results, others)}.` };
  });
}

/** `by correlation distance in hidden3, hidden2 and by linear CKA in hidden4`; of many measures the number of what is not named. */
function elsewhere(results: HazardInput, others: readonly Hazard[]): string {
  // What this experiment measures with a null stands beside what every experiment measures, under one name.
  const layers = new Map<string, Set<string>>();
  for (const { where } of others) {
    const entry = comparisonsOf(results).find(({ measure }) => measure === where.measure);
    const by = entry ? byWhat(results, entry) : where.measure;
    layers.set(by, (layers.get(by) ?? new Set()).add(layerWords(where.layer)));
  }
  const all = [...layers].map(([by, names]) => `by ${by} in ${[...names].join(', ')}`);
  const named = all.length > NAMED + 1 ? all.slice(0, NAMED) : all;
  return [...named, ...(named === all ? [] : [`by ${all.length - NAMED} more measures`])].join(' and ');
}

/** `correlation distance` of RSA, `linear CKA`. */
function byWhat({ measures }: HazardInput, entry: PairResults): string {
  return isRsa(entry) ? metricNames[entry.metric] : inSentence(measures[entry.measure].title);
}

function compare(
  results: HazardInput,
  entry: PairResults,
  members: ReadonlyMap<string, readonly number[]>,
  network: NetworkResults,
): Hazard[] {
  const own = groupOf(entry, network.name, network.name);
  if (!own || own.mean === null) return [];
  const ownMean = own.mean;
  const sign = towardsAlike(results, entry);
  return trainedNetworks(results).flatMap((other) => {
    const between = groupOf(entry, network.name, other.name);
    if (!between || between.mean === null || !isSimpler(results, entry, other, network, ownMean)) return [];
    const value = sign * (between.mean - ownMean);
    if (value <= threshold) return [];
    // Both means are over the same replicates of the network: what tells is their difference, not whether their intervals overlap.
    const [mine, others] = [network, other].map(({ name }) => members.get(name) ?? []);
    const found = differenceOfMeans(entry.matrix, mine, others, results.confidence);
    const [low, high] = sign === 1 ? [found.low, found.high] : [minusOf(found.high), minusOf(found.low)];
    const apart = low !== null && low > 0;
    const networks = `replicates of ${quoted(network.name)} (${computes(results, network)})`;
    const measured = isRsa(entry) ? 'RSA' : byWhat(results, entry);
    const how = isRsa(entry)
      ? `, by ${metricNames[entry.metric]}, RDMs compared by ${comparisonNames[entry.comparison]}`
      : '';
    return [
      {
        rule: rsaBelowSimplerTask.name,
        severity: apart ? 'serious' : 'info',
        where: {
          ...{ network: network.name, simpler: other.name, layer: entry.layer, measure: entry.measure },
          ...(isRsa(entry) ? { metric: entry.metric, comparison: entry.comparison, over: entry.over } : {}),
        },
        value,
        threshold,
        message:
          `In ${layerWords(entry.layer)}, ${networks} are less alike (mean ${measured} ${decimals(ownMean, 3)}) than they are like ${quoted(other.name)} ` +
          `(${computes(results, other)}; ${decimals(between.mean, 3)})${how}` +
          `${apart ? '' : doubt(low, high, approximately({ kind: found.kind }), results.confidence)}.`,
        advice:
          'Do not read a higher similarity as a more similar computation: it follows the features that take most variance. Compare what the ' +
          'networks compute (accuracy by task), and variance explained by each task beside the similarity matrix.',
      },
    ];
  });
}

function minusOf(value: Value): Value {
  return value === null ? null : -value;
}

/**
 * Whether the other network computes fewer of the same tasks; or, where they cannot be ordered so, other tasks, and its replicates agree
 * better. What computes nothing is not simpler, it has not learned.
 */
function isSimpler(
  results: HazardInput,
  entry: PairResults,
  other: NetworkResults,
  network: NetworkResults,
  ownMean: number,
): boolean {
  const [own, others] = [network, other].map((each) => computedTasks(results, each));
  const within = (a: readonly string[], b: readonly string[]): boolean => a.every((task) => b.includes(task));
  // The same tasks, or more of them; or none.
  if (within(own, others) || others.length === 0) return false;
  if (within(others, own)) return true;
  const { mean = null } = groupOf(entry, other.name, other.name) ?? {};
  return mean !== null && towardsAlike(results, entry) * (mean - ownMean) > 0;
}

function doubt(low: Value, high: Value, sign: string, confidence: number): string {
  if (low === null || high === null) return '; there are too few replicates to tell this from chance';
  return `; it may be chance (${confidenceText(confidence)} interval of the difference: ${sign}${decimals(low, 3)} to ${decimals(high, 3)})`;
}

function computes(results: HazardInput, network: NetworkResults): string {
  return `computes ${computedTasks(results, network).map(quoted).join(', ')}`;
}
