import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LayerDetail, ReplicateDetail } from '../../../src/protocol/detail';
import { pack, unpack } from '../../../src/protocol/packed';
import {
  type ReportDetail,
  fromReportDetail,
  sixDigits,
  toReportDetail,
} from '../../../src/protocol/report-detail';
import type { Extended } from '../../../src/core/extended';
import type { SelectivityResults, Value } from '../../../src/protocol/results';
import { synthetic } from '../../webview/synthetic';

const [first] = synthetic().details;
if (first === undefined) throw new Error('There is no synthetic detail.');

/** The replicate with other statistics of units. */
const withStatistics = (selectivity: SelectivityResults): ReplicateDetail => ({
  ...first,
  layers: first.layers.slice(0, 1).map((layer) => ({ ...layer, selectivity: { label: selectivity } })),
});
const throughReport = (detail: ReplicateDetail): ReplicateDetail =>
  fromReportDetail(unpack(pack(toReportDetail(detail), sixDigits)) as ReportDetail);
const rounded = (value: Extended): Extended =>
  typeof value === 'number' ? Number(value.toPrecision(6)) : value;
const statistics = <T, U>(dprime: T, others: U) => ({
  dprime,
  auroc: others,
  correlation: others,
  classSelectivity: others,
});
const maximum = { value: 'Infinity' as const, p: 0.25, threshold: null };
const whole = (dprime: Extended[] | Extended[][], others: Value[], p: Value[], permutations: number) => ({
  ...statistics(dprime, others),
  p: statistics(p, p),
  maximum: statistics(maximum, maximum),
  permutations,
});

const finite = fc
  .double({ noNaN: true, min: -1e30, max: 1e30 })
  .filter((x) => x === 0 || Math.abs(x) > 1e-30);
const value = fc.option(finite.map((x) => x + 0));

describe('what a report holds of a replicate', () => {
  it('are statistics of units with exactly six significant digits', () => {
    const infinite = fc.constantFrom<Extended[]>('Infinity', '-Infinity');
    fc.assert(
      fc.property(fc.array(fc.oneof(value, infinite)), fc.array(value), (dprime, others) => {
        const [layer] = throughReport(withStatistics(whole(dprime, others, [], 0))).layers;
        const expected = whole(dprime.map(rounded), others.map(rounded) as Value[], [], 0);
        expect(layer?.selectivity['label']).toEqual(expected);
      }),
    );
  });

  it('keeps six digits where single precision would round twice', () => {
    const value = 9.549275000000002e-7;
    const [layer] = throughReport(withStatistics(whole([value], [], [], 0))).layers;
    expect(layer?.selectivity['label']?.dprime).toEqual([9.54928e-7]);
  });

  it('are p-values as they were computed', () => {
    const counts = fc.integer({ min: 0, max: 100_000 }).chain((permutations) =>
      fc.record({
        permutations: fc.constant(permutations),
        reached: fc.array(fc.option(fc.integer({ min: 0, max: permutations }))),
      }),
    );
    fc.assert(
      fc.property(counts, ({ permutations, reached }) => {
        const p = reached.map((count) => (count === null ? null : (1 + count) / (1 + permutations)));
        const statisticsOf = whole([], [], p, permutations);
        const [layer] = throughReport(withStatistics(statisticsOf)).layers;
        expect(layer?.selectivity['label']).toEqual(statisticsOf);
      }),
    );
  });

  it('are rows for the values of a label, and shares of untrained units', () => {
    const rows = [
      [1, null, 'Infinity' as const],
      [0.5, 0.25, -2],
    ];
    const shareOfUntrained = {
      ...statistics([null, 0.125], [0.5, 1]),
      maximum: statistics(0.1234567891, 0),
    };
    const selectivity = { ...whole(rows, [0.5], [1], 0), classes: ['red', 'blue'], shareOfUntrained };
    const [layer] = throughReport(withStatistics(selectivity)).layers;
    expect(layer?.selectivity['label']).toEqual(selectivity);
  });

  it('is everything else to six significant digits', () => {
    const detail = throughReport(first);
    const arraysOf = ({ layers }: ReplicateDetail): Float32Array[] =>
      layers.flatMap(({ pca, rdm, conditionMeans }) => [
        pca.scores,
        pca.loadings,
        rdm.single,
        rdm.conditions,
        conditionMeans,
      ]);
    expect(arraysOf(detail)).toEqual(arraysOf(first).map(sixDigits));
    const exact = ({ name, missing, units, deadUnits, constantUnits, pca, rdm }: LayerDetail) => [
      [name, missing, units, deadUnits, constantUnits, pca.correlation, pca.axes, rdm.stimuli],
    ];
    expect(detail.layers.map(exact)).toEqual(first.layers.map(exact));
  });
});

describe('numbers in single precision to six digits', () => {
  it('are within half a unit of the sixth digit, and stay where they are not finite', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, min: -(2 ** 126), max: 2 ** 126 }), (x) => {
        const [y = NaN] = sixDigits(Float32Array.of(x));
        if (Math.abs(x) > 2 ** -126) expect(Math.abs(y - x)).toBeLessThanOrEqual(5e-7 * Math.abs(x));
        expect(sixDigits(Float32Array.of(y))).toEqual(Float32Array.of(y));
      }),
    );
    const edges = Float32Array.of(0, -0, NaN, Infinity, -Infinity, 1, -1);
    expect(sixDigits(edges)).toEqual(edges);
  });

  it('leaves its argument as it was', () => {
    const numbers = Float32Array.of(Math.PI);
    sixDigits(numbers);
    expect(numbers[0]).toBe(Math.fround(Math.PI));
  });
});
