import type { Matrix } from '../../core/matrix';
import { dotProducts } from '../../numerics/products';
import { symmetricEigen } from '../../numerics/symmetric-eigen';
import {
  FEWEST,
  type Moments,
  type Part,
  productMoments,
  quantileAt,
  restProducts,
  shareAbove,
  type Spread,
  spreadOf,
  weightsOf,
} from './moments';
import type { Symmetric } from '../symmetric';
import { normalsOf } from './normals';
import { calibrate, type Calibrated, calibratedBy, ROUNDING } from './null';
import type { Similarity } from './similarity';

/** One site of a recording, or several of which the best counts. */
export interface PreparedSites<P = unknown> {
  readonly sides: readonly P[];
  /** Where the null is to follow from moments. */
  readonly spreads: Spreads | null;
}

interface Spreads {
  readonly each: readonly Spread[];
  readonly matrices: readonly Symmetric[];
  /** Roots of the products of the sites' rows, and of the rest: sites × sites. */
  readonly rows: Matrix<Float64Array>;
  readonly rest: Matrix<Float64Array>;
}

/** The best score of two sites, and which they are. */
export interface BestFound {
  readonly value: number;
  readonly at: readonly [number, number];
}

/** What an experiment asks of a null. */
type SiteNull = Pick<Calibrated, 'mean' | 'calibrated' | 'p'>;

/**
 * @param sides as the measure prepares them
 * @param withNull whether a null will be asked for
 */
export function prepareSites<P>(
  { product }: Pick<Similarity<P>, 'product'>,
  sides: readonly P[],
  withNull: boolean,
): PreparedSites<P> {
  if (!withNull || !product || product.matrix(sides[0]).size < FEWEST) return { sides, spreads: null };
  const found = sides.map((side) => spreadOf(product.matrix(side), product.cube?.(side)));
  const rows = found.map((one) => one.rows);
  return {
    sides,
    spreads: {
      each: found.map(({ spread }) => spread),
      matrices: found.map(({ matrix }) => matrix),
      rows: rootOf(dotProducts(rows, rows)),
      rest: rootOf(restProducts(found)),
    },
  };
}

/** Of all pairs of a site of each the best; of a measure with a direction the mean of both. */
export function compareSites<P>(measure: Similarity<P>, a: PreparedSites<P>, b: PreparedSites<P>): BestFound {
  const both = bothWays(measure);
  return bestOf(measure, a, b, (i, j) => both.compare(a.sides[i], b.sides[j]));
}

/** The same of some with others, as they are asked for: where the measure is a product, all of them are found at once. */
export function compareManySites<P>(
  measure: Similarity<P>,
  some: readonly PreparedSites<P>[],
  others: readonly PreparedSites<P>[],
): (one: number, other: number) => BestFound {
  const { product } = measure;
  const [rows, columns] = [some, others].map(laidOut);
  if (!product || !rows || !columns) return (one, other) => compareSites(measure, some[one], others[other]);
  const above = dotProducts(rows.aboves, columns.aboves);
  const diagonal = dotProducts(rows.diagonals, columns.diagonals);
  return (one, other) => {
    const [a, b] = [some[one], others[other]];
    return bestOf(measure, a, b, (i, j) => {
      const at = (rows.starts[one] + i) * above.cols + columns.starts[other] + j;
      return product.value(a.sides[i], b.sides[j], { above: above.data[at], diagonal: diagonal.data[at] });
    });
  };
}

/** The matrices of all sites one after the other, and where those of each recording begin; undefined where some have none. */
function laidOut(all: readonly PreparedSites[]) {
  const matrices: Symmetric[] = [];
  const starts: number[] = [];
  for (const { spreads } of all) {
    if (!spreads) return undefined;
    starts.push(matrices.length);
    matrices.push(...spreads.matrices);
  }
  return {
    starts,
    aboves: matrices.map(({ above }) => above),
    diagonals: matrices.map(({ diagonal }) => diagonal),
  };
}

function bestOf(
  { more }: Pick<Similarity, 'more'>,
  a: PreparedSites,
  b: PreparedSites,
  score: (i: number, j: number) => number,
): BestFound {
  let best: BestFound | undefined;
  for (let i = 0; i < a.sides.length; i++)
    for (let j = 0; j < b.sides.length; j++) {
      const value = score(i, j);
      const isBetter = best === undefined || (more === 'alike' ? value > best.value : value < best.value);
      if (isBetter) best = { value, at: [i, j] };
    }
  if (!best) throw new RangeError('There are no sites to compare.');
  return best;
}

/**
 * What the score of `compareSites` is worth. Where the measure is a product, of two sites from its exact moments, p from the Pearson type III distribution that has
 * them, as so many permutations would have it on average; of more sites from as many draws of normal variables that are correlated as their scores are under permutation,
 * each of them with its own moments. Of other measures the stimuli are permuted.
 *
 * @param n stimuli
 */
