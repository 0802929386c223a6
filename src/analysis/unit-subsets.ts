import type { Matrix } from '../core/matrix';
import { foundOrWhy } from '../numerics/numerical-error';
import { pca } from './pca';

/** Units by the mean of |activation| over stimuli, the most active first; of equals the first. */
export function byActivity({ rows, cols, data }: Matrix): number[] {
  const activity = new Float64Array(cols);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) activity[j] += Math.abs(data[i * cols + j]);
  return Array.from({ length: cols }, (_, unit) => unit).sort((a, b) => activity[b] - activity[a] || a - b);
}

/** What some units have of the variance of all; null where none varies. */
export function shareOfVariance({ rows, cols, data }: Matrix, chosen: readonly number[]): number | null {
  const variances = Array.from({ length: cols }, (_, unit) => {
    let mean = 0;
    for (let i = 0; i < rows; i++) mean += (data[i * cols + unit] - mean) / (i + 1);
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += (data[i * cols + unit] - mean) ** 2;
    return sum;
  });
  const sumOf = (units: Iterable<number>): number =>
    Array.from(units).reduce((sum, unit) => sum + variances[unit], 0);
  const all = sumOf(variances.keys());
  return all === 0 ? null : Math.min(1, sumOf(chosen) / all);
}

/** Mean squared canonical correlation of the planes of two sets of units: scores of components do not correlate, so that it follows from their products. */
export function alikePlanes(a: Matrix, b: Matrix): { value: number | null; why?: string } {
  const { found, why } = foundOrWhy(() => [pca(a, 2), pca(b, 2)] as const);
  if (!found) return { value: null, why: `Of a half of the units: ${why}` };
  const [first, second] = found.map(({ scores, rank }) => unitColumns(scores, Math.min(2, rank)));
  const count = Math.min(first.length, second.length);
  if (count === 0) return { value: null, why: 'No unit of a half varies.' };
  let sum = 0;
  for (const one of first)
    for (const other of second) sum += one.reduce((dot, value, i) => dot + value * other[i], 0) ** 2;
  return { value: Math.min(1, sum / count) };
}

/** The first columns of scores, each of length 1. */
function unitColumns({ rows, cols, data }: Matrix, count: number): Float64Array[] {
  return Array.from({ length: count }, (_, k) => {
    const column = Float64Array.from({ length: rows }, (_unused, i) => data[i * cols + k]);
    const length = Math.sqrt(column.reduce((sum, value) => sum + value * value, 0));
    return column.map((value) => value / length);
  });
}
