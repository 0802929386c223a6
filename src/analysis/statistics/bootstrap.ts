import type { Stream } from '../../random/stream';
import { percentile } from './percentile';

/**
 * Percentile bootstrap over replicates: every group of replicates is drawn anew with replacement, and the statistic is
 * taken of what was drawn. Draws for which it is undefined (null) are left out.
 *
 * @param sizes replicates in each group
 * @param statistic of the drawn replicates: one array of indices per group, reused from draw to draw
 * @returns null if the statistic is undefined for half of the draws or more
 */
export function bootstrap(
  sizes: readonly number[],
  statistic: (drawn: readonly Uint32Array[]) => number | null,
  options: { readonly confidence: number; readonly draws: number; readonly random: Stream },
): { low: number; high: number } | null {
  const { confidence, draws, random } = options;
  const drawn = sizes.map((size) => new Uint32Array(size));
  const found: number[] = [];
  for (let d = 0; d < draws; d++) {
    for (const group of drawn) for (let i = 0; i < group.length; i++) group[i] = random.below(group.length);
    const value = statistic(drawn);
    if (value !== null && Number.isFinite(value)) found.push(value);
  }
  if (found.length * 2 <= draws) return null;
  const sorted = Float64Array.from(found).sort();
  return { low: percentile(sorted, (1 - confidence) / 2), high: percentile(sorted, (1 + confidence) / 2) };
}
