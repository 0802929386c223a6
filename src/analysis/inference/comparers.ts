import { dotProduct } from '../../numerics/products';
import { rank } from '../../numerics/ranks';
import { pooled } from './fit';
import { concordance, midRanks, type Ranked, rankedAnew, rankedIn, untied } from './ranked';
import type { Pairs, Sample } from './sample';
import { centre, type Products, spaces } from './spaces';

/** RDMs compared with each other in one sample of the stimuli; similarities are NaN where there is nothing to compare. */
export interface Compared {
  readonly similarity: (a: number, b: number) => number;
  /**
   * The RDM that is nearest to a set of RDMs, compared with any: their mean, each divided by its norm before, or the mean of their ranks
   * (as rsatoolbox's `pool_rdm`).
   *
   * @param counts how often each RDM is in the set
   */
  readonly pooled: (counts: ArrayLike<number>) => (rdm: number) => number;
}

type Comparer = (sample: Sample) => Compared;

/** Methods that tests and noise ceilings are made of. */
export const inferenceMethods = [
  ...Object.keys(spaces),
  'spearman',
  'rho-a',
  'kendall-tau-a',
  'kendall-tau-b',
] as const;

/**
 * Compares RDMs in any sample of the stimuli; what is the same in all samples is computed once.
 *
 * @param rdms distances of each at all pairs
 */
export function comparerOf(method: string, rdms: readonly Float64Array[], pairs: Pairs): Comparer {
  const space = Object.hasOwn(spaces, method) ? spaces[method] : undefined;
  if (space) return (sample) => inSpace(space(rdms, sample));
  const rankings = rdms.map((rdm) => rank(rdm));
  const inSample = method.startsWith('kendall') ? byOrder : byRanks;
  return (sample) => {
    const slots = new Int32Array(pairs.rows.length).fill(-1);
    sample.places.forEach((place, slot) => (slots[place] = slot));
    const ranked = rankings.map((ranking) => rankedIn(ranking, sample, slots));
    return inSample(ranked, sample, method);
  };
}

/** By products of a space. */
export function inSpace(products: Products): Compared {
  const { rows, data } = products.gram;
  const lengths = Float64Array.from({ length: rows }, (_, at) => Math.sqrt(data[at * (rows + 1)]));
  return {
    similarity: (a, b) => data[a * rows + b] / (lengths[a] * lengths[b]),
    pooled: (counts) => {
      const mean = pooled(products, counts);
      const towards = Float64Array.from({ length: rows }, (_, at) =>
        dotProduct(data.subarray(at * rows, (at + 1) * rows), mean),
      );
      const length = Math.sqrt(dotProduct(mean, towards));
      return (rdm) => towards[rdm] / (length * lengths[rdm]);
    },
  };
}

/** Spearman's rho and rho-a. */
function byRanks(ranked: readonly Ranked[], sample: Sample, method: string): Compared {
  const ranks = ranked.map((one) => midRanks(one, sample));
  const { roots, total } = sample;
  /** Centred, and so that products of two are sums over the sample. */
  const scaled = (own: Float64Array): Float64Array =>
    centre(own.slice(), sample).map((value, k) => roots[k] * value);
  const vectors = ranks.map(scaled);
  const squares = vectors.map((vector) => dotProduct(vector, vector));
  const compare = (a: Float64Array, b: Float64Array, squaresA: number, squaresB: number): number =>
    method === 'rho-a'
      ? (12 * dotProduct(a, b)) / (total ** 3 - total)
      : dotProduct(a, b) / Math.sqrt(squaresA * squaresB);
  return {
    similarity: (a, b) => compare(vectors[a], vectors[b], squares[a], squares[b]),
    pooled: (counts) => {
      const mean = scaled(midRanks(rankedAnew(sumOf(ranks, counts)), sample));
      const square = dotProduct(mean, mean);
      return (rdm) => compare(mean, vectors[rdm], square, squares[rdm]);
    },
  };
}

/** Kendall's tau-a and tau-b. */
function byOrder(ranked: readonly Ranked[], sample: Sample, method: string): Compared {
  const { total } = sample;
  const all = (total * (total - 1)) / 2;
  const scales = ranked.map((one) => (method === 'kendall-tau-a' ? all : untied(one, sample)));
  const compare = (a: Ranked, b: Ranked, scaleA: number, scaleB: number): number =>
    concordance(a, b, sample) / Math.sqrt(scaleA * scaleB);
  const ranks = ranked.map((one) => midRanks(one, sample));
  return {
    similarity: (a, b) => compare(ranked[a], ranked[b], scales[a], scales[b]),
    pooled: (counts) => {
      const mean = rankedAnew(sumOf(ranks, counts));
      const scale = method === 'kendall-tau-a' ? all : untied(mean, sample);
      return (rdm) => compare(mean, ranked[rdm], scale, scales[rdm]);
    },
  };
}

/** Of ranks, which are halves: exact in any order. */
function sumOf(ranks: readonly Float64Array[], counts: ArrayLike<number>): Float64Array {
  const sum = new Float64Array(ranks[0].length);
  for (const [at, own] of ranks.entries()) {
    if (!(counts[at] > 0)) continue;
    for (let k = 0; k < sum.length; k++) sum[k] += counts[at] * own[k];
  }
  return sum;
}
