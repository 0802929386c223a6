import { Workspace } from '../../numerics/kernels/workspace';
import type { LabelPermutations } from './label-permutations';
import type { Observed } from './observed';
import type { Partition } from './partition';
import { byStatistic, type Statistic, strength } from './statistic';
import type { UnitColumns } from './unit-columns';

/** One label and some units: what was observed, and what becomes of it under permuted labels. */
interface LabelTest {
  readonly partition: Partition;
  readonly observed: Observed;
  /** Receives how many permutations are at least as strong: compared classes × units. */
  readonly reached: Record<Statistic, Uint32Array>;
  /** Strongest statistic so far of each permutation, over units and compared classes; raised. */
  readonly maxima: Record<Statistic, Float64Array>;
}

/** Orders that are summed and tested at once: their sums stay in the second-level cache. */
const ORDERS = 128;

/** Bytes of a number, of a pair of lanes, and of a class in the table of `testIndex`. */
const NUMBER = 8;
const LANES = 16;
const CLASS = 24;

/**
 * Counts, for every unit and label, the permutations whose statistic is at least the observed one (equal ones included), and finds the
 * maxima over units.
 *
 * @param columns the units
 * @param tests labels with at least two classes that occur
 */
export function testPermutations(
  columns: UnitColumns,
  tests: readonly LabelTest[],
  permutations: LabelPermutations,
): void {
  if (tests.length === 0 || permutations.count === 0) return;
  const run = new Run(columns, tests, permutations.length);
  try {
    let first = 0;
    for (const block of permutations.blocks()) {
      const { length } = permutations;
      for (let at = 0; at < block.length; at += ORDERS * length) {
        const orders = block.subarray(at, at + ORDERS * length);
        run.add(first, orders);
        first += orders.length / length;
      }
    }
    run.store();
  } finally {
    run.release();
  }
}

/** Where the tests of one label are in memory; assembly/permutations.ts says how. */
interface Place {
  readonly test: LabelTest;
  /** Per compared class that occurs: its row, and its entry among `classes`. */
  readonly rows: readonly { row: number; entry: number; address: number }[];
  /** Classes that occur. */
  readonly classes: readonly Stretch[];
  readonly index: number;
  readonly table: number;
  readonly maxima: number;
  readonly indexMaxima: number;
}

/** Sums over a class: those up to its end without those up to its beginning; row strides in bytes. */
interface Stretch {
  readonly above: number;
  readonly aboveStride: number;
  readonly below: number;
  readonly belowStride: number;
  readonly count: number;
}

class Run {
  readonly #workspace = Workspace.take();
  readonly #units: number;
  /** Numbers of stimuli after which a class of some label ends, ascending, and where the sums up to each are. */
  readonly #ends: readonly number[];
  readonly #sums: readonly number[];
  readonly #columns: number;
  readonly #orders: number;
  readonly #totals: number;
  readonly #places: readonly Place[];

