import { labelledReplicate } from '../../src/core/replicate';
import { comparisonsOf } from '../../src/protocol/pair-results';
import type { PairResults, Results, Value } from '../../src/protocol/results';

/** The mean over the pairs of replicates (of different seeds) of two networks, or within one. */
type MeanOf = (a: string, b: string) => number;

/**
 * A statistic of similarities of pairs, with one number per seed: the jackknife's pseudo-values n θ − (n − 1) θ₋ᵢ, θ₋ᵢ without all pairs that a replicate of seed i is in.
 * Pairs share replicates, so they are no sample; the mean of these numbers is θ, and Student's t over them the jackknife's interval, as that of `groupMeans`.
 *
 * @param of which numbers of the pairs: the scores, or those calibrated by their null
 */
export function overSeeds(
  results: Results,
  measure: string,
  layer: string,
  statistic: (mean: MeanOf) => number,
  of: (compared: PairResults) => Value[][] | undefined = ({ matrix }) => matrix,
): number[] {
  const compared = comparisonsOf(results).find((one) => one.measure === measure && one.layer === layer);
  const matrix = compared && of(compared);
  if (!matrix) throw new Error(`Replicates are not compared by ${measure} in ${layer}.`);
  const replicates = compared.labels.map((label) => labelledReplicate(label));
  const seeds = [...new Set(replicates.map(({ seed }) => seed))];
  if (seeds.length < 3) throw new Error('Without one of two seeds there is no pair within a network.');
  const without = (left: number | null): number =>
    statistic((a, b) => {
      const values = replicates.flatMap((one, row) =>
        replicates.flatMap((other, column) => {
          if (one.source !== a || other.source !== b || one.seed === other.seed) return [];
          if (one.seed === left || other.seed === left) return [];
          const value = matrix[row][column];
          if (value === null)
            throw new Error(`${measure} of ${compared.labels[row]} and another is not defined.`);
          return [value];
        }),
      );
      if (values.length === 0) throw new Error(`There are no pairs of ${a} and ${b}.`);
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    });
  const all = without(null);
  return seeds.map((seed) => seeds.length * all - (seeds.length - 1) * without(seed));
}
