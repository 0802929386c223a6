import { differenceOfMeans, groupMeans } from '../../src/analysis/rsa/groups';
import { interval, type Range } from '../../src/analysis/statistics/interval';
import { welchInterval } from '../../src/analysis/statistics/welch';
import type { IntervalKind, Value } from '../../src/protocol/results';
import type { Stream } from '../../src/core/stream';

export const confidence = 0.95;

/** How often intervals held the mean of the population that their replicates were drawn from. */
export interface Coverage {
  readonly draws: number;
  /** Draws with an interval, of those that held the mean, and that were called approximate. */
  readonly intervals: number;
  readonly held: number;
  readonly approximate: number;
}

interface Found {
  readonly low: Value;
  readonly high: Value;
  readonly kind?: IntervalKind;
}

class Count {
  private draws = 0;
  private intervals = 0;
  private held = 0;
  private approximate = 0;

  add({ low, high, kind }: Found, truth: number): void {
    this.draws++;
    if (low === null || high === null) return;
    this.intervals++;
    if (low <= truth && truth <= high) this.held++;
    if (kind === 'approximate') this.approximate++;
  }

  get coverage(): Coverage {
    const { draws, intervals, held, approximate } = this;
    return { draws, intervals, held, approximate };
  }
}

/** Of means over `size` replicates, drawn with replacement. */
export function coverageOfMeans(
  population: readonly number[],
  size: number,
  draws: number,
  range: Range,
  random: Stream,
): Coverage {
  const truth = meanOf(population);
  const count = new Count();
  for (let draw = 0; draw < draws; draw++)
    count.add(interval(drawn(population, size, random), confidence, range), truth);
  return count.coverage;
}

/** Of differences of means over `size` replicates each. */
export function coverageOfDifferences(
  [first, second]: readonly [readonly number[], readonly number[]],
  size: number,
  draws: number,
  random: Stream,
): Coverage {
  const truth = meanOf(second) - meanOf(first);
  const count = new Count();
  for (let draw = 0; draw < draws; draw++)
    count.add(welchInterval(drawn(first, size, random), drawn(second, size, random), confidence), truth);
  return count.coverage;
}

type Matrix = readonly (readonly Value[])[];
/** An interval of the means in a matrix of the replicates 0 … size − 1 of one network and as many of another. */
export type Method = (matrix: Matrix, size: number) => Found;

/** The intervals of results: within the first network, between both, and of the difference of these two means. */
export const ours: Readonly<Record<'within' | 'between' | 'difference', Method>> = {
  within: (matrix, size) => groupMeans(matrix.slice(0, size), names(size), confidence)[0],
  between: (matrix, size) => groupMeans(matrix, [...names(size), ...names(size, 'b')], confidence)[1],
  difference: (matrix, size) =>
    differenceOfMeans(
      matrix,
      [...names(size).keys()],
      [...names(size).keys()].map((at) => at + size),
      confidence,
    ),
};

/**
 * Of means over pairs: of each method in turn, over the same draws of `size` replicates of either network with replacement. A
 * replicate that is drawn twice is not compared with itself.
 *
 * @param matrix similarities of the population's replicates
 * @param networks the places of either network's replicates in it
 */
export function coverageOfPairs(
  matrix: Matrix,
  networks: readonly [readonly number[], readonly number[]],
  size: number,
  draws: number,
  methods: readonly { readonly method: Method; readonly truth: number }[],
  random: Stream,
): Coverage[] {
  const counts = methods.map(() => new Count());
  for (let draw = 0; draw < draws; draw++) {
    const places = networks.flatMap((network) => drawn(network, size, random));
    const similarities = places.map((i) => places.map((k) => (i === k ? null : matrix[i][k])));
    methods.forEach(({ method, truth }, at) => counts[at].add(method(similarities, size), truth));
  }
  return counts.map(({ coverage }) => coverage);
}

/** Means of the population: within the first network, and between both. */
export function meansOfPairs(
  matrix: Matrix,
  [first, second]: readonly [readonly number[], readonly number[]],
): { within: number; between: number; difference: number } {
  const defined = (values: readonly Value[]): number[] => values.filter((value) => value !== null);
  const within = meanOf(defined(first.flatMap((i, at) => first.slice(0, at).map((k) => matrix[i][k]))));
  const between = meanOf(defined(first.flatMap((i) => second.map((k) => matrix[i][k]))));
  return { within, between, difference: between - within };
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function names(size: number, name = 'a'): string[] {
  return new Array<string>(size).fill(name);
}

function drawn<T>(population: readonly T[], size: number, random: Stream): T[] {
  return Array.from({ length: size }, () => population[random.below(population.length)]);
}
