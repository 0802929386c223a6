import type { Matrix } from '../core/matrix';
import { stream } from '../core/stream';
import { multiplyTransposed } from '../numerics/products';
import { quantile } from '../numerics/quantile';
import type { RdmComparison, RdmMetric } from '../protocol/rdm-words';
import { conditionMeans } from './rdm/condition-means';
import { rdm } from './rdm/rdm';
import { pairAt } from './rdm/triangle';
import { compareRdms, type PreparedRdm, prepareRdm } from './rsa/compare';
import { predictedByFolds } from './similarity/predictivity';
import { somePairs } from './some-rows';

/** Items that have stimuli on two sides. */
export interface PreparedCounterparts {
  readonly name: string;
  /** The site of each side; absent: both are of each site. */
  readonly at?: readonly [string, string];
  /** How many; 0 where there is a reason why there are none. */
  readonly items: number;
  /** Of each side, the item of each fit stimulus and then of each test stimulus; -1: of none. */
  readonly sides: readonly [Int32Array, Int32Array];
  /** Of each item: its group, among which it is compared. */
  readonly groups: Uint32Array;
  readonly why?: string;
}

/** Mean states of items, items × units, on both sides: of each the mean of its group is taken. */
type Sides = readonly [Matrix<Float64Array>, Matrix<Float64Array>];

const PERMUTATIONS = 1000;
const DRAWS = 1000;
/** Of nulls and bootstraps: the ends of 95 %. */
const ENDS = [0.025, 0.975] as const;

/**
 * @param states of fit stimuli and then of test stimuli × units
 * @param beside those of the other side, where it is read at another site
 */
export function sidesOf(
  { items, sides, groups }: PreparedCounterparts,
  states: Matrix,
  beside = states,
): Sides {
  const [one, other] = sides.map((of, side) => {
    const means = conditionMeans([states, beside][side], of, items, (row) => of[row] >= 0);
    const count = groups.reduce((most, group) => Math.max(most, group), 0) + 1;
    const centres = conditionMeans(means, groups, count);
    const data = means.data.map((value, at) => {
      const [item, unit] = [Math.floor(at / means.cols), at % means.cols];
      return value - centres.data[groups[item] * means.cols + unit];
    });
    // What is the same in all of a group is 0, but for rounding, and has no direction.
    const largest = means.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const least = largest * 16 * Number.EPSILON;
    return { ...means, data: data.map((value) => (Math.abs(value) <= least ? 0 : value)) };
  });
  return [one, other];
}

/** Cosines of all rows of one with all rows of the other; NaN where a row has no direction. */
export function cosines(one: Matrix<Float64Array>, other: Matrix<Float64Array>): Matrix<Float64Array> {
  return multiplyTransposed(ofLengthOne(one), ofLengthOne(other));
}

function ofLengthOne({ rows, cols, data }: Matrix<Float64Array>): Matrix<Float64Array> {
  const lengths = Float64Array.from({ length: rows }, (_, row) =>
    Math.sqrt(data.subarray(row * cols, (row + 1) * cols).reduce((sum, value) => sum + value * value, 0)),
  );
  return { rows, cols, data: data.map((value, at) => value / lengths[Math.floor(at / cols)]) };
}

/** The means of a square's diagonal and of the rest of it. */
export function ownAndOthers({ rows, data }: Matrix<Float64Array>): { own: number; others: number } {
  const all = data.reduce((sum, value) => sum + value, 0);
  const own = diagonal(data, rows);
  return { own: own / rows, others: (all - own) / (rows * (rows - 1)) };
}

function diagonal(square: Float64Array, n: number, order?: Uint32Array): number {
  let sum = 0;
  for (let row = 0; row < n; row++) sum += square[row * n + (order ? order[row] : row)];
  return sum;
}

/** (1 + shuffles in which the diagonal's mean is as large) / (1 + shuffles). @param orders as `shuffles` */
export function ownP({ rows, data }: Matrix<Float64Array>, orders: readonly Uint32Array[]): number {
  const own = diagonal(data, rows);
  const asLarge = orders.filter((order) => diagonal(data, rows, order) >= own - 1e-12 * rows);
  return (1 + asLarge.length) / (1 + orders.length);
}

/**
 * How often an item is told by its counterpart: the share of all pairs of an item with another for which its own is more alike than that of the other; of ties half.
 *
 * @param alike items × items: how alike each is, on the one side, with each on the other
 * @param meets whether an item may be confused with another; with all by default
 */
export function identified(
  { rows, data }: Matrix<Float64Array>,
  meets: (item: number, other: number) => boolean = () => true,
): number | null {
  let [right, pairs] = [0, 0];
  for (let item = 0; item < rows; item++)
    for (let other = 0; other < rows; other++) {
      if (other === item || !meets(item, other)) continue;
      const ahead = data[item * rows + item] - data[item * rows + other];
      right += ahead > 0 ? 1 : ahead === 0 ? 0.5 : 0;
      pairs++;
    }
  return pairs === 0 ? null : right / pairs;
}

/** The same where what is predicted of each item, by ridge regression over the items of the other folds, is held against the items of its fold. @throws NumericalError of few items */
export function identifiedByMap([one, other]: Sides): number | null {
  const { predicted, fold } = predictedByFolds(one, other);
  return identified(cosines(predicted, other), (a, b) => fold(a) === fold(b));
}

