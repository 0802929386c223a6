import { averageRanks } from '../../numerics/ranks';

/**
 * Average ranks minus their mean: ties share the mean of their ranks, and all ranks sum to exactly 0 (they are multiples of ½).
 *
 * @param values finite numbers
 */
export function centredRanks(values: Float64Array): Float64Array {
  const ranks = averageRanks(values);
  const mean = (values.length + 1) / 2;
  for (let i = 0; i < ranks.length; i++) ranks[i] -= mean;
  return ranks;
}
