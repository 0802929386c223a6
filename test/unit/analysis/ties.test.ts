import { describe, expect, it } from 'vitest';
import { rdm } from '../../../src/analysis/rdm/rdm';
import type { RdmMetric } from '../../../src/protocol/rdm-words';
import { compareRdms, prepareRdm } from '../../../src/analysis/rsa/compare';
import { rank } from '../../../src/numerics/ranks';
import { stream } from '../../../src/core/stream';

/** A distance of two patterns of whole numbers as a fraction that orders like it, in whole numbers. */
const exactly: Record<RdmMetric, (a: readonly number[], b: readonly number[]) => [bigint, bigint]> = {
  squaredEuclidean: (a, b) => [BigInt(a.reduce((sum, x, k) => sum + (x - b[k]) ** 2, 0)), 1n],
  euclidean: (a, b) => exactly.squaredEuclidean(a, b),
  // −cos |cos|: its order is that of 1 − cos.
  cosine: (a, b) => {
    const dot = (x: readonly number[], y: readonly number[]): number =>
      x.reduce((sum, v, k) => sum + v * y[k], 0);
    return [BigInt(-dot(a, b) * Math.abs(dot(a, b))), BigInt(dot(a, a) * dot(b, b))];
  },
  correlation: (a, b) => {
    const centred = (x: readonly number[]): number[] => {
      const sum = x.reduce((all, value) => all + value, 0);
      return x.map((value) => value * x.length - sum);
    };
    return exactly.cosine(centred(a), centred(b));
  },
};

describe('distances that are equal but for rounding are ties', () => {
  it.each(Object.keys(exactly) as RdmMetric[])('%s: the ranks of exact arithmetic', (metric) => {
    for (let at = 0; at < 40; at++) {
      const random = stream('ties', metric, at);
      const units = 2 + random.below(6);
      const rows = Array.from({ length: 12 }, () => {
        // Neither zero nor constant, and some of them multiples of others.
        const row = Array.from({ length: units }, (_, k) => (k === 0 ? 4 : random.below(4)));
        return row.map((value) => value * (1 + random.below(5)));
      });
      const { distances, rounding } = rdm(
        { rows: rows.length, cols: units, data: Float64Array.from(rows.flat()) },
        metric,
      );
      const fractions = rows.flatMap((a, i) => rows.slice(i + 1).map((b) => exactly[metric](a, b)));
      const smaller = (x: [bigint, bigint], y: [bigint, bigint]): boolean => x[0] * y[1] < y[0] * x[1];
      const { order, dense } = rank(distances, rounding);
      for (let k = 1; k < order.length; k++) {
        const [before, after] = [fractions[order[k - 1]], fractions[order[k]]];
        expect(dense[order[k]] > dense[order[k - 1]]).toBe(smaller(before, after));
      }
    }
  });

  it('so that multiples of one pattern have one rank, and an RDM of equal distances is constant', () => {
    const cosine = (rows: number[][], comparison: 'pearson' | 'spearman' | 'kendall') => {
      const { distances, rounding } = rdm(
        { rows: rows.length, cols: rows[0].length, data: Float64Array.from(rows.flat()) },
        'cosine',
      );
      return prepareRdm(distances, comparison, false, rounding);
    };
    // 0 between multiples of (1, 2, 3), equal distances between these and (3, 2, 1).
    const multiples = [
      [1, 2, 3],
      [3, 6, 9],
      [7, 14, 21],
      [3, 2, 1],
    ];
    expect(cosine(multiples, 'kendall').ranking?.ties).toEqual(Uint32Array.of(3, 3));
    // Patterns at equal angles, at several lengths.
    const equal = [
      [1, 0, 0],
      [0, 7, 0],
      [0, 0, 3],
    ].map((row, at) => row.map((x) => x + [1, 7, 3][at] * 0.1));
    for (const comparison of ['pearson', 'spearman', 'kendall'] as const) {
      const { value, reason } = compareRdms(cosine(equal, comparison), cosine(equal, comparison));
      expect(value).toBeNull();
      expect(reason).toContain('equal');
    }
  });

  it('also over the pairs that two RDMs have in common, where what differs may be left out', () => {
    // Of a the only other distance is one that b does not have; what is left is 0, and 0 but for rounding.
    const a = Float64Array.of(0, 2e-16, 0, 2, 1e-16);
    const b = Float64Array.of(1, 2, 3, NaN, 5);
    for (const comparison of ['pearson', 'spearman', 'kendall'] as const) {
      const [first, second] = [a, b].map((distances) => prepareRdm(distances, comparison, false, 1e-14));
      const { value, reason, used } = compareRdms(first, second);
      expect({ value, used }).toEqual({ value: null, used: 4 });
      expect(reason).toContain('equal');
    }
  });
});
