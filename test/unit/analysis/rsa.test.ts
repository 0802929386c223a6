import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modelRdm } from '../../../src/analysis/rdm/model-rdm';
import { rdm } from '../../../src/analysis/rdm/rdm';
import { pairMatrix } from '../../../src/analysis/pairs/pair-matrix';
import { compareRdms, prepareRdm, rdmComparer } from '../../../src/analysis/rsa/compare';
import { differenceOfMeans, groupMeans } from '../../../src/analysis/rsa/groups';
import { kendallTauA } from '../../../src/analysis/rsa/kendall';
import { modelRsa } from '../../../src/analysis/rsa/model-rsa';
import { averageRanks, rank } from '../../../src/numerics/ranks';
import { stream } from '../../../src/core/stream';
import { label } from './linalg-support/labels';

const vector = fc.array(fc.oneof(fc.integer({ min: -2, max: 2 }), fc.double({ noNaN: true })), {
  minLength: 2,
  maxLength: 40,
});

describe('ranks', () => {
  it('of any numbers are those of a comparison sort', () => {
    fc.assert(
      fc.property(vector, (values) => {
        const ranks = averageRanks(Float64Array.from(values));
        values.forEach((value, i) => {
          const below = values.filter((other) => other < value).length;
          const same = values.filter((other) => other === value).length;
          expect(ranks[i]).toBe(below + (same + 1) / 2);
        });
      }),
    );
  });

  it('come with the order of a stable sort, and with the groups of tied numbers', () => {
    fc.assert(
      fc.property(vector, fc.constantFrom(0, 0.5), (values, rounding) => {
        const { order, dense, ties } = rank(Float64Array.from(values), rounding);
        expect([...order]).toEqual([...values.keys()].sort((a, b) => values[a] - values[b] || a - b));
        let group = 0;
        order.forEach((index, at) => {
          if (at > 0 && values[index] - values[order[at - 1]] > rounding) group++;
          expect(dense[index]).toBe(group);
        });
        expect([...ties]).toEqual([...ties.keys()].map((one) => dense.filter((of) => of === one).length));
      }),
    );
  });

  it('are right where one number far away leaves the others no room', () => {
    const random = stream('ranks');
    const values = Float64Array.from({ length: 3000 }, () => Math.round(random.uniform() * 1000) / 1000);
    values[7] = 1e15;
    const sorted = Float64Array.from(values).sort();
    const ranks = averageRanks(values);
    values.forEach((value, i) => {
      expect(ranks[i]).toBe((sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2 + 1);
    });
  });

  it('puts −0 and 0 together, and infinities at the ends', () => {
    const values = Float64Array.from([0, -0, Infinity, -Infinity, 5e-324, -5e-324, Infinity]);
    expect(Array.from(averageRanks(values))).toEqual([3.5, 3.5, 6.5, 1, 5, 2, 6.5]);
  });
});

it("Kendall's tau-a counts pairs", () => {
  fc.assert(
    fc.property(vector, fc.infiniteStream(fc.integer({ min: 0, max: 4 })), (a, stream_) => {
      const b = a.map(() => stream_.next().value as number);
      let sum = 0;
      let pairs = 0;
      for (let i = 0; i < a.length; i++) {
        for (let j = 0; j < i; j++, pairs++) {
          const x = a[i] > a[j] ? 1 : a[i] < a[j] ? -1 : 0;
          sum += x * Math.sign(b[i] - b[j]);
        }
      }
      const tau = kendallTauA(rank(Float64Array.from(a)), rank(Float64Array.from(b)));
      expect(tau).toBeCloseTo(sum / pairs, 12);
    }),
  );
  expect(kendallTauA(rank(new Float64Array(1)), rank(new Float64Array(1)))).toBeNull();
});

describe('comparing RDMs', () => {
  it('two independent balanced binary features over N stimuli correlate at −1/(N − 2)', () => {
    for (const n of [4, 16, 64]) {
      const a = label(
        'a',
        'binary',
        Array.from({ length: n }, (_, i) => i % 2),
      );
      const b = label(
        'b',
        'binary',
        Array.from({ length: n }, (_, i) => Math.floor(i / 2) % 2),
      );
      const [x, y] = [a, b].map((of) => prepareRdm(modelRdm(of).distances, 'pearson'));
      expect(compareRdms(x, y).value).toBeCloseTo(-1 / (n - 2), 12);
    }
  });

  it('the Euclidean RDMs of two ways to compute XOR correlate at −.8', () => {
    // Over 00, 01, 10, 11: {AND, OR} and {A∧¬B, ¬A∧B}.
    const andOr = { rows: 4, cols: 2, data: new Float32Array([0, 0, 0, 1, 0, 1, 1, 1]) };
    const eitherAlone = { rows: 4, cols: 2, data: new Float32Array([0, 0, 0, 1, 1, 0, 0, 0]) };
    const [x, y] = [andOr, eitherAlone].map((of) => prepareRdm(rdm(of, 'euclidean').distances, 'pearson'));
    // Distances 1, 1, √2, 0, 1, 1 and 1, 1, 0, √2, 1, 1, of mean m.
    const m = (4 + Math.SQRT2) / 6;
    const shared = 4 * (1 - m) ** 2;
    const exact = (shared - 2 * m * (Math.SQRT2 - m)) / (shared + (Math.SQRT2 - m) ** 2 + m ** 2);
    expect(exact.toFixed(1)).toBe('-0.8');
    expect(compareRdms(x, y).value).toBeCloseTo(exact, 12);
  });

  it('says what is left out and why there is no value', () => {
    const x = Float64Array.from([1, NaN, 3, 4, 6, 5]);
    const y = Float64Array.from([1, 2, NaN, 7, 8, 9]);
    for (const comparison of ['pearson', 'spearman', 'kendall'] as const) {
      const found = compareRdms(prepareRdm(x, comparison), prepareRdm(y, comparison));
      expect([found.used, found.leftOut]).toEqual([4, 2]);
      const constant = compareRdms(prepareRdm(x, comparison), prepareRdm(new Float64Array(6), comparison));
      expect([constant.value, constant.leftOut]).toEqual([null, 1]);
      expect(constant.reason).toContain('equal');
      const none = compareRdms(
        prepareRdm(x, comparison),
        prepareRdm(
          x.map(() => NaN),
          comparison,
        ),
      );
      expect([none.value, none.used]).toEqual([null, 0]);
    }
  });

  it('gives no value over half of the pairs or fewer, and says over how many it is', async () => {
    const distances = (missing: number): Float64Array =>
      Float64Array.from({ length: 10 }, (_, k) => (k < missing ? NaN : (k * 7) % 11));
    for (const comparison of ['pearson', 'spearman', 'kendall'] as const) {
      const all = [0, 4, 5].map((missing) => prepareRdm(distances(missing), comparison));
      const { matrix, used } = await pairMatrix(rdmComparer, all.length, (i) => all[i], Infinity);
      expect(used).toEqual([
        [10, 6, 5],
        [6, 6, 5],
        [5, 5, 5],
      ]);
      expect(matrix[0][1]).toBeCloseTo(1, 12);
      expect([matrix[0][2], matrix[1][2], matrix[2][2]]).toEqual([null, null, null]);
      expect(compareRdms(all[0], all[2]).reason).toMatch(/^5 of 10 pairs have a distance/);
    }
  });

  it('gives a symmetric matrix with 1 on its diagonal', async () => {
    const source = stream('similarities');
    const rdms = [0, 1, 2].map(() =>
      prepareRdm(
        Float64Array.from({ length: 10 }, () => source.normal()),
        'spearman',
      ),
    );
    const all = [...rdms, prepareRdm(new Float64Array(10), 'spearman')];
    const { matrix, used } = await pairMatrix(rdmComparer, all.length, (i) => all[i], Infinity);
    expect(used?.flat().every((count) => count === 10)).toBe(true);
    expect(matrix[0][1]).toBe(compareRdms(rdms[0], rdms[1]).value);
    expect(matrix[2][1]).toBe(matrix[1][2]);
    expect([0, 1, 2].map((i) => matrix[i][i])).toEqual([1, 1, 1]);
    expect(matrix[3]).toEqual([null, null, null, null]);
  });

  it('gives the same matrix in whatever room, asking again for what it could not hold', async () => {
    const source = stream('room');
    for (const comparison of ['pearson', 'spearman', 'kendall'] as const) {
      const all = Array.from({ length: 11 }, (_, i) =>
        // Some lack distances, as constant patterns do.
        prepareRdm(
          Float64Array.from({ length: 45 }, (__, k) => (i === 6 && k % 5 === 0 ? NaN : source.below(9))),
          comparison,
        ),
      );
      const { matrix: whole } = await pairMatrix(rdmComparer, all.length, (i) => all[i], Infinity);
      all.forEach((a, i) => {
        for (let j = 0; j < i; j++) expect(whole[i][j]).toBe(compareRdms(a, all[j]).value);
      });
      for (const room of [0, 1200]) {
        let asked = 0;
        const { matrix } = await pairMatrix(rdmComparer, all.length, (i) => (asked++, all[i]), room);
        expect(matrix).toEqual(whole);
        expect(asked).toBeGreaterThan(all.length);
      }
    }
  });

  it('compares over the pairs that both have as if there were no others', () => {
    const source = stream('pairs');
    const x = Float64Array.from({ length: 60 }, () => source.below(20));
    const y = Float64Array.from({ length: 60 }, (_, k) => (k % 4 === 1 ? NaN : source.below(20)));
    for (const comparison of ['pearson', 'spearman', 'kendall'] as const) {
      const keep = (_: number, k: number): boolean => k % 4 !== 1;
      const found = compareRdms(prepareRdm(x, comparison), prepareRdm(y, comparison)).value;
      const { value } = compareRdms(
        prepareRdm(x.filter(keep), comparison),
        prepareRdm(y.filter(keep), comparison),
      );
      expect(found).toBeCloseTo(value ?? NaN, 14);
    }
  });

  it('compares a layer with each label, with a reason where there is none', () => {
    const e = label('e', 'binary', [0, 0, 1, 1]);
    const layer = prepareRdm(rdm({ rows: 4, cols: 1, data: e.values }, 'euclidean').distances, 'pearson');
    const models = [
      { name: 'e', rdm: prepareRdm(modelRdm(e).distances, 'pearson') },
      { name: 'constant', rdm: prepareRdm(new Float64Array(6), 'pearson') },
      { name: 'noise', rdm: null },
    ];
    const found = modelRsa(layer, models);
    expect(found.modelRsa.e).toBeCloseTo(1, 12);
    expect([found.modelRsa.constant, found.modelRsa.noise]).toEqual([null, null]);
    expect(found.undefinedValues['modelRsa.noise']).toBe('noise varies within the conditions.');
    expect(found.undefinedValues['modelRsa.constant']).toContain('equal');
  });
});

describe('means between networks', () => {
  const networks = ['a', 'a', 'a', 'b', 'b'];
  const matrix = [
    [1, 0.9, 0.8, 0.1, 0.2],
    [0.9, 1, 0.7, 0.3, 0.4],
    [0.8, 0.7, 1, 0.5, null],
    [0.1, 0.3, 0.5, 1, 0.6],
    [0.2, 0.4, null, 0.6, 1],
  ];

  it('leave out self-pairs and undefined similarities, and say of how many pairs they are', () => {
    const groups = groupMeans(matrix, networks, 0.95);
    expect(groups.map(({ a, b, pairs, possible }) => [a, b, pairs, possible])).toEqual([
      ['a', 'a', 3, 3],
      ['a', 'b', 5, 6],
      ['b', 'b', 1, 1],
    ]);
    expect(groups[0].mean).toBeCloseTo(0.8, 12);
    expect(groups[1].mean).toBeCloseTo(0.3, 12);
    expect(groups[2].mean).toBe(0.6);
  });

  it('have no interval from fewer than two pairs that share no replicate', () => {
    const [three, , one] = groupMeans(matrix, networks, 0.95);
    for (const group of [three, one]) expect(group).toMatchObject({ low: null, high: null, kind: 'none' });
    // A replicate without any similarity is none.
    const dead = [0.9, 0.8, 0.7, 0.6].map((value) => [value, value + 0.05, null]);
    const [, between] = groupMeans(
      [
        ...dead.map((row) => [1, 1, 1, 1, ...row]),
        ...[0, 1, 2].map((at) => [...dead.map((row) => row[at]), 1, 1, 1]),
      ],
      ['a', 'a', 'a', 'a', 'b', 'b', 'b'],
      0.95,
    );
    expect(between).toMatchObject({ pairs: 8, possible: 12, kind: 'approximate' });
    const lone = groupMeans(
      [
        [1, 0.5, null],
        [0.5, 1, 1],
        [null, 1, 1],
      ],
      ['a', 'b', 'b'],
      0.95,
    )[1];
    expect(lone).toMatchObject({ mean: 0.5, low: null, high: null, kind: 'none' });
  });

  it('have an interval that holds the mean, ends before 1, and is wider at more confidence', () => {
    const near = Array.from({ length: 5 }, (_, i) =>
      Array.from({ length: 5 }, (__, k) => 0.99 + (i + k) / 1000),
    );
    const names = near.map(() => 'a');
    const [wide] = groupMeans(near, names, 0.99);
    const [narrow] = groupMeans(near, names, 0.5);
    expect(wide.high).toBeLessThan(1);
    expect(wide.low).toBeLessThan(narrow.low ?? NaN);
    expect(narrow.low).toBeLessThan(narrow.mean ?? NaN);
    expect(narrow.high).toBeGreaterThan(narrow.mean ?? NaN);
    // Near 1 few replicates do not show how skewed such means are.
    expect(wide.kind).toBe('approximate');
  });

  it('have no interval where all similarities are equal', () => {
    const alike = Array.from({ length: 5 }, (_, i) =>
      Array.from({ length: 5 }, (__, k) => (i === k ? 1 : 0.3)),
    );
    const [group] = groupMeans(alike, ['a', 'a', 'a', 'a', 'a'], 0.95);
    expect(group).toMatchObject({ low: null, high: null, kind: 'equal' });
    expect(group.mean).toBeCloseTo(0.3, 12);
  });

  it('do not move when other networks are added', () => {
    const source = stream('others');
    const size = 10;
    const all = Array.from({ length: size }, () => Array.from({ length: size }, () => source.uniform()));
    const two = Array.from({ length: size }, (_, i) => (i < 5 ? 'a' : 'b'));
    const alone = groupMeans(
      all.slice(0, 5).map((row) => row.slice(0, 5)),
      two.slice(0, 5),
      0.95,
    );
    expect(groupMeans(all, two, 0.95)[0]).toEqual(alone[0]);
  });

  it('differ by an interval of the difference, over the replicates that both share', () => {
    // Every replicate of a is as much more like b than like the others of a: means vary, their difference does not.
    const ability = [0.1, 0.2, 0.3, 0.4, 0.5];
    const size = 10;
    const shared = Array.from({ length: size }, (_, i) =>
      Array.from(
        { length: size },
        (__, k) => (ability[i] ?? 0.3) + (ability[k] ?? 0.3) + (i < 5 === k < 5 ? 0 : 0.05),
      ),
    );
    const two = shared.map((_, i) => (i < 5 ? 'a' : 'b'));
    const [within, between] = groupMeans(shared, two, 0.95);
    expect(between.low).toBeLessThan(within.high ?? NaN);
    const { difference, low } = differenceOfMeans(shared, [0, 1, 2, 3, 4], [5, 6, 7, 8, 9], 0.95);
    expect(difference).toBeCloseTo(0.05, 12);
    expect(low).toBeLessThan(0.05);
    const none = differenceOfMeans(matrix, [3, 4], [0, 1, 2], 0.95);
    expect([none.low, none.high]).toEqual([null, null]);
  });
});
