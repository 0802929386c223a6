import { incompleteBeta } from '../../src/numerics/incomplete-beta';
import { studentTQuantile } from '../../src/numerics/student-t';
import type { Value } from '../../src/protocol/results';
import { stream } from '../../src/core/stream';
import { confidence, meanOf, type Method } from './coverage';

/** Other intervals of a mean over pairs, for comparison: what was not chosen. */

type Statistic = (chosen: readonly (readonly number[])[]) => Value;
const resamples = 400;

function statisticOf(matrix: readonly (readonly Value[])[], within: boolean): Statistic {
  return ([first, second]) => {
    const pairs = within
      ? first.flatMap((i, at) => first.slice(0, at).map((k) => (i === k ? null : matrix[i][k])))
      : first.flatMap((i) => second.map((k) => matrix[i][k]));
    const defined = pairs.filter((value) => value !== null);
    return defined.length === 0 ? null : meanOf(defined);
  };
}

function groupsOf(size: number, within: boolean): number[][] {
  const first = Array.from({ length: size }, (_, at) => at);
  return within ? [first] : [first, first.map((at) => at + size)];
}

/** Without each replicate in turn, by network. */
function leftOut(statistic: Statistic, groups: readonly (readonly number[])[]): number[][] {
  return groups.map((group, at) =>
    group.flatMap((_, out) => {
      const value = statistic(
        groups.map((each, place) => (place === at ? each.filter((__, k) => k !== out) : each)),
      );
      return value === null ? [] : [value];
    }),
  );
}

/** The jackknife with Student's t on the similarities' own scale. */
export function plainJackknife(within: boolean): Method {
  return (matrix, size) => {
    const statistic = statisticOf(matrix, within);
    const groups = groupsOf(size, within);
    const mean = statistic(groups);
    const left = leftOut(statistic, groups);
    if (mean === null || left.some((values) => values.length < 2)) return { low: null, high: null };
    const variance = left.reduce((sum, values) => {
      const centre = meanOf(values);
      const squares = values.reduce((total, value) => total + (value - centre) ** 2, 0);
      return sum + ((values.length - 1) / values.length) * squares;
    }, 0);
    const half = studentTQuantile((1 + confidence) / 2, size - 1) * Math.sqrt(variance);
    return { low: mean - half, high: mean + half };
  };
}

/** Percentile bootstrap over replicates; `corrected`: for bias and acceleration (BCa, Efron 1987). */
export function bootstrap(within: boolean, corrected: boolean): Method {
  const random = stream('coverage', 'bootstrap');
  return (matrix, size) => {
    const statistic = statisticOf(matrix, within);
    const groups = groupsOf(size, within);
    const mean = statistic(groups);
    const found: number[] = [];
    for (let draw = 0; draw < resamples; draw++) {
      const value = statistic(groups.map((group) => group.map(() => group[random.below(group.length)])));
      if (value !== null) found.push(value);
    }
    if (mean === null || found.length === 0) return { low: null, high: null };
    const sorted = found.sort((a, b) => a - b);
    const quantile = (share: number): number =>
      sorted[Math.min(sorted.length - 1, Math.max(0, Math.round(share * (sorted.length - 1))))];
    if (!corrected) return { low: quantile((1 - confidence) / 2), high: quantile((1 + confidence) / 2) };
    const below = sorted.filter((value) => value < mean).length / sorted.length;
    const bias = normalQuantile(Math.min(0.999, Math.max(0.001, below)));
    const influence = leftOut(statistic, groups).flatMap((values) =>
      values.map((value) => meanOf(values) - value),
    );
    const squares = influence.reduce((sum, value) => sum + value ** 2, 0);
    const acceleration =
      squares === 0 ? 0 : influence.reduce((sum, value) => sum + value ** 3, 0) / (6 * squares ** 1.5);
    const at = (share: number): number => {
      const z = bias + normalQuantile(share);
      return quantile(normal(bias + z / (1 - acceleration * z)));
    };
    return { low: at((1 - confidence) / 2), high: at((1 + confidence) / 2) };
  };
}

/** Student's t of very many degrees of freedom is normal. */
function normalQuantile(share: number): number {
  return studentTQuantile(share, 1e6);
}

function normal(x: number): number {
  const tail = incompleteBeta(1e6 / (1e6 + x * x), 5e5, 0.5) / 2;
  return x < 0 ? tail : 1 - tail;
}
