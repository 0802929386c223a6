import type { Matrix } from '../../core/matrix';
import { averageRanks } from '../../numerics/ranks';

/** Ranks of every column of some rows, from 1, those tied sharing theirs. */
export interface RankedColumns {
  readonly rows: number;
  readonly columns: readonly Float64Array[];
}

/** @param matrix rows × columns */
export function rankColumns({ rows, cols, data }: Matrix<Float64Array>): RankedColumns {
  const columns = Array.from({ length: cols }, (_, j) =>
    averageRanks(Float64Array.from({ length: rows }, (_unused, i) => data[i * cols + j])),
  );
  return { rows, columns };
}

/** Probability that a row of the class has the higher number, ties half (Mann–Whitney U); null where the class has none of the rows, or all. */
export function auroc(ranks: Float64Array, isIn: (row: number) => boolean): number | null {
  let inside = 0;
  let sum = 0;
  for (let i = 0; i < ranks.length; i++)
    if (isIn(i)) {
      inside++;
      sum += ranks[i];
    }
  const outside = ranks.length - inside;
  return inside === 0 || outside === 0 ? null : (sum - (inside * (inside + 1)) / 2) / (inside * outside);
}

/**
 * How well one column tells a class from the rest on rows that had no part in its choice: the column, and the direction, of the largest |AUROC − ½| over the rows
 * to fit (the first of several), as its AUROC over the rows to test.
 *
 * @param inFit whether a row to fit is of the class; inTest the same of a row to test
 */
export function bestColumn(
  fit: RankedColumns,
  test: RankedColumns,
  inFit: (row: number) => boolean,
  inTest: (row: number) => boolean,
): number | null {
  let best = { distance: -1, column: -1, up: true };
  fit.columns.forEach((ranks, column) => {
    const area = auroc(ranks, inFit);
    if (area === null) return;
    const distance = Math.abs(area - 0.5);
    if (distance > best.distance) best = { distance, column, up: area >= 0.5 };
  });
  if (best.column < 0) return null;
  const area = auroc(test.columns[best.column], inTest);
  return area === null ? null : best.up ? area : 1 - area;
}