  constructor(
    readonly columns: UnitColumns,
    tests: readonly LabelTest[],
    readonly length: number,
  ) {
    const workspace = this.#workspace;
    const units = Math.ceil(columns.units.length / 8) * 8;
    this.#units = units;
    const row = 3 * units * NUMBER;
    this.#ends = [...new Set(tests.flatMap(({ partition }) => partition.ends))].sort((a, b) => a - b);
    this.#columns = workspace.reserve(row * length);
    this.#orders = workspace.reserve(ORDERS * length * 4);
    this.#totals = workspace.reserve(row);
    const zeros = workspace.reserve(row);
    this.#sums = this.#ends.map(() => workspace.reserve(ORDERS * row));
    this.#places = tests.map((test) => {
      const { order, ends, compared, label } = test.partition;
      const sumsAt = (end: number): number => this.#sums[this.#ends.indexOf(end)];
      return {
        test,
        rows: compared.flatMap((c, at) =>
          order.includes(c)
            ? [{ row: at, entry: order.indexOf(c), address: workspace.reserve(8 * units * NUMBER) }]
            : [],
        ),
        classes: order.map((c, j) => ({
          above: j < ends.length ? sumsAt(ends[j]) : this.#totals,
          aboveStride: j < ends.length ? row : 0,
          below: j > 0 ? sumsAt(ends[j - 1]) : zeros,
          belowStride: j > 0 ? row : 0,
          count: label.counts[c],
        })),
        index: workspace.reserve(3 * units * NUMBER),
        table: workspace.reserve(order.length * CLASS),
        maxima: workspace.reserve(ORDERS * 3 * LANES),
        indexMaxima: workspace.reserve(ORDERS * LANES),
      };
    });
    workspace.commit();
    this.#loadColumns();
    for (const place of this.#places) this.#loadTests(place);
  }

  /** Takes in some orders, of which `first` is the number of the first. */
  add(first: number, orders: Uint32Array): void {
    const { kernels, integers, doubles } = this.#workspace;
    const count = orders.length / this.length;
    integers.set(orders, this.#orders / 4);
    this.#ends.forEach((end, p) => {
      const start = p > 0 ? this.#ends[p - 1] : 0;
      kernels.addStretch(
        this.#columns,
        this.length,
        (3 * this.#units) / 8,
        this.#orders + start * 4,
        count,
        end - start,
        p > 0 ? this.#sums[p - 1] : 0,
        this.#sums[p],
      );
    });
    for (const { test, rows, classes, index, table, maxima, indexMaxima } of this.#places) {
      doubles.fill(0, maxima / NUMBER, (maxima + ORDERS * 3 * LANES) / NUMBER);
      for (const { entry, address } of rows) {
        const { above, aboveStride, below, belowStride, count: inside } = classes[entry];
        kernels.testClass(
          above,
          aboveStride,
          below,
          belowStride,
          this.#units,
          count,
          this.#totals,
          address,
          maxima,
          inside,
          this.length - inside,
        );
      }
      (['dprime', 'auroc', 'correlation'] as const).forEach((statistic, s) =>
        raise(test.maxima[statistic], first, count, doubles, maxima / NUMBER + 2 * s, 6),
      );
      if (test.observed.classSelectivity.every(Number.isNaN)) continue;
      doubles.fill(0, indexMaxima / NUMBER, (indexMaxima + ORDERS * LANES) / NUMBER);
      classes.forEach(({ above, aboveStride, below, belowStride, count: inside }, j) => {
        const at = table + j * CLASS;
        integers.set([above, below, aboveStride, belowStride], at / 4);
        doubles[at / NUMBER + 2] = inside;
      });
      kernels.testIndex(table, classes.length, this.#units, count, index, indexMaxima);
      raise(test.maxima.classSelectivity, first, count, doubles, indexMaxima / NUMBER, 2);
    }
  }

  /** Writes how often each statistic was reached. */
  store(): void {
    const { doubles } = this.#workspace;
    const count = this.columns.units.length;
    for (const { test, rows, index } of this.#places) {
      const read = (into: Uint32Array, row: number, address: number): void =>
        into.set(doubles.subarray(address / NUMBER, address / NUMBER + count), row * count);
      for (const { row, address } of rows)
        (['dprime', 'auroc', 'correlation'] as const).forEach((statistic, s) => {
          read(test.reached[statistic], row, address + (4 + s) * this.#units * NUMBER);
        });
      read(test.reached.classSelectivity, 0, index + 2 * this.#units * NUMBER);
    }
  }

  release(): void {
    this.#workspace.release();
  }

  /** Into octets of columns, padded in each of the three parts. */
  #loadColumns(): void {
    const { doubles } = this.#workspace;
    const { data, totals } = this.columns;
    const count = this.columns.units.length;
    for (let part = 0; part < 3; part++) {
      for (let u = 0; u < count; u++) {
        const column = part * this.#units + u;
        const from = part * count + u;
        doubles[this.#totals / NUMBER + column] = totals[from];
        let to = this.#columns / NUMBER + (column >> 3) * this.length * 8 + (column & 7);
        for (let at = from * this.length, end = at + this.length; at < end; at++, to += 8)
          doubles[to] = data[at];
      }
    }
  }

  #loadTests({ test, rows, classes, index }: Place): void {
    const { doubles } = this.#workspace;
    const { totals, means, rounding } = this.columns;
    const count = means.length;
    const units = this.#units;
    const n = this.length;
    // Equal statistics may differ in their last digits, as their sums were taken in different orders.
    const bars = (statistic: Statistic, row: number, address: number): void => {
      const at = address / NUMBER;
      doubles.fill(NaN, at, at + units);
      const values = test.observed[statistic];
      for (let u = 0; u < count; u++)
        doubles[at + u] = strength(statistic, values[row * count + u]) * (1 - 1e-12) - 1e-12;
    };
    for (const { row, entry, address } of rows) {
      const inside = classes[entry].count;
      for (let u = 0; u < count; u++)
        doubles[address / NUMBER + u] = 1 / Math.sqrt((totals[count + u] * inside * (n - inside)) / n);
      (['dprime', 'auroc', 'correlation'] as const).forEach((statistic, s) => {
        bars(statistic, row, address + (1 + s) * units * NUMBER);
      });
      doubles.set(rounding, address / NUMBER + 7 * units);
    }
    doubles.set(means, index / NUMBER);
    bars('classSelectivity', 0, index + units * NUMBER);
  }
}

/** Raises maxima by the two lanes of each order, which are `stride` numbers apart. */
function raise(
  maxima: Float64Array,
  first: number,
  count: number,
  lanes: Float64Array,
  at: number,
  stride: number,
): void {
  for (let k = 0; k < count; k++, at += stride)
    maxima[first + k] = Math.max(maxima[first + k], lanes[at], lanes[at + 1]);
}

/** Room for what permutations reach: as many numbers as were observed. */
export function emptyReached(observed: Observed): Record<Statistic, Uint32Array> {
  return byStatistic((statistic) => new Uint32Array(observed[statistic].length));
}
