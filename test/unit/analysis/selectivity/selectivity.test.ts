import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classLabel } from '../../../../src/analysis/selectivity/class-label';
import { labelPermutations } from '../../../../src/analysis/selectivity/label-permutations';
import { selectivity } from '../../../../src/analysis/selectivity/selectivity';
import type { Matrix } from '../../../../src/core/matrix';
import { stream } from '../../../../src/core/stream';

const none = (length: number) => labelPermutations(0, length);
const binary = (values: number[], name = 'task') => classLabel(name, ['no', 'yes'], true, values);
const columns = (...units: number[][]): Matrix => ({
  rows: units[0].length,
  cols: units.length,
  data: Float32Array.from({ length: units.length * units[0].length }, (_, i) => {
    return units[i % units.length][Math.floor(i / units.length)];
  }),
});

describe('selectivity of single units', () => {
  it('gives the values of a case worked by hand', () => {
    // Class means 3 and 1, sample variances 2 and 2; of 4 pairs 3 are above and 1 is tied.
    const found = selectivity(columns([0, 2, 2, 4]), [binary([0, 0, 1, 1])], none(4)).selectivity.task;
    expect(found.dprime).toEqual([expect.closeTo(2 / Math.SQRT2, 12)]);
    expect(found.auroc).toEqual([0.875]);
    expect(found.correlation).toEqual([expect.closeTo(1 / Math.SQRT2, 12)]);
    expect(found.classSelectivity).toEqual([expect.closeTo(2 / 4, 12)]);
    expect(found.classes).toBeUndefined();
    expect(found.maximum.auroc).toEqual({ value: 0.375, p: null, threshold: null });
    expect(found.p.auroc).toEqual([null]);
  });

  it('changes sign, not strength, when the classes are swapped', () => {
    const random = stream('test');
    const unit = Array.from({ length: 30 }, () => random.normal());
    const values = unit.map((_, i) => (i % 3 === 0 ? 1 : 0));
    const labels = [
      binary(values, 'a'),
      binary(
        values.map((v) => 1 - v),
        'b',
      ),
    ];
    const { a, b } = selectivity(columns(unit), labels, labelPermutations(200, 30)).selectivity;
    expect(b.dprime[0]).toBeCloseTo(-(a.dprime[0] as number), 12);
    expect(b.auroc[0]).toBeCloseTo(1 - (a.auroc[0] as number), 12);
    expect(b.correlation[0]).toBeCloseTo(-(a.correlation[0] as number), 12);
    expect(b.p).toEqual(a.p);
  });

  it('names every value of a categorical label, each against the rest', () => {
    const label = classLabel('colour', ['red', 'blue', 'grey'], false, [0, 0, 1, 1, 2, 2]);
    const found = selectivity(columns([1, 1, 2, 2, 6, 9], [5, 6, 1, 2, 3, 3]), [label], none(6)).selectivity;
    expect(found.colour.classes).toEqual(['red', 'blue', 'grey']);
    expect(found.colour.auroc).toEqual([
      [0, 1],
      [0.5, 0],
      [1, 0.5],
    ]);
    // (7.5 − mean of 1 and 2) / (7.5 + 1.5)
    expect(found.colour.classSelectivity[0]).toBeCloseTo(6 / 9, 12);
    expect(found.colour.maximum.auroc.value).toBe(0.5);
  });

  it('gives labels that class all stimuli alike the same numbers, each under its own names', () => {
    const values = [0, 1, 1, 0, 1, 0, 0, 1];
    const units = columns([0, 2, 2, 4, 1, 1, 3, 5], [1, 1, 1, 1, 1, 1, 1, 1]);
    const other = classLabel('feature', ['low', 'high'], false, values);
    const found = selectivity(
      units,
      [binary(values), other, binary(values, 'copy')],
      labelPermutations(99, 8),
    );
    expect(found.selectivity.copy).toEqual(found.selectivity.task);
    expect(found.selectivity.copy).not.toBe(found.selectivity.task);
    // The same classes, but each compared with the rest.
    expect(found.selectivity.feature.classes).toEqual(['low', 'high']);
    expect(found.selectivity.feature.auroc[1]).toEqual(found.selectivity.task.auroc);
    const flat = selectivity(
      units,
      [binary(new Array<number>(8).fill(1)), binary(new Array<number>(8).fill(1), 'copy')],
      none(8),
    );
    expect(Object.keys(flat.undefinedValues)).toEqual(
      expect.arrayContaining(['selectivity.task', 'selectivity.copy']),
    );
    expect(flat.undefinedValues['selectivity.copy']).toContain('copy');
  });

  it('finds a strongly selective unit significant, and a random one as often as it should', () => {
    const random = stream('false alarms');
    const values = Array.from({ length: 60 }, (_, i) => i % 2);
    const selective = values.map((v) => v + 0.1 * random.normal());
    const noise = Array.from({ length: 200 }, () => values.map(() => random.normal()));
    const found = selectivity(columns(selective, ...noise), [binary(values)], labelPermutations(199, 60));
    const { p, maximum } = found.selectivity.task;
    expect(p.dprime[0]).toBe(1 / 200);
    expect(maximum.dprime.p).toBe(1 / 200);
    expect(maximum.auroc.value).toBeGreaterThan(maximum.auroc.threshold as number);
    const alarms = (p.auroc as number[]).slice(1).filter((each) => each <= 0.05).length;
    expect(alarms).toBeGreaterThan(1);
    expect(alarms).toBeLessThan(25);
  });

  it('gives p-values of the maximum that are uniform where there is nothing to find', () => {
    const random = stream('nothing');
    const values = Array.from({ length: 40 }, (_, i) => i % 2);
    const p = Array.from({ length: 60 }, () => {
      const noise = Array.from({ length: 12 }, () => values.map(() => random.normal()));
      const found = selectivity(columns(...noise), [binary(values)], labelPermutations(99, 40)).selectivity
        .task;
      return found.maximum.correlation.p as number;
    });
    // Mean of 60 uniform numbers: .5 ± .037 (one standard error).
    const mean = p.reduce((sum, each) => sum + each, 0) / p.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.12);
    expect(p.filter((each) => each <= 0.05).length).toBeLessThan(9);
  });

  it('counts permutations that give the very same statistic', () => {
    // 3 of 6 stimuli: of all 20 choices, the two extreme ones reach |AUROC − .5| = .5.
    const units = columns([1, 2, 3, 4, 5, 6]);
    const found = selectivity(units, [binary([0, 0, 0, 1, 1, 1])], labelPermutations(2000, 6)).selectivity
      .task;
    for (const p of [found.p.auroc[0], found.p.dprime[0], found.p.correlation[0]]) {
      expect(p).toBeGreaterThan(0.07);
      expect(p).toBeLessThan(0.13);
    }
  });

  it('does not depend on which other units and labels are asked for', () => {
    const random = stream('many');
    const units = Array.from({ length: 40 }, () =>
      Array.from({ length: 24 }, () => Math.abs(random.normal())),
    );
    const label = (name: string, odds: number) =>
      binary(
        Array.from({ length: 24 }, () => (random.uniform() < odds ? 1 : 0)),
        name,
      );
    const labels = [label('a', 0.5), label('b', 0.3), label('c', 0.8)];
    const permutations = labelPermutations(50, 24);
    const together = selectivity(columns(...units), labels, permutations).selectivity;
    const alone = selectivity(columns(units[37]), [labels[1]], permutations).selectivity;
    expect((together.b.p.dprime as number[])[37]).toBe((alone.b.p.dprime as number[])[0]);
    expect((together.b.dprime as number[])[37]).toBeCloseTo((alone.b.dprime as number[])[0], 12);
    expect(together.b.p.classSelectivity[37]).toBe(alone.b.p.classSelectivity[0]);
  });
});

