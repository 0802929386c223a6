import { labelledReplicate } from '../core/replicate';
import type { PairGroup, PairResults, Value } from './results';

/** A pair above this p is no more alike than shuffled stimuli may be. */
export const LEVEL = 0.05;

/** How many pairs of replicates of two networks are above their null, of those that have one, and the mean of their nulls. */
export function aboveNull(
  { null: nulls, labels }: PairResults,
  { a, b }: Pick<PairGroup, 'a' | 'b'>,
): { above: number; of: number; mean: Value } | null {
  if (nulls === undefined) return null;
  const sources = labels.map((label) => labelledReplicate(label).source);
  const pairs = sources.flatMap((first, row) =>
    sources.slice(0, row).flatMap((second, column) => {
      const isOf = (first === a && second === b) || (first === b && second === a);
      const p = nulls.p[row]?.[column] ?? null;
      return isOf && p !== null ? [{ p, mean: nulls.mean[row]?.[column] ?? 0 }] : [];
    }),
  );
  return {
    above: pairs.filter(({ p }) => p <= LEVEL).length,
    of: pairs.length,
    mean: pairs.length === 0 ? null : pairs.reduce((sum, { mean }) => sum + mean, 0) / pairs.length,
  };
}
