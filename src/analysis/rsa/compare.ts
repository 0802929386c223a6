import type { RsaResults, Value } from '../../protocol/results';
import { kendallTauA } from './kendall';
import { type Ranking, averageRanks, rank } from './ranks';

export type RdmComparison = RsaResults['comparison'];

/** One RDM, centred or ranked once for all its comparisons. */
export interface PreparedRdm {
  readonly comparison: RdmComparison;
  readonly distances: Float64Array;
  /** 1 where the distance is defined; null where all are. */
  readonly defined: Uint8Array | null;
  /** What is compared, over the defined distances: centred values or ranks of length 1 … */
  readonly unit: Float64Array | null;
  /** … or the order of the values, for Kendall's tau-a. */
  readonly ranking: Ranking | null;
}

export interface RdmSimilarity {
  /** Null where either RDM is constant, or fewer than two distances are defined in both. */
  value: Value;
  /** Pairs of stimuli that were compared. */
  used: number;
  /** Pairs left out because either RDM has no distance for them. */
  leftOut: number;
  /** Why the value is null. */
  reason?: string;
}

/** @param distances upper triangle, as in `Rdm`; NaN where undefined */
export function prepareRdm(distances: Float64Array, comparison: RdmComparison): PreparedRdm {
  let defined: Uint8Array | null = null;
  if (distances.some(Number.isNaN)) defined = Uint8Array.from(distances, (d) => (Number.isNaN(d) ? 0 : 1));
  const values = defined ? distances.filter((d) => !Number.isNaN(d)) : distances;
  const ranking = comparison === 'pearson' ? null : rank(values);
  const unit = comparison === 'kendall' ? null : unitLength(ranking ? averageRanks(ranking) : values);
  return { comparison, distances, defined, unit, ranking: comparison === 'kendall' ? ranking : null };
}

/**
 * Similarity of two RDMs over the same stimuli: Pearson's r, Spearman's rho (mean ranks for ties) or Kendall's tau-a of their upper
 * triangles, over the pairs of stimuli for which both have a distance.
 */
export function compareRdms(a: PreparedRdm, b: PreparedRdm): RdmSimilarity {
  const all = a.distances.length;
  if (b.distances.length !== all) throw new RangeError('The RDMs differ in size.');
  if (a.comparison !== b.comparison)
    throw new RangeError('The RDMs were prepared for different comparisons.');
  if (!sameDefined(a.defined, b.defined)) {
    const both = (_: number, k: number): boolean => a.defined?.[k] !== 0 && b.defined?.[k] !== 0;
    const left = prepareRdm(a.distances.filter(both), a.comparison);
    const right = prepareRdm(b.distances.filter(both), a.comparison);
    const similarity = compareRdms(left, right);
    return { ...similarity, leftOut: all - similarity.used };
  }
  const used = a.defined ? a.defined.reduce((sum, d) => sum + d, 0) : all;
  const counts = { used, leftOut: all - used };
  if (used < 2) {
    return { value: null, ...counts, reason: 'Fewer than two distances are defined in both RDMs.' };
  }
  if (a.ranking && b.ranking) {
    if (a.ranking.ties.length === 1 || b.ranking.ties.length === 1) return constant(counts);
    return { value: kendallTauA(a.ranking, b.ranking), ...counts };
  }
  if (!a.unit || !b.unit) return constant(counts);
  let sum = 0;
  for (let k = 0; k < a.unit.length; k++) sum += a.unit[k] * b.unit[k];
  return Number.isFinite(sum)
    ? { value: Math.min(1, Math.max(-1, sum)), ...counts }
    : { value: null, ...counts, reason: 'Some distances are not finite.' };
}

/** Similarities of all pairs; 1 on the diagonal, null there too for a constant RDM. Kendall's tau-a of an RDM with itself is 1 only without ties. */
export function similarityMatrix(rdms: readonly PreparedRdm[]): Value[][] {
  const matrix: Value[][] = rdms.map(() => rdms.map(() => null));
  rdms.forEach((a, i) => {
    for (let j = 0; j <= i; j++) {
      const { value } = compareRdms(a, rdms[j]);
      const exact = i === j && value !== null && a.comparison !== 'kendall' ? 1 : value;
      matrix[i][j] = exact;
      matrix[j][i] = exact;
    }
  });
  return matrix;
}

function constant(counts: { used: number; leftOut: number }): RdmSimilarity {
  return { value: null, ...counts, reason: 'All distances of one of the RDMs are equal.' };
}

/** Centred and of length 1; null for a constant vector. */
function unitLength(values: Float64Array): Float64Array | null {
  const n = values.length;
  let sum = 0;
  let same = true;
  for (let k = 0; k < n; k++) {
    sum += values[k];
    same &&= values[k] === values[0];
  }
  if (same) return null;
  const mean = sum / n;
  const unit = new Float64Array(n);
  let squares = 0;
  for (let k = 0; k < n; k++) {
    const d = values[k] - mean;
    unit[k] = d;
    squares += d * d;
  }
  const norm = Math.sqrt(squares);
  for (let k = 0; k < n; k++) unit[k] /= norm;
  return unit;
}

function sameDefined(a: Uint8Array | null, b: Uint8Array | null): boolean {
  if (a === null || b === null) return a === b;
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return false;
  return true;
}
