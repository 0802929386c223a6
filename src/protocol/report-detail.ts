import type { LayerDetail, ReplicateDetail } from './detail';
import type { Extended } from '../core/extended';
import type { SelectivityResults, Value } from './results';

/** Bits of a fraction in single precision that are left out: with the leading one, 21 are kept, as six decimal digits need (10⁶ < 2²⁰). */
const DROPPED = 3;

const statistics = ['dprime', 'auroc', 'correlation', 'classSelectivity'] as const;
/** By statistic, a row over units, or one for each value. */
type Rows<Row> = Record<(typeof statistics)[number], Row | Row[]>;
type Untrained = NonNullable<SelectivityResults['shareOfUntrained']>;

/** Lists of numbers as arrays: null is NaN; in the place of p is p × (1 + permutations), a count, and 0 for null. */
interface UnitColumns
  extends Omit<SelectivityResults, keyof Rows<unknown> | 'p' | 'shareOfUntrained'>, Rows<Float32Array> {
  p: Rows<Uint32Array>;
  shareOfUntrained?: Rows<Float32Array> & Pick<Untrained, 'maximum'>;
}

/** What a report holds of a replicate: `ReplicateDetail` with the statistics of its units as typed arrays. */
export interface ReportDetail extends Omit<ReplicateDetail, 'layers'> {
  layers: (Omit<LayerDetail, 'selectivity'> & { selectivity: Record<string, UnitColumns> })[];
}

/** @returns a detail for a report: statistics of units to six significant digits, p exactly, and its arrays as they are */
export function toReportDetail(detail: ReplicateDetail): ReportDetail {
  const columns = ({ p, shareOfUntrained, ...rest }: SelectivityResults): UnitColumns => ({
    ...rest,
    ...inRows<Extended[], Float32Array>(rest, column),
    p: inRows<Value[], Uint32Array>(p, (row) => counts(row, 1 + rest.permutations)),
    ...(shareOfUntrained && {
      shareOfUntrained: { ...shareOfUntrained, ...inRows<Value[], Float32Array>(shareOfUntrained, column) },
    }),
  });
  const layers = detail.layers.map((layer) => ({
    ...layer,
    selectivity: mapped(layer.selectivity, columns),
  }));
  return { ...detail, layers };
}

/** The opposite of `toReportDetail`, but for what it rounds. */
export function fromReportDetail(detail: ReportDetail): ReplicateDetail {
  const lists = ({ p, shareOfUntrained, ...rest }: UnitColumns) => ({
    ...rest,
    ...inRows(rest, list),
    p: inRows(p, (row) => shares(row, 1 + rest.permutations)),
    ...(shareOfUntrained && { shareOfUntrained: { ...shareOfUntrained, ...inRows(shareOfUntrained, list) } }),
  });
  const layers = detail.layers.map((layer) => ({
    ...layer,
    selectivity: mapped(layer.selectivity, lists) as Record<string, SelectivityResults>,
  }));
  return { ...detail, layers };
}

/** Numbers rounded to 21 significant bits: a relative error below 5·10⁻⁷. What is not finite stays. */
export function sixDigits(array: Float32Array): Float32Array {
  const rounded = Float32Array.from(array);
  const bits = new Uint32Array(rounded.buffer);
  for (let at = 0; at < bits.length; at++) {
    if (!Number.isFinite(array[at])) continue;
    // A carry out of the fraction raises the exponent, as it should.
    bits[at] = ((bits[at] ?? 0) + (1 << (DROPPED - 1))) & (-1 << DROPPED);
  }
  return rounded;
}

function inRows<A extends object, B>(rows: Rows<A>, change: (row: A) => B): Rows<B> {
  const both = (one: A | A[]): B | B[] => (isRows(one) ? one.map(change) : change(one));
  return Object.fromEntries(statistics.map((name) => [name, both(rows[name])])) as Rows<B>;
}

/** Lists of numbers begin with a number, or null. */
function isRows<A extends object>(one: A | A[]): one is A[] {
  return Array.isArray(one) && typeof one[0] === 'object' && one[0] !== null;
}

function column(row: readonly Extended[]): Float32Array {
  // Rounded to digits first: what is read is the result's own number with six of them.
  return Float32Array.from(row, (value) =>
    value === null ? NaN : toBits(Number(Number(value).toPrecision(6))),
  );
}

/** A number to 21 significant bits at once (Veltkamp's splitting): by way of single precision it would be rounded twice, and a digit could be lost. */
function toBits(value: number): number {
  if (!Number.isFinite(value)) return value;
  const split = value * (2 ** 32 + 1);
  return split - (split - value);
}

function list(row: Float32Array): Extended[] {
  return Array.from(row, (value) => {
    if (Number.isNaN(value)) return null;
    if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
    return Number(value.toPrecision(6));
  });
}

function counts(row: readonly Value[], all: number): Uint32Array {
  return Uint32Array.from(row, (p) => (p === null ? 0 : Math.round(p * all)));
}

function shares(row: Uint32Array, all: number): Value[] {
  return Array.from(row, (count) => (count === 0 ? null : count / all));
}

function mapped<A, B>(record: Record<string, A>, change: (item: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, item]) => [key, change(item)]));
}