describe('a perfect unit', () => {
  const twenty = Array.from({ length: 20 }, (_, i) => i % 2);
  const of = (unit: (value: number, i: number) => number, permutations = 99) =>
    selectivity(
      columns(
        twenty.map(unit),
        twenty.map((_, i) => Math.cos(i)),
      ),
      [binary(twenty)],
      labelPermutations(permutations, 20),
    );

  it('has an infinite d′, the largest of its layer, at the smallest p that there is', () => {
    const { selectivity: found, undefinedValues } = of((value) => value);
    const { dprime, p, maximum } = found.task;
    expect(dprime[0]).toBe('Infinity');
    expect(p.dprime[0]).toBe(1 / 100);
    expect(maximum.dprime).toMatchObject({
      value: 'Infinity',
      p: 1 / 100,
      threshold: expect.any(Number) as number,
    });
    expect(undefinedValues).toEqual({ 'selectivity.task.classSelectivity': expect.any(String) as string });
  });

  it('has the sign of its preference', () => {
    expect(of((value) => 1 - value).selectivity.task.dprime[0]).toBe('-Infinity');
  });

  it('is one whose spread is the rounding of 32-bit numbers, and no other', () => {
    const last = 2 ** -24;
    expect(of((value, i) => value - (i % 4 > 1 ? last : 0)).selectivity.task.dprime[0]).toBe('Infinity');
    expect(of((value, i) => value - (i % 4 > 1 ? 64 * last : 0)).selectivity.task.dprime[0]).toBeCloseTo(
      497_383,
      0,
    );
    // One place in the last of 100 is more than one of 1.
    expect(of((value, i) => 100 + value - (i % 4 > 1 ? 2 ** -17 : 0)).selectivity.task.dprime[0]).toBe(
      'Infinity',
    );
  });

  it('is none where all that differs is rounding', () => {
    const noise = [0, 1, 1, 0, 2, 1, 1, 2, 0, 1, 2, 2, 0, 0, 1, 2, 1, 1, 0, 2];
    const found = of((value, i) => 1 + (value + noise[i]) * 2 ** -23).selectivity.task.dprime[0];
    expect(Math.abs(Number(found))).toBeLessThan(3);
  });

  it('is no surprise where permuted labels make it perfect as often as not', () => {
    const { p, maximum } = selectivity(
      columns([0, 0, 1, 1]),
      [binary([0, 0, 1, 1])],
      labelPermutations(999, 4),
    ).selectivity.task;
    // A third of the ways to halve four stimuli.
    expect(p.dprime[0]).toBeCloseTo(1 / 3, 1);
    expect(maximum.dprime).toMatchObject({ value: 'Infinity', threshold: 'Infinity' });
  });

  it('leaves undefined what one stimulus has no variance for', () => {
    const found = selectivity(columns([0, 0, 0, 1]), [binary([0, 0, 0, 1])], labelPermutations(9, 4));
    expect(found.selectivity.task.dprime).toEqual([null]);
  });
});

