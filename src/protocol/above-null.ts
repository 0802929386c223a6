import { labelledReplicate } from '../core/replicate';
import type { PairGroup, PairResults } from './results';

/** A pair above this p is no more alike than shuffled stimuli may be. */
export const LEVEL = 0.05;

/** How many pairs of replicates of two networks are above their null, of those that have one. */
export function aboveNull(
  { null: nulls, labels }: PairResults,
  { a, b }: Pick<PairGroup, 'a' | 'b'>,
): { above: number; of: number } | null {
  if (nulls === undefined) return null;
  const sources = labels.map((label) => labelledReplicate(label).source);
  const ps = sources.flatMap((first, row) =>
    sources.slice(0, row).flatMap((second, column) => {
      const isOf = (first === a && second === b) || (first === b && second === a);
      return isOf ? (nulls.p[row]?.[column] ?? []) : [];
    }),
  );
  return { above: ps.filter((p) => p <= LEVEL).length, of: ps.length };
}
