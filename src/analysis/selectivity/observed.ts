import type { Partition } from './partition';
import { byStatistic, type Statistic } from './statistic';
import type { UnitColumns } from './unit-columns';

/**
 * Statistics of the label itself: compared classes × units (`classSelectivity`: one row). NaN where undefined.
 */
export type Observed = Record<Statistic, Float64Array>;

/**
 * - d′: difference of the two means / sqrt((s₁² + s₀²) / 2), s² the sample variances (n − 1). Infinite where the classes have no
 *   spread beyond rounding; undefined where a class has one stimulus.
 * - AUROC: probability that a stimulus of the class has the higher activation, ties half (Mann–Whitney U / n₁n₀).
 * - correlation: Pearson correlation with the 0/1 label (point-biserial).
 * - classSelectivity: (μmax − μrest) / (μmax + μrest), μmax the largest class mean, μrest the mean of the other class means
 *   (Morcos et al. 2018, arXiv 1803.06959). Undefined for signed activations.
 *
 * @param sums of `classSums`, classes × (3 × units)
 * @param signed whether any activation of the layer is negative
 */
export function observed(
  { label, order, compared }: Partition,
  columns: UnitColumns,
  sums: Float64Array,
  signed: boolean,
): Observed {
  const units = columns.units.length;
  const width = 3 * units;
  const n = label.of.length;
  const found = byStatistic((statistic) =>
    new Float64Array((statistic === 'classSelectivity' ? 1 : compared.length) * units).fill(NaN),
  );
  if (order.length < 2) return found;
  compared.forEach((c, row) => {
    const inside = label.counts[c];
    const outside = n - inside;
    if (inside === 0) return;
    for (let u = 0; u < units; u++) {
      const at = row * units + u;
      found.auroc[at] = 0.5 + sums[c * width + 2 * units + u] / (inside * outside);
      const total = columns.totals[units + u];
      const r = sums[c * width + u] / Math.sqrt((total * inside * outside) / n);
      found.correlation[at] = Math.max(-1, Math.min(1, r));
      found.dprime[at] = dprime(columns, u, label.of, c, sums[c * width + u] / inside, inside);
    }
  });
  if (!signed) {
    for (let u = 0; u < units; u++) {
      found.classSelectivity[u] = classSelectivity(order, label.counts, sums, width, u, columns.means[u]);
    }
  }
  return found;
}

/**
 * From the class means, and squares about them: sums of squares alone lose digits where the classes lie far apart.
 *
 * @param own mean of the class, about the unit's mean
 * @param inside stimuli of the class
 */
function dprime(
  { data, stimuli, rounding }: UnitColumns,
  u: number,
  of: Uint16Array,
  c: number,
  own: number,
  inside: number,
): number {
  const outside = stimuli - inside;
  if (inside < 2 || outside < 2) return NaN;
  const values = data.subarray(u * stimuli, (u + 1) * stimuli);
  let others = 0;
  for (let i = 0; i < stimuli; i++) if (of[i] !== c) others += values[i];
  others /= outside;
  let ownSquares = 0;
  let otherSquares = 0;
  for (let i = 0; i < stimuli; i++) {
    if (of[i] === c) ownSquares += (values[i] - own) ** 2;
    else otherSquares += (values[i] - others) ** 2;
  }
  const within = (ownSquares / (inside - 1) + otherSquares / (outside - 1)) / 2;
  return (own - others) / Math.sqrt(within > rounding[u] ? within : 0);
}

/**
 * The class-selectivity index of one unit without negative activations, from sums of its centred activations.
 *
 * @param sums classes × width
 */
function classSelectivity(
  order: readonly number[],
  counts: readonly number[],
  sums: Float64Array,
  width: number,
  unit: number,
  unitMean: number,
): number {
  let largest = 0;
  let all = 0;
  for (const c of order) {
    // A mean of no activation at all can come out a rounding error below 0.
    const mean = Math.max(0, unitMean + sums[c * width + unit] / counts[c]);
    all += mean;
    if (mean > largest) largest = mean;
  }
  const rest = (all - largest) / (order.length - 1);
  return (largest - rest) / (largest + rest);
}
