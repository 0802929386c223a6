import type { RsaResults, Value } from '../../protocol/results';
import type { Stream } from '../../random/stream';

export type RsaGroup = RsaResults['groups'][number];

export interface BootstrapOptions {
  /** For example .95. */
  readonly confidence: number;
  readonly random: Stream;
  /** 1000 by default. */
  readonly resamples?: number;
}

/**
 * Mean similarity between the replicates of each two networks, and within each, over pairs of different replicates with a
 * defined similarity. The interval is the percentile interval of a bootstrap that draws replicates anew within each
 * network (pairs share replicates, so pairs are not independent); pairs of one replicate with itself that arise are
 * left out. It is null where replicates cannot be resampled to any effect: fewer than 2 in either network, or fewer than 3
 * within one.
 *
 * @param matrix replicates × replicates
 * @param networks network of each replicate
 * @returns one per pair of networks, in the order in which they first appear, each first with itself
 */
export function groupMeans(
  matrix: readonly (readonly Value[])[],
  networks: readonly string[],
  { confidence, random, resamples = 1000 }: BootstrapOptions,
): RsaGroup[] {
  const names = Array.from(new Set(networks));
  const members = names.map((name) => networks.flatMap((other, i) => (other === name ? [i] : [])));
  const groups = names.flatMap((_, a) => names.slice(a).map((__, k) => ({ a, b: a + k })));
  const once = new Float64Array(networks.length).fill(1);
  const draws: number[][] = groups.map(() => []);
  for (let draw = 0; draw < resamples; draw++) {
    const counts = new Float64Array(networks.length);
    for (const of of members) for (let k = 0; k < of.length; k++) counts[of[random.below(of.length)]]++;
    groups.forEach(({ a, b }, g) => {
      const { mean } = weightedMean(matrix, members[a], members[b], a === b, counts);
      if (mean !== null) draws[g].push(mean);
    });
  }
  return groups.map(({ a, b }, g) => {
    const { mean, pairs } = weightedMean(matrix, members[a], members[b], a === b, once);
    const enough = a === b ? members[a].length >= 3 : Math.min(members[a].length, members[b].length) >= 2;
    const sorted = draws[g].sort((x, y) => x - y);
    const known = enough && mean !== null && sorted.length > 0;
    return {
      a: names[a],
      b: names[b],
      mean,
      low: known ? quantile(sorted, (1 - confidence) / 2) : null,
      high: known ? quantile(sorted, (1 + confidence) / 2) : null,
      pairs,
    };
  });
}

function weightedMean(
  matrix: readonly (readonly Value[])[],
  first: readonly number[],
  second: readonly number[],
  within: boolean,
  counts: Float64Array,
): { mean: Value; pairs: number } {
  let sum = 0;
  let weight = 0;
  let pairs = 0;
  first.forEach((i, at) => {
    if (counts[i] === 0) return;
    for (let k = within ? at + 1 : 0; k < second.length; k++) {
      const value = matrix[i][second[k]];
      const times = counts[i] * counts[second[k]];
      if (value === null || times === 0) continue;
      sum += times * value;
      weight += times;
      pairs++;
    }
  });
  return { mean: weight > 0 ? sum / weight : null, pairs };
}

/** Linear between the two nearest (the default of numpy.quantile). */
function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}
