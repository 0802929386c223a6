/** Parts of a list, and the share of the weight that each is to have. */
export interface Margin {
  /** For each of the list its part; −1: it is in none. */
  readonly part: Int32Array;
  /** By part, of the weight of all that are in one; they sum to 1. */
  readonly shares: readonly number[];
}

const MOST_SWEEPS = 100;
const MOST_WORK = 2 ** 28;

/**
 * Changes weights so that the parts of every margin have their shares: iterative proportional fitting (W. E. Deming and F. F. Stephan 1940),
 * which of all such weights finds those nearest to the given ones in relative entropy. A part without weight gets none,
 * and margins that contradict each other are met in turn.
 *
 * @param tolerance it ends when a sweep found every share as near as this
 */
export function rake(weights: Float64Array, margins: readonly Margin[], tolerance: number): void {
  const work = margins.length * weights.length;
  for (let sweep = 0; sweep < MOST_SWEEPS && sweep * work <= MOST_WORK; sweep++) {
    let worst = 0;
    for (const margin of margins) worst = Math.max(worst, fit(weights, margin));
    if (worst <= tolerance) return;
  }
}

/** Fits one margin; returns how far the farthest share was. */
function fit(weights: Float64Array, { part, shares }: Margin): number {
  const sums = new Float64Array(shares.length);
  for (let i = 0; i < weights.length; i++) if (part[i] >= 0) sums[part[i]] += weights[i];
  const total = sums.reduce((sum, one) => sum + one, 0);
  const possible = shares.reduce((sum, share, at) => sum + (sums[at] > 0 ? share : 0), 0);
  if (total === 0 || possible === 0) return 0;
  const factors = sums.map((sum, at) => (sum > 0 ? (shares[at] / possible) * (total / sum) : 1));
  for (let i = 0; i < weights.length; i++) if (part[i] >= 0) weights[i] *= factors[part[i]];
  return sums.reduce(
    (worst, sum, at) => Math.max(worst, sum > 0 ? Math.abs(sum / total - shares[at] / possible) : 0),
    0,
  );
}
