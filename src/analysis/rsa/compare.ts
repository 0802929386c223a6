import type { RdmComparison } from '../../protocol/rdm-words';
import type { Value } from '../../protocol/results';
import { dotProduct, dotProducts } from '../../numerics/products';
import type { Comparer, PairFound } from '../pairs/pair-matrix';
import { kendallTauA } from './kendall';
import { type Ranking, averageRanks, rank } from '../../numerics/ranks';

/** One RDM, centred or ranked once for all its comparisons. Its distances are not kept: what is compared says as much. */
export interface PreparedRdm {
  readonly comparison: RdmComparison;
  /** Pairs of stimuli: the length of the upper triangle. */
  readonly pairs: number;
  /** How many of them have a distance. */
  readonly count: number;
  /** 1 where the distance is defined; null where all are. */
  readonly defined: Uint8Array | null;
  /** What is compared, over the defined distances: centred values or ranks of length 1 (null where they are all equal) … */
  readonly unit: Float64Array | null;
  /** … or the order of the values, for Kendall's tau-a. */
  readonly ranking: Ranking | null;
  /** Numbers of `unit` that differ by no more are equal but for rounding. */
  readonly rounding: number;
}

export interface RdmSimilarity {
  /** Null where either RDM is constant, or no more than half of the distances are defined in both. */
  value: Value;
  /** Pairs of stimuli that were compared. */
  used: number;
  /** Pairs left out because either RDM has no distance for them. */
  leftOut: number;
  /** Why the value is null. */
  reason?: string;
}

/**
 * @param distances upper triangle, as in `Rdm`; NaN where undefined
 * @param reuse whether the distances are not needed any more, and may be written over
 * @param rounding distances that differ by no more count as equal, as in `Rdm`
 */
export function prepareRdm(
  distances: Float64Array,
  comparison: RdmComparison,
  reuse = false,
  rounding = 0,
): PreparedRdm {
  const sum = sumOf(distances);
  const missing = Number.isNaN(sum) ? countMissing(distances) : 0;
  if (missing === 0) return prepare(distances, comparison, rounding, reuse ? distances : undefined, sum);
  const defined = new Uint8Array(distances.length);
  const values = new Float64Array(distances.length - missing);
  for (let k = 0, at = 0; k < distances.length; k++) {
    if (Number.isNaN(distances[k])) continue;
    defined[k] = 1;
    values[at++] = distances[k];
  }
  return { ...prepare(values, comparison, rounding, values), pairs: distances.length, defined };
}

/** In their order. */
function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k];
  return sum;
}

function countMissing(distances: Float64Array): number {
  let missing = 0;
  for (let k = 0; k < distances.length; k++) if (Number.isNaN(distances[k])) missing++;
  return missing;
}

/**
 * @param room where numbers as many as the values may be written: the values themselves, too
 * @param sum of the values, where it is known
 */
function prepare(
  values: Float64Array,
  comparison: RdmComparison,
  rounding: number,
  room?: Float64Array,
  sum?: number,
): PreparedRdm {
  const shape = { comparison, pairs: values.length, count: values.length, defined: null };
  if (comparison === 'kendall') return { ...shape, unit: null, ranking: rank(values, rounding), rounding: 0 };
  const ranks = comparison === 'spearman' ? averageRanks(values, rounding) : null;
  const centred = ranks
    ? unitLength(ranks, 0, ranks, sumOf(ranks))
    : unitLength(values, rounding, room, sum ?? sumOf(values));
  return { ...shape, unit: centred?.unit ?? null, ranking: null, rounding: centred?.rounding ?? 0 };
}

/** The RDM over fewer pairs, those that are 1 in `among`: all are defined in it. */
function restrict(
  { comparison, pairs, defined, unit, ranking, rounding }: PreparedRdm,
  among: Uint8Array,
  count: number,
): PreparedRdm {
  // Centring, scaling and ranking keep what a comparison sees; all zeros stand for equal distances.
  const compared = ranking?.dense ?? unit;
  const values = new Float64Array(count);
  for (let k = 0, from = 0, to = 0; k < pairs; k++) {
    if (among[k] === 1) values[to++] = compared?.[from] ?? 0;
    if (defined?.[k] !== 0) from++;
  }
  return prepare(values, comparison, rounding, values);
}

/**
 * Similarity of two RDMs over the same stimuli: Pearson's r, Spearman's rho (mean ranks for ties) or Kendall's tau-a of their upper
 * triangles, over the pairs of stimuli for which both have a distance.
 */
