import { classSelectivity, type Observed } from './observed';
import type { Partition } from './partition';
import { byStatistic, type Statistic, strength } from './statistic';
import type { UnitColumns } from './unit-columns';

/** What permuted labels give for one label and some units: how often they reach the observed strength, and their maxima. */
export class NullDistribution {
  /** Permutations whose statistic is at least as strong: compared classes × units. */
  readonly reached: Record<Statistic, Uint32Array>;
  /** Strengths that count as reached; NaN where undefined. */
  private readonly bars: Record<Statistic, Float64Array>;
  /** What turns |sum of centred activations| into |r|, per compared class and unit. */
  private readonly toCorrelation: Float64Array;

  /** @param maxima strongest statistic so far of each permutation, over units and compared classes; raised by `add` */
  constructor(
    private readonly partition: Partition,
    private readonly columns: UnitColumns,
    observed: Observed,
    private readonly maxima: Record<Statistic, Float64Array>,
  ) {
    const { label, compared } = partition;
    const n = label.of.length;
    const units = columns.units.length;
    this.reached = byStatistic((statistic) => new Uint32Array(observed[statistic].length));
    // Equal statistics may differ in their last digits, as their sums were taken in different orders.
    this.bars = byStatistic((statistic) =>
      observed[statistic].map((value) => strength(statistic, value) * (1 - 1e-12) - 1e-12),
    );
    this.toCorrelation = Float64Array.from({ length: compared.length * units }, (_, i) => {
      const inside = label.counts[compared[Math.floor(i / units)]];
      return 1 / Math.sqrt((columns.totals[units + (i % units)] * inside * (n - inside)) / n);
    });
  }

  /**
   * Takes in one permutation.
   *
   * @param k its number
   * @param sums sums of the columns over the permuted classes, classes × (3 × units)
   */
  add(k: number, sums: Float64Array): void {
    const { order, compared, label } = this.partition;
    const { totals, means } = this.columns;
    const units = means.length;
    const width = 3 * units;
    const n = label.of.length;
    const { bars, reached, toCorrelation } = this;
    let maxDprime = this.maxima.dprime[k];
    let maxAuroc = this.maxima.auroc[k];
    let maxCorrelation = this.maxima.correlation[k];
    for (let row = 0; row < compared.length; row++) {
      const inside = label.counts[compared[row]];
      if (inside === 0) continue;
      const outside = n - inside;
      const at = compared[row] * width;
      const toAuroc = 1 / (inside * outside);
      for (let u = 0; u < units; u++) {
        const cell = row * units + u;
        const sum = sums[at + u];
        const rest = totals[u] - sum;
        const squares = sums[at + units + u];

        const auroc = Math.abs(sums[at + 2 * units + u]) * toAuroc;
        if (auroc >= bars.auroc[cell]) reached.auroc[cell]++;
        if (auroc > maxAuroc) maxAuroc = auroc;

        const correlation = Math.abs(sum) * toCorrelation[cell];
        if (correlation >= bars.correlation[cell]) reached.correlation[cell]++;
        if (correlation > maxCorrelation) maxCorrelation = correlation;

        const bar = bars.dprime[cell];
        const within =
          Math.max(0, squares - (sum * sum) / inside) / (inside - 1) +
          Math.max(0, totals[units + u] - squares - (rest * rest) / outside) / (outside - 1);
        const dprime = Math.abs(sum / inside - rest / outside) / Math.sqrt(within / 2);
        if (dprime >= bar) reached.dprime[cell]++;
        // NaN: the unit's own d′ is undefined, so it does not take part in the maximum either.
        if (dprime > maxDprime && !Number.isNaN(bar)) maxDprime = dprime;
      }
    }
    this.maxima.dprime[k] = maxDprime;
    this.maxima.auroc[k] = maxAuroc;
    this.maxima.correlation[k] = maxCorrelation;

    let maxIndex = this.maxima.classSelectivity[k];
    for (let u = 0; u < units; u++) {
      const bar = bars.classSelectivity[u];
      if (Number.isNaN(bar)) continue;
      const index = classSelectivity(order, label.counts, sums, width, u, means[u]);
      if (index >= bar) reached.classSelectivity[u]++;
      if (index > maxIndex) maxIndex = index;
    }
    this.maxima.classSelectivity[k] = maxIndex;
  }
}

/** Room for the maxima of `count` permutations of one label. */
export function emptyMaxima(count: number): Record<Statistic, Float64Array> {
  return byStatistic(() => new Float64Array(count));
}

/** @returns (1 + permutations that reach it) / (1 + permutations); null without permutations */
export function permutationP(reached: number, count: number): number | null {
  return count > 0 ? (1 + reached) / (1 + count) : null;
}

/**
 * The observed maximum over units beside the maxima of the permutations.
 *
 * @param values strengths over units, undefined ones left out
 * @returns the threshold is the smallest maximum that p ≤ .05 must exceed: of K sorted maxima number ⌈.95 (K + 1)⌉
 */
export function maximumOf(
  values: readonly number[],
  maxima: Float64Array,
): { value: number | null; p: number | null; threshold: number | null } {
  if (values.length === 0) return { value: null, p: null, threshold: null };
  const value = values.reduce((a, b) => Math.max(a, b));
  const count = maxima.length;
  const bar = value * (1 - 1e-12) - 1e-12;
  const reached = maxima.reduce((sum, maximum) => sum + (maximum >= bar ? 1 : 0), 0);
  const sorted = Float64Array.from(maxima).sort();
  const place = Math.ceil(0.95 * (count + 1));
  const threshold = place <= count && Number.isFinite(sorted[place - 1]) ? sorted[place - 1] : null;
  return { value, p: permutationP(reached, count), threshold };
}