describe('what is undefined', () => {
  it('is null for a constant unit, and does not disturb the others', () => {
    const values = [0, 1, 0, 1];
    const found = selectivity(
      columns([3, 3, 3, 3], [1, 2, 3, 5]),
      [binary(values)],
      labelPermutations(20, 4),
    );
    const { dprime, auroc, correlation, classSelectivity, p } = found.selectivity.task;
    for (const each of [
      dprime,
      auroc,
      correlation,
      classSelectivity,
      p.dprime,
      p.auroc,
      p.classSelectivity,
    ]) {
      expect(each[0]).toBeNull();
      expect(each[1]).not.toBeNull();
    }
    expect(found.undefinedValues.selectivity).toContain('1 of 2 units');
  });

  it('is null, with the reason, for a label with one value', () => {
    const found = selectivity(columns([1, 2, 3]), [binary([1, 1, 1])], labelPermutations(5, 3));
    expect(found.selectivity.task.auroc).toEqual([null]);
    expect(found.selectivity.task.maximum.dprime).toEqual({ value: null, p: null, threshold: null });
    expect(found.undefinedValues['selectivity.task']).toContain('same value');
  });

  it('is null for a value that does not occur, in its row only', () => {
    const label = classLabel('colour', ['red', 'blue', 'grey'], false, [0, 0, 1, 1]);
    const found = selectivity(columns([1, 2, 3, 5]), [label], labelPermutations(5, 4));
    expect(found.selectivity.colour.auroc).toEqual([[0], [1], [null]]);
    expect(found.undefinedValues['selectivity.colour.grey']).toContain('grey');
  });

  it('is null for d′ of one stimulus against the rest; AUROC and correlation stand', () => {
    const found = selectivity(columns([1, 2, 3, 5]), [binary([0, 0, 0, 1])], labelPermutations(9, 4));
    expect(found.selectivity.task.dprime).toEqual([null]);
    expect(found.selectivity.task.p.dprime).toEqual([null]);
    expect(found.selectivity.task.auroc).toEqual([1]);
    expect(found.undefinedValues['selectivity.task.dprime.yes']).toContain('no variance');
  });

  it('is null for the class-selectivity index of signed activations', () => {
    const found = selectivity(columns([1, 2, 3, 5], [1, -1, 2, 0]), [binary([0, 0, 1, 1])], none(4));
    expect(found.selectivity.task.classSelectivity).toEqual([null, null]);
    expect(found.undefinedValues['selectivity.task.classSelectivity']).toContain('signed');
  });

  it('refuses labels of another length', () => {
    expect(() => selectivity(columns([1, 2]), [binary([0, 1, 1])], none(2))).toThrow(RangeError);
  });
});

it('never gives a number that JSON cannot hold', () => {
  const value = fc.integer({ min: -2, max: 3 });
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value, fc.nat(2)), { minLength: 2, maxLength: 12 }), (rows) => {
      const label = classLabel(
        'x',
        ['a', 'b', 'c'],
        false,
        rows.map((row) => row[2]),
      );
      const units = columns(
        rows.map((row) => row[0]),
        rows.map((row) => Math.abs(row[1])),
      );
      const { x } = selectivity(units, [label], labelPermutations(20, rows.length)).selectivity;
      const numbers = [
        x.dprime,
        x.auroc,
        x.correlation,
        x.classSelectivity,
        Object.values(x.p),
        Object.values(x.maximum),
      ];
      const leaves = JSON.stringify(numbers, (_, leaf: unknown) =>
        typeof leaf === 'number' && !Number.isFinite(leaf) ? 'bad' : leaf,
      );
      expect(leaves).not.toContain('bad');
    }),
    { seed: 1, numRuns: 200 },
  );
});
