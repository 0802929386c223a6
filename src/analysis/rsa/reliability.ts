import type { Matrix } from '../../core/matrix';
import { stream } from '../../core/stream';
import type { RdmComparison, RdmMetric } from '../../protocol/rdm-words';
import type { Value } from '../../protocol/results';
import { rdm } from '../rdm/rdm';
import { columnsOf } from '../some-rows';
import { compareRdms, prepareRdm } from './compare';

/** Two sets of units of equal size, without a common one. */
export type Halves = readonly [ArrayLike<number>, ArrayLike<number>];

/** Random halves of so many units, the same wherever there are as many; of an odd number each leaves out one at random. */
export function randomHalves(units: number, splits: number): Halves[] {
  const size = units >> 1;
  return Array.from({ length: splits }, (_, split) => {
    const order = stream('rdmReliability', 'halves', units, split).permutation(units);
    return [order.subarray(0, size).sort(), order.subarray(size, 2 * size).sort()] as const;
  });
}

/**
 * How well the RDM of some units tells that of others: the similarity r of the RDMs of two halves of the units, which is 2r / (1 + |r|) for
 * halves of twice as many, as all units are; the mean over splits.
 *
 * @param patterns stimuli (or conditions) × units
 * @returns null with its reason where a half has no RDM
 * @see Spearman 1910 and Brown 1910; |r| keeps negative values within −1
 */
export function splitHalfReliability(
  patterns: Matrix,
  splits: readonly Halves[],
  metric: RdmMetric,
  comparison: RdmComparison,
): { value: Value; reason?: string } {
  let sum = 0;
  for (const halves of splits) {
    const [a, b] = halves.map((units) => {
      const { distances, rounding } = rdm(columnsOf(patterns, units), metric);
      return prepareRdm(distances, comparison, true, rounding);
    });
    const { value, reason } = compareRdms(a, b);
    if (value === null) return { value, reason: `Of two halves of the units: ${reason}` };
    sum += (2 * value) / (1 + Math.abs(value));
  }
  return { value: sum / splits.length };
}
