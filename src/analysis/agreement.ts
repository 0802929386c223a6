import { labelledReplicate } from '../core/replicate';
import { comparisonsOf } from '../protocol/pair-results';
import type { PairResults, Results, Value } from '../protocol/results';
import { differenceOfMeans } from './rsa/groups';

type Compared = Pick<Results, 'rsa' | 'pairs' | 'measures'>;

/** Of intervals: of some tens of conclusions by some measures each, hardly one is clear both ways by chance. */
export const CLEAR = 0.99;

/** Differences of similarity below this would not be seen in a picture. */
export const VISIBLE = 0.02;

/** What one measure says of a conclusion. */
export interface Verdict {
  readonly entry: PairResults;
  /** How much more alike, in the measure's unit, with larger as more alike; null where something is undefined. */
  readonly difference: Value;
  /** Of the interval over replicates (jackknife, Student's t, 99 %); null where there are too few. */
  readonly low: Value;
  readonly high: Value;
  /** 1 and −1: visible, and its interval is on one side of 0; 0: it may be chance. */
  readonly clear: 1 | 0 | -1;
}

/** Which of two networks a network is more alike, by each measure that compared them at a layer. */
export interface Conclusion {
  readonly layer: string;
  readonly network: string;
  /** What it is more alike where a difference is above 0; either may be the network itself, its replicates among each other. */
  readonly first: string;
  /** What it is more alike where a difference is below 0. */
  readonly second: string;
  readonly verdicts: readonly Verdict[];
}

/**
 * Every network with every two others (or itself and another) at each layer that more than one measure compared, and what each measure says.
 * Measures that stand there twice, as of every experiment and with a null, count once.
 *
 * @param networks those that are looked at
 */
export function conclusionsOf(results: Compared, networks: readonly string[]): Conclusion[] {
  const compared = distinct(results);
  const layers = [...new Set(compared.map(({ layer }) => layer))];
  return layers.flatMap((layer) => {
    const entries = compared.filter((entry) => entry.layer === layer);
    return entries.length < 2
      ? []
      : networks.flatMap((network) =>
          networks.flatMap((first, at) =>
            networks.slice(at + 1).map((second): Conclusion => ({
              ...{ layer, network, first, second },
              verdicts: entries.map((entry) => verdictOf(results, entry, network, first, second)),
            })),
          ),
        );
  });
}

/** The same of networks that were trained as they are: of changed ones it would say what was changed. */
export function conclusionsAmongTrained(results: Compared & Pick<Results, 'networks'>): Conclusion[] {
  return conclusionsOf(
    results,
    results.networks.filter((one) => one.trained && !one.changed).map(({ name }) => name),
  );
}

/** Whether one measure clearly says the one, and another the other. */
export function isTurned({ verdicts }: Conclusion): boolean {
  return [1, -1].every((way) => verdicts.some(({ clear }) => clear === way));
}

/** 1 where a larger number means more alike, −1 where it means less. */
export function towardsAlike({ measures }: Compared, { measure }: PairResults): 1 | -1 {
  return Object.hasOwn(measures, measure) && measures[measure].more === 'unlike' ? -1 : 1;
}

/** Replicates of each network: their places in the matrix. */
export function membersOf({ labels }: PairResults): Map<string, number[]> {
  const members = new Map<string, number[]>();
  labels.forEach((label, at) => {
    const network = labelledReplicate(label).source;
    members.set(network, [...(members.get(network) ?? []), at]);
  });
  return members;
}

function distinct(results: Compared): PairResults[] {
  const seen = new Set<string>();
  return comparisonsOf(results).filter(({ layer, measure }) => {
    const key = JSON.stringify([layer, results.measures[measure]?.title ?? measure]);
    return !seen.has(key) && seen.add(key);
  });
}

function verdictOf(
  results: Compared,
  entry: PairResults,
  network: string,
  first: string,
  second: string,
): Verdict {
  const members = membersOf(entry);
  const own = members.get(network) ?? [];
  // A network itself is second: `differenceOfMeans` takes it there.
  const turned = first === network ? -1 : 1;
  const [others, third] = turned === 1 ? [first, second] : [second, first];
  const sign = turned * towardsAlike(results, entry);
  const found = differenceOfMeans(
    entry.matrix,
    own,
    members.get(others) ?? [],
    CLEAR,
    third === network ? null : (members.get(third) ?? []),
  );
  const by = (value: Value): Value => (value === null ? null : sign * value);
  const [difference, low, high] = [
    by(found.difference),
    by(sign === 1 ? found.low : found.high),
    by(sign === 1 ? found.high : found.low),
  ];
  const isVisible = difference !== null && Math.abs(difference) >= VISIBLE;
  const clear = !isVisible || low === null || high === null ? 0 : low > 0 ? 1 : high < 0 ? -1 : 0;
  return { entry, difference, low, high, clear };
}
