import type { Matrix } from '../../protocol/matrix';
import type { RsaResults, Value } from '../../protocol/results';
import type { Stream } from '../../random/stream';
import { multiply } from '../linalg/products';

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
  const drawn = drawCounts(members, random, resamples);
  return names.flatMap((_, a) =>
    names.slice(a).map((__, k): RsaGroup => {
      const b = a + k;
      const pairs = pairsOf(matrix, members[a], members[b], a === b);
      const [mean] = weightedMeans(pairs, ones(members[a].length), ones(members[b].length));
      const means = weightedMeans(pairs, drawn[a], drawn[b]).filter((value) => value !== null);
      const enough = a === b ? members[a].length >= 3 : Math.min(members[a].length, members[b].length) >= 2;
      const sorted = Float64Array.from(means).sort();
      const known = enough && mean !== null && sorted.length > 0;
      return {
        a: names[a],
        b: names[b],
        mean,
        low: known ? quantile(sorted, (1 - confidence) / 2) : null,
        high: known ? quantile(sorted, (1 + confidence) / 2) : null,
        pairs: pairs.count,
      };
    }),
  );
}

/** How often each replicate of each network is drawn: resamples × members of the network. */
function drawCounts(
  members: readonly (readonly number[])[],
  random: Stream,
  resamples: number,
): Matrix<Float64Array>[] {
  const drawn = members.map((of) => ({
    rows: resamples,
    cols: of.length,
    data: new Float64Array(resamples * of.length),
  }));
  for (let draw = 0; draw < resamples; draw++)
    for (const { cols, data } of drawn)
      for (let k = 0; k < cols; k++) data[draw * cols + random.below(cols)]++;
  return drawn;
}

function ones(length: number): Matrix<Float64Array> {
  return { rows: 1, cols: length, data: new Float64Array(length).fill(1) };
}

/** The pairs of two networks' replicates, or of one network's (each once). */
interface Pairs {
  /** First × second network's replicates: similarities, 0 where there is none … */
  readonly values: Matrix<Float64Array>;
  /** … and 1 where there is one. */
  readonly present: Matrix<Float64Array>;
  readonly count: number;
}

function pairsOf(
  matrix: readonly (readonly Value[])[],
  first: readonly number[],
  second: readonly number[],
  within: boolean,
): Pairs {
  const values = new Float64Array(first.length * second.length);
  const present = new Float64Array(first.length * second.length);
  let count = 0;
  first.forEach((i, at) => {
    for (let k = within ? at + 1 : 0; k < second.length; k++) {
      const value = matrix[i][second[k]];
      if (value === null) continue;
      values[at * second.length + k] = value;
      present[at * second.length + k] = 1;
      count++;
    }
  });
  const shape = { rows: first.length, cols: second.length };
  return { values: { ...shape, data: values }, present: { ...shape, data: present }, count };
}

/** Means over pairs, each pair weighted by how often both of its replicates were drawn; a mean for each row of counts. */
function weightedMeans(
  { values, present }: Pairs,
  first: Matrix<Float64Array>,
  second: Matrix<Float64Array>,
): Value[] {
  const sums = multiply(first, values);
  const weights = multiply(first, present);
  const { cols } = second;
  return Array.from({ length: first.rows }, (_, row) => {
    let sum = 0;
    let weight = 0;
    for (let k = row * cols; k < (row + 1) * cols; k++) {
      sum += sums.data[k] * second.data[k];
      weight += weights.data[k] * second.data[k];
    }
    return weight > 0 ? sum / weight : null;
  });
}

/** Linear between the two nearest (the default of numpy.quantile). */
function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}