export function nullOfSites<P>(
  measure: Similarity<P>,
  a: PreparedSites<P>,
  b: PreparedSites<P>,
  score: number,
  { n, permutations }: { n: number; permutations: number },
): SiteNull {
  const { product } = measure;
  if (!product || !a.spreads || !b.spreads) {
    const pairs = a.sides.flatMap((first) => b.sides.map((second) => [first, second] as const));
    const { mean, calibrated, p } = calibrate(bothWays(measure), pairs, score, n, permutations);
    return { mean, calibrated, p };
  }
  const [first, second] = [a.spreads, b.spreads];
  const each = a.sides.flatMap((left, i) =>
    b.sides.map((right, j) => {
      const divisor = product.divisor(left, right);
      const { mean, deviation, skewness } = productMoments(first.each[i], second.each[j], product.part);
      return { mean: mean / divisor, deviation: deviation / divisor, skewness };
    }),
  );
  const { mean, p } =
    each.length === 1
      ? ofOne(each[0], score, permutations)
      : ofBest(measure.name, each, drawnTogether(first, second, n, product.part), score, permutations);
  return { mean, calibrated: calibratedBy(measure.best, score, mean), p };
}

function ofOne(
  { mean, deviation, skewness }: Moments,
  score: number,
  permutations: number,
): Pick<SiteNull, 'mean' | 'p'> {
  const share = deviation > 0 ? shareAbove((score - ROUNDING - mean) / deviation, skewness) : 1;
  return { mean, p: (1 + permutations * share) / (1 + permutations) };
}

/** Makes normal variables, one for each pair of sites, with variance 1 and the correlations of their scores. */
interface Draw {
  /** Independent normal numbers that it takes. */
  readonly needs: number;
  readonly from: (normals: Float64Array, into: Float64Array) => void;
}

/** @param each moments of the score of each pair of sites */
function ofBest(
  name: string,
  each: readonly Moments[],
  draw: Draw,
  score: number,
  permutations: number,
): Pick<SiteNull, 'mean' | 'p'> {
  const normals = normalsOf(name, { draws: permutations, needs: draw.needs });
  const drawn = new Float64Array(each.length);
  let [sum, asGood] = [0, 0];
  for (let k = 0; k < permutations; k++) {
    draw.from(normals(k), drawn);
    const best = each.reduce(
      (most, { mean, deviation, skewness }, at) =>
        Math.max(most, mean + deviation * quantileAt(drawn[at], skewness)),
      -Infinity,
    );
    sum += best;
    if (best >= score - ROUNDING) asGood++;
  }
  return { mean: sum / permutations, p: (1 + asGood) / (1 + permutations) };
}

function drawnTogether(a: Spreads, b: Spreads, n: number, part: Part): Draw {
  const weights = weightsOf(n, part);
  const parts = [
    { weight: weights.rows, left: a.rows, right: b.rows },
    { weight: weights.rest, left: a.rest, right: b.rest },
  ].filter(({ weight }) => weight > 0);
  const deviations = a.each.flatMap((one) =>
    b.each.map((other) => productMoments(one, other, part).deviation),
  );
  const size = a.each.length * b.each.length;
  return {
    needs: parts.length * size,
    from: (normals, into) => {
      into.fill(0);
      parts.forEach(({ weight, left, right }, at) =>
        addBetween(left, right, weight, normals.subarray(at * size, (at + 1) * size), into),
      );
      for (let at = 0; at < into.length; at++) into[at] /= deviations[at] > 0 ? deviations[at] : 1;
    },
  };
}

/** Adds weight · L·G·Rᵀ of a matrix G of normal numbers. */
function addBetween(
  left: Matrix<Float64Array>,
  right: Matrix<Float64Array>,
  weight: number,
  normals: Float64Array,
  into: Float64Array,
): void {
  const [rows, cols] = [left.rows, right.rows];
  const half = new Float64Array(cols);
  for (let k = 0; k < rows; k++) {
    half.fill(0);
    for (let m = 0; m < cols; m++) {
      const normal = weight * normals[k * cols + m];
      for (let j = 0; j < cols; j++) half[j] += normal * right.data[j * cols + m];
    }
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < cols; j++) into[i * cols + j] += left.data[i * rows + k] * half[j];
  }
}

/** The R with R·Rᵀ = the products of some vectors, all with all. */
function rootOf(products: Matrix<Float64Array>): Matrix<Float64Array> {
  const n = products.rows;
  const { values, vectors: found } = symmetricEigen(products);
  const data = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < n; k++) data[i * n + k] = Math.sqrt(Math.max(0, values[k])) * found.data[k * n + i];
  return { rows: n, cols: n, data };
}

/** Of a measure with a direction the mean of both. */
function bothWays<P>(measure: Similarity<P>): Similarity<P> {
  if (measure.directed !== true) return measure;
  const compare = (a: P, b: P, order?: Uint32Array): number =>
    (measure.compare(a, b, order) + measure.compare(b, a, order && inverse(order))) / 2;
  return {
    ...measure,
    compare,
    compareAll: (a, b, orders) => Float64Array.from(orders, (order) => compare(a, b, order)),
  };
}

function inverse(order: Uint32Array): Uint32Array {
  const found = new Uint32Array(order.length);
  for (const [k, at] of order.entries()) found[at] = k;
  return found;
}
