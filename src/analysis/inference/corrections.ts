/** What many p-values are corrected for. */
export const corrections = ['fdr', 'bonferroni', 'none'] as const;

export type Correction = (typeof corrections)[number];

/**
 * p-values for many tests: by the false discovery rate (Benjamini & Hochberg 1995: m p / rank, each at most those of larger p), or the
 * probability of any false alarm (Bonferroni: m p). Null ones are no tests.
 */
export function corrected(values: readonly (number | null)[], correction: Correction): (number | null)[] {
  if (correction === 'none') return [...values];
  const tests = values.filter((p) => p !== null);
  const m = tests.length;
  if (correction === 'bonferroni') return values.map((p) => (p === null ? null : Math.min(1, m * p)));
  const sorted = [...tests].sort((a, b) => a - b);
  const adjusted = new Map<number, number>();
  let least = 1;
  for (let rank = m; rank > 0; rank--) {
    const p = sorted[rank - 1];
    least = Math.min(least, (m * p) / rank);
    // Of equal ones the last of them decides: it comes first here.
    adjusted.set(p, Math.min(least, adjusted.get(p) ?? 1));
  }
  return values.map((p) => (p === null ? null : (adjusted.get(p) ?? null)));
}
