import { remarkedGroup, remarkedMean } from '../../src/formats/remark';
import type { Interval, PairGroup } from '../../src/protocol/results';
import type { ShownMean } from './number';

export type Cell = string | number | null | IntervalCell | CountedCell | BoundCell;

/** A mean with its interval: one cell on the screen; columns for its parts in a file, with one for what it is over where that is not all. */
type IntervalCell = ShownMean;

export function intervalCell(interval: Interval | undefined): Cell {
  if (interval === undefined) return null;
  const { mean, low, high } = interval;
  return { mean, low, high, ...remarkedMean(interval) };
}

export function groupCell(group: PairGroup): IntervalCell {
  const { mean, low, high } = group;
  return { mean, low, high, ...remarkedGroup(group) };
}

/** A value without an interval, over `n` of what it could be over: `0.512 (40 of 45)` on the screen, with a column for n in a file. */
interface CountedCell {
  mean: number | null;
  n: number;
  of: number;
}

/** A number that is known to be no larger: `≤ 0.001` on the screen, the number in a file. `is`: what it is. */
interface BoundCell {
  atMost: number;
  is?: number;
}

/** A p-value that is computed, not counted: of one that three decimals would make 0 the screen has a bound. */
export function pCell(p: number | null): Cell {
  return p !== null && p < 0.001 ? { atMost: 0.001, is: p } : p;
}

export function isBound(cell: Cell | undefined): cell is BoundCell {
  return typeof cell === 'object' && cell !== null && 'atMost' in cell;
}

export function isMean(cell: Cell | undefined): cell is IntervalCell | CountedCell {
  return typeof cell === 'object' && cell !== null && !isBound(cell);
}

export function isInterval(cell: Cell | undefined): cell is IntervalCell {
  return isMean(cell) && 'low' in cell;
}
