import { atMost } from './bounds';

/**
 * How many replicates their mean describes: the share of them that lie within a tolerance of it. Near 0 when they fall
 * into clusters with the mean between them, or are scattered far beyond the tolerance. Unlike tests of bimodality it has a plain meaning
 * with five values already.
 *
 * @returns null for no values
 */
export function shareNearMean(values: readonly number[], tolerance: number): number | null {
  if (values.length === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.filter((value) => atMost(Math.abs(value - mean), tolerance)).length / values.length;
}