export function compareRdms(a: PreparedRdm, b: PreparedRdm): RdmSimilarity {
  const all = a.pairs;
  if (b.pairs !== all) throw new RangeError('The RDMs differ in size.');
  if (a.comparison !== b.comparison)
    throw new RangeError('The RDMs were prepared for different comparisons.');
  // One unit has no correlations at all: whole RDMs without any distance are usual.
  if (a.count === 0 || b.count === 0) return tooFew({ used: 0, leftOut: all });
  if (a.count !== b.count || !sameDefined(a.defined, b.defined)) {
    const both = new Uint8Array(all);
    let count = 0;
    for (let k = 0; k < all; k++)
      if (a.defined?.[k] !== 0 && b.defined?.[k] !== 0) {
        both[k] = 1;
        count++;
      }
    if (isTooFew(count, all)) return tooFew({ used: count, leftOut: all - count });
    return {
      ...compareRdms(restrict(a, both, count), restrict(b, both, count)),
      leftOut: all - count,
    };
  }
  const counts = { used: a.count, leftOut: all - a.count };
  if (isTooFew(a.count, all)) return tooFew(counts);
  if (a.ranking && b.ranking) {
    if (a.ranking.ties.length === 1 || b.ranking.ties.length === 1) return constant(counts);
    return { value: kendallTauA(a.ranking, b.ranking), ...counts };
  }
  if (!a.unit || !b.unit) return constant(counts);
  const value = correlation(dotProduct(a.unit, b.unit));
  return { value, ...counts, ...(value === null ? { reason: 'Some distances are not finite.' } : {}) };
}

/**
 * How RDMs are compared with each other: with itself each is 1, where it is not constant. Kendall's tau-a of an RDM with itself is 1 only without
 * ties.
 */
export const rdmComparer: Comparer<PreparedRdm, PreparedRdm> = {
  prepare: (rdm) => rdm,
  compare(a, b) {
    const found = pairOf(compareRdms(a, b));
    return a === b && found.value !== null && a.comparison !== 'kendall' ? { ...found, value: 1 } : found;
  },
  compareAll: similarities,
};

/** The values of `compareRdms` of RDMs of a batch with others. */
function similarities(
  batch: readonly PreparedRdm[],
  others: readonly PreparedRdm[],
): (one: number, other: number) => PairFound {
  const pairs = batch[0]?.pairs ?? 0;
  /** Of all that are defined throughout, in one product; and the places that they have in it. */
  const wholeOf = (rdms: readonly PreparedRdm[]) => {
    const units: Float64Array[] = [];
    const places = rdms.map(({ defined, unit, pairs: own }) =>
      defined === null && unit !== null && own === pairs && pairs > 1 ? units.push(unit) - 1 : -1,
    );
    return { units, places };
  };
  const [left, right] = [wholeOf(batch), wholeOf(others)];
  const { cols, data } = dotProducts(left.units, right.units);
  return (one, other) => {
    const [row, column] = [left.places[one], right.places[other]];
    return row >= 0 && column >= 0
      ? { value: correlation(data[row * cols + column]), used: pairs }
      : pairOf(compareRdms(batch[one], others[other]));
  };
}

function pairOf({ value, used, reason }: RdmSimilarity): PairFound {
  return { value, used, ...(reason === undefined ? {} : { why: reason }) };
}

/** The product of two vectors of length 1; null where they are not finite. */
function correlation(product: number): Value {
  return Number.isFinite(product) ? Math.min(1, Math.max(-1, product)) : null;
}

/** Two similarities that are each over more than half of the pairs of stimuli have some of them in common; others may have none. */
function isTooFew(used: number, all: number): boolean {
  return used < 2 || 2 * used <= all;
}

function tooFew(counts: { used: number; leftOut: number }): RdmSimilarity {
  const { used, leftOut } = counts;
  return {
    value: null,
    ...counts,
    reason: `${used} of ${used + leftOut} pairs have a distance in both RDMs: not more than half, or fewer than two.`,
  };
}

function constant(counts: { used: number; leftOut: number }): RdmSimilarity {
  return { value: null, ...counts, reason: 'All distances of one of the RDMs are equal.' };
}

/** Centred and of length 1, in the room where there is one, with the rounding at that scale; null where all are equal but for rounding. */
function unitLength(
  values: Float64Array,
  rounding: number,
  room: Float64Array | undefined,
  sum: number,
): { unit: Float64Array; rounding: number } | null {
  const n = values.length;
  if (areTied(values, rounding)) return null;
  const mean = sum / n;
  const unit = room ?? new Float64Array(n);
  let squares = 0;
  for (let k = 0; k < n; k++) {
    const d = values[k] - mean;
    unit[k] = d;
    squares += d * d;
  }
  const scale = 1 / Math.sqrt(squares);
  for (let k = 0; k < n; k++) unit[k] *= scale;
  return { unit, rounding: rounding * scale };
}

/** Whether all differ by no more than the rounding: the first that differ by more say no. */
function areTied(values: Float64Array, rounding: number): boolean {
  let [low, high] = [Infinity, -Infinity];
  for (let k = 0; k < values.length; k++) {
    const value = values[k];
    if (value < low) low = value;
    if (value > high) high = value;
    if (high - low > rounding) return false;
  }
  return true;
}

function sameDefined(a: Uint8Array | null, b: Uint8Array | null): boolean {
  if (a === null || b === null) return a === b;
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return false;
  return true;
}
