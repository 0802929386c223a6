import type { IntervalKind, PairGroup, Value } from '../../protocol/results';
import { areEqual, around, kindOf, type Range, similarity, unbounded } from '../statistics/interval';
import { studentTQuantile } from '../../numerics/student-t';

type Matrix = readonly (readonly Value[])[];

/**
 * Mean similarity (or distance) between the replicates of each two networks, and within each, over pairs of different replicates with a
 * defined value. Pairs share replicates, so the error is the jackknife's, over replicates (of two networks: the sum of
 * both variances; Arvesen 1969 for such means, which are U-statistics). The interval is Student's t on the scale of the measure's range (of similarities: Fisher's z), with the degrees of
 * freedom of the smaller network, its replicates − 1. There is none from fewer than two pairs that share no replicate.
 *
 * @param matrix replicates × replicates
 * @param networks network of each replicate
 * @param confidence of the intervals, for example .95
 * @param range of the measure
 * @returns one per pair of networks, in the order in which they first appear, each first with itself
 */
export function groupMeans(
  matrix: Matrix,
  networks: readonly string[],
  confidence: number,
  range: Range = similarity,
): PairGroup[] {
  const names = Array.from(new Set(networks));
  const members = names.map((name) => networks.flatMap((other, i) => (other === name ? [i] : [])));
  return names.flatMap((_, a) =>
    names.slice(a).map((__, k): PairGroup => {
      const b = a + k;
      const sums = pairSums(matrix, members[a], a === b ? null : members[b]);
      const [n, m] = [members[a].length, members[b].length];
      const possible = a === b ? (n * (n - 1)) / 2 : n * m;
      return { a: names[a], b: names[b], ...meanOf(sums, confidence, range), pairs: sums.count, possible };
    }),
  );
}

/**
 * The mean similarity of one network's replicates with another's − the mean within the first, or with a third's: pairs share replicates here, too, so the
 * error is the jackknife's of the difference, over all replicates of all.
 *
 * @param own the first network's replicates, their places in the matrix
 * @param others the second's
 * @param third the third's; null: within the first
 * @returns the ends of its interval are null from fewer than two pairs, within or between, that share no replicate; it is approximate
 * where that of either mean is
 */
export function differenceOfMeans(
  matrix: Matrix,
  own: readonly number[],
  others: readonly number[],
  confidence: number,
  third: readonly number[] | null = null,
): { difference: Value; low: Value; high: Value; kind: IntervalKind } {
  const sums = [pairSums(matrix, own, others), pairSums(matrix, own, third)] as const;
  const undefinedEnds = { low: null, high: null, kind: 'none' } as const;
  if (sums.some(({ count }) => count === 0)) return { difference: null, ...undefinedEnds };
  const means = sums.map(({ sum, count }) => sum / count);
  const difference = means[0] - means[1];
  const [left, leftThan] = sums.map(leftOut);
  if (!left || !leftThan) return { difference, ...undefinedEnds };
  const error = jackknife([
    // A replicate that is in no pair changes nothing where it is left out.
    own.flatMap((_, at) =>
      left[0][at] === null && leftThan[0][at] === null
        ? []
        : [(left[0][at] ?? means[0]) - (leftThan[0][at] ?? means[1])],
    ),
    ...[...left.slice(1), ...leftThan.slice(1)].map((network) => network.filter((mean) => mean !== null)),
  ]);
  const half = studentTQuantile((1 + confidence) / 2, error.degrees) * error.size;
  const kinds = means.map((mean) => kindOf(mean, error.degrees + 1, similarity));
  const kind = kinds.find((one) => one === 'approximate') ?? 'nominal';
  return { difference, ...around(difference, half, unbounded, null), kind };
}

/** The pairs of two networks' replicates, or of one network's (each once), with a defined similarity. */
interface PairSums {
  readonly sum: number;
  readonly count: number;
  /** They differ by rounding alone. */
  readonly equal: boolean;
  /** By network (one, or two), then replicate: sum and number of the pairs that it is in. */
  readonly replicates: readonly { readonly sums: Float64Array; readonly counts: Uint32Array }[];
}

/** @param second null: pairs within the first */
function pairSums(matrix: Matrix, first: readonly number[], second: readonly number[] | null): PairSums {
  const replicates = [first, ...(second ? [second] : [])].map(({ length }) => ({
    sums: new Float64Array(length),
    counts: new Uint32Array(length),
  }));
  const values: number[] = [];
  let sum = 0;
  (second ?? first).forEach((k, column) => {
    let ofColumn = 0;
    const rows = second ? first.length : column;
    for (let row = 0; row < rows; row++) {
      const value = matrix[first[row]][k];
      if (value === null) continue;
      values.push(value);
      ofColumn += value;
      for (const [network, at] of [
        [replicates[0], row],
        [replicates[second ? 1 : 0], column],
      ] as const) {
        network.sums[at] += value;
        network.counts[at]++;
      }
    }
    sum += ofColumn;
  });
  return { sum, count: values.length, equal: values.length > 0 && areEqual(values), replicates };
}

function meanOf(
  pairs: PairSums,
  confidence: number,
  range: Range,
): { mean: Value; low: Value; high: Value; kind: IntervalKind } {
  if (pairs.count === 0) return { mean: null, low: null, high: null, kind: 'none' };
  const mean = pairs.sum / pairs.count;
  const left = leftOut(pairs);
  if (!left) return { mean, low: null, high: null, kind: 'none' };
  if (pairs.equal) return { mean, low: null, high: null, kind: 'equal' };
  const error = jackknife(left.map((network) => network.filter((without) => without !== null)));
  const half = studentTQuantile((1 + confidence) / 2, error.degrees) * error.size;
  const kind = kindOf(mean, error.degrees + 1, range);
  return { mean, ...around(mean, half, range, range.ends), kind };
}

/**
 * By network, the mean without each of its replicates (null for one that is in no pair). Null where there are fewer than two pairs
 * without a common replicate: fewer than four replicates within a network, or than two in either of two.
 */
function leftOut({ sum, count, replicates }: PairSums): Value[][] | null {
  const fewest = replicates.length === 1 ? 4 : 2;
  for (const { counts } of replicates)
    if (counts.filter((own) => own > 0).length < fewest || counts.some((own) => own === count)) return null;
  return replicates.map(({ sums, counts }) =>
    Array.from(sums, (own, at) => (counts[at] === 0 ? null : (sum - own) / (count - counts[at]))),
  );
}

/** The jackknife's standard error, given the statistic without each replicate, by network; degrees: the fewest replicates − 1. */
function jackknife(without: readonly (readonly number[])[]): { size: number; degrees: number } {
  const variance = without.reduce((sum, network) => {
    const n = network.length;
    const mean = network.reduce((total, value) => total + value, 0) / n;
    return sum + ((n - 1) / n) * network.reduce((total, value) => total + (value - mean) ** 2, 0);
  }, 0);
  return { size: Math.sqrt(variance), degrees: Math.min(...without.map((network) => network.length)) - 1 };
}