/** The similarity of the RDMs of both sides, and what it is of shuffled items. */
interface CounterpartRsa {
  readonly value: number | null;
  readonly why?: string | undefined;
  /** The middle 95 % of what it is where items are shuffled within their groups. */
  readonly null: readonly [number, number];
  /** (1 + shuffles in which it is as large) / (1 + shuffles). */
  readonly p: number;
  /** The middle 95 % over draws of the items with replacement; pairs of an item with itself are left out. */
  readonly drawn: () => readonly [number, number];
}

/** @param orders as `shuffles` */
export function counterpartRsa(
  [one, other]: Sides,
  orders: readonly Uint32Array[],
  metric: RdmMetric,
  comparison: RdmComparison,
): CounterpartRsa {
  const n = one.rows;
  const rdms = [one, other].map((side) => rdm(side, metric));
  const prepare = (distances: Float64Array, side: number): PreparedRdm =>
    prepareRdm(distances, comparison, true, rdms[side].rounding);
  const [first, second] = rdms.map(({ distances }, side) => prepare(Float64Array.from(distances), side));
  const { value, reason } = compareRdms(first, second);
  const none = [NaN, NaN] as const;
  if (value === null) return { value, why: reason, null: none, p: NaN, drawn: () => none };
  const [a, b] = [first, second].map(({ unit, defined }) => (defined ? null : unit));
  // What is centred, or ranked, stays so in any order.
  const shuffled =
    a && b
      ? productsOfOrders(a, b, n, orders)
      : orders.map(
          (order) => compareRdms(first, prepare(somePairs(rdms[1].distances, n, order), 1)).value ?? 0,
        );
  const ofItems = (items: Uint32Array): number => {
    if (a && b && comparison === 'pearson') return correlationOfDrawn(a, b, n, items);
    const [own, others] = rdms.map(({ distances }, side) => prepare(differing(distances, n, items), side));
    return compareRdms(own, others).value ?? NaN;
  };
  return {
    value,
    null: middle(shuffled),
    p: (1 + shuffled.filter((one) => one >= value - 1e-12).length) / (1 + orders.length),
    drawn: () => {
      const random = stream('counterparts', 'bootstrap', n);
      const draws = Array.from({ length: DRAWS }, () =>
        ofItems(Uint32Array.from({ length: n }, () => random.below(n)).sort()),
      );
      return middle(draws.filter((one) => !Number.isNaN(one)));
    },
  };
}

/** The products of a triangle with another in which items have changed places, by their orders. */
function productsOfOrders(
  a: Float64Array,
  b: Float64Array,
  n: number,
  orders: readonly Uint32Array[],
): number[] {
  const square = new Float64Array(n * n);
  for (let i = 0, at = 0; i < n; i++)
    for (let j = i + 1; j < n; j++) square[i * n + j] = square[j * n + i] = b[at++];
  return orders.map((order) => {
    let sum = 0;
    for (let i = 0, at = 0; i < n; i++) {
      const row = order[i] * n;
      for (let j = i + 1; j < n; j++) sum += a[at++] * square[row + order[j]];
    }
    return sum;
  });
}

/** Pearson's correlation of two triangles where items are drawn with replacement; NaN where it is undefined. */
function correlationOfDrawn(a: Float64Array, b: Float64Array, n: number, items: Uint32Array): number {
  const times = new Float64Array(n);
  for (const item of items) times[item]++;
  let [count, sumA, sumB, aa, bb, ab] = [0, 0, 0, 0, 0, 0];
  for (let i = 0, at = 0; i < n; i++)
    for (let j = i + 1; j < n; j++, at++) {
      const weight = times[i] * times[j];
      if (weight === 0) continue;
      const [x, y] = [a[at], b[at]];
      count += weight;
      sumA += weight * x;
      sumB += weight * y;
      aa += weight * x * x;
      bb += weight * y * y;
      ab += weight * x * y;
    }
  return (count * ab - sumA * sumB) / Math.sqrt((count * aa - sumA * sumA) * (count * bb - sumB * sumB));
}

/** The pairs of items that are drawn, without those of an item with itself. */
function differing(triangle: Float64Array, size: number, items: Uint32Array): Float64Array {
  const found: number[] = [];
  for (const [at, i] of items.entries())
    for (const j of items.subarray(at + 1)) if (i !== j) found.push(triangle[pairAt(size, i, j)]);
  return Float64Array.from(found);
}

function middle(values: readonly number[]): [number, number] {
  const sorted = Float64Array.from(values).sort();
  const [low, high] = ENDS.map((share) => quantile(sorted, share));
  return [low, high];
}

/** Orders of items in which each is in the place of one of its group, the same for all layers and replicates. */
export function shuffles(groups: Uint32Array): readonly Uint32Array[] {
  const made = known.get(groups) ?? shufflesOf(groups);
  known.set(groups, made);
  return made;
}

/** By the groups themselves, which all layers and checkpoints share. */
const known = new WeakMap<Uint32Array, readonly Uint32Array[]>();

function shufflesOf(groups: Uint32Array): Uint32Array[] {
  const random = stream('counterparts', 'shuffles', groups.length);
  const members = [...new Set(groups)].map((group) =>
    [...groups.keys()].filter((item) => groups[item] === group),
  );
  return Array.from({ length: PERMUTATIONS }, () => {
    const order = new Uint32Array(groups.length);
    for (const items of members)
      for (const [at, to] of random.permutation(items.length).entries()) order[items[at]] = items[to];
    return order;
  });
}
