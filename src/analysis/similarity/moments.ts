import type { Matrix } from '../../core/matrix';
import { gammaShares } from '../../numerics/incomplete-gamma';
import { dotProduct, dotProducts, gram } from '../../numerics/products';
import { fillWhole, type Symmetric } from '../symmetric';

/** How a score is distributed under permutation of the stimuli of one of both recordings. */
export interface Moments {
  readonly mean: number;
  readonly deviation: number;
  readonly skewness: number;
}

/**
 * What of a matrix of stimuli × stimuli decides the moments of its product with another one whose stimuli are permuted. Above the diagonal it is a mean, a
 * share of each stimulus, and the rest A, whose rows sum to 0: permutations keep these three apart.
 */
export interface Spread {
  readonly size: number;
  readonly trace: number;
  /** The sum of all that is off the diagonal. */
  readonly off: number;
  /** Σ rᵢ² and Σ rᵢ³ of the rows' sums off the diagonal, centred. */
  readonly rows: { readonly squares: number; readonly cubes: number };
  /** Σ Aᵢⱼ², Σ Aᵢⱼ³ and tr A³. */
  readonly rest: { readonly squares: number; readonly cubes: number; readonly trace: number };
  /** rᵀ A r and Σ rᵢ (A²)ᵢᵢ. */
  readonly mixed: { readonly quadratic: number; readonly linear: number };
}

/** Stimuli that the third moment needs. */
export const FEWEST = 6;

/** What of a matrix decides moments, and those of several together. */
interface SpreadParts {
  readonly spread: Spread;
  readonly matrix: Symmetric;
  /** The rows' sums off the diagonal, centred. */
  readonly rows: Float64Array;
}

/** @param cube the trace of the matrix's third power, of one whose rows sum to 0, where that is known: it saves a product of stimuli³ */
export function spreadOf(matrix: Symmetric, cube?: number): SpreadParts {
  const { size: n, diagonal } = matrix;
  const { sums, squares, times } = alongRows(matrix, diagonal);
  const off = sumOf(sums);
  const rows = sums.map((sum) => sum - off / n);
  const rest = restOf({ matrix, rows, off });
  const trace =
    cube === undefined
      ? cubeOf(wholeRest({ matrix, rows, off }))
      : traceOfRest(diagonal, squares, times, cube);
  const spread = {
    ...{ size: n, trace: sumOf(diagonal), off },
    rows: { squares: dotProduct(rows, rows), cubes: rows.reduce((sum, value) => sum + value ** 3, 0) },
    rest: { squares: sumOf(rest.squares), cubes: rest.cubes, trace },
    mixed: { quadratic: dotProduct(rows, rest.times), linear: dotProduct(rows, rest.squares) },
  };
  return { spread, matrix, rows };
}

/** What is added up along each row of a symmetric matrix without its diagonal: entries, their squares, and their products with a vector's. */
function alongRows(
  { size: n, above }: Symmetric,
  vector: Float64Array,
): { sums: Float64Array; squares: Float64Array; times: Float64Array } {
  const [sums, squares, times] = [0, 1, 2].map(() => new Float64Array(n));
  for (let i = 0, at = 0; i < n; i++) {
    let [sum, square, product] = [0, 0, 0];
    for (let j = i + 1; j < n; j++, at++) {
      const value = above[at];
      sum += value;
      square += value * value;
      product += value * vector[j];
      sums[j] += value;
      squares[j] += value * value;
      times[j] += value * vector[i];
    }
    sums[i] += sum;
    squares[i] += square;
    times[i] += product;
  }
  return { sums, squares, times };
}

/** A matrix, its rows' sums off the diagonal, centred, and the sum of these: what its rest follows from. */
interface Parted {
  readonly matrix: Symmetric;
  readonly rows: Float64Array;
  readonly off: number;
}

/** Of the rest A: Σ Aᵢⱼ³, and along rows Σ Aᵢⱼ² and A·r. */
function restOf({ matrix: { size: n, above }, rows, off }: Parted): {
  cubes: number;
  squares: Float64Array;
  times: Float64Array;
} {
  const mean = off / (n * (n - 1));
  const shares = rows.map((row) => row / (n - 2));
  const [squares, times] = [0, 1].map(() => new Float64Array(n));
  let cubes = 0;
  for (let i = 0, at = 0; i < n; i++) {
    const own = mean + shares[i];
    let [square, product] = [0, 0];
    for (let j = i + 1; j < n; j++, at++) {
      const value = above[at] - own - shares[j];
      const squared = value * value;
      cubes += squared * value;
      square += squared;
      product += value * rows[j];
      squares[j] += squared;
      times[j] += value * rows[i];
    }
    squares[i] += square;
    times[i] += product;
  }
  return { cubes: 2 * cubes, squares, times };
}

/** The rest A, size × size. */
function wholeRest({ matrix, rows, off }: Parted): Matrix<Float64Array> {
  const { size: n } = matrix;
  const data = fillWhole(new Float64Array(n * n), matrix);
  const mean = off / (n * (n - 1));
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      data[i * n + j] = i === j ? 0 : data[i * n + j] - mean - (rows[i] + rows[j]) / (n - 2);
  return { rows: n, cols: n, data };
}

/** The trace of a symmetric matrix's third power. */
export function cubeOf(matrix: Matrix<Float64Array>): number {
  return dotProduct(gram(matrix).data, matrix.data);
}

/**
 * tr A³ of the rest A of a matrix K whose rows sum to 0. A = M + u·1ᵀ + 1·uᵀ with M = K − diag(d + 2u) and u = d / (n − 2) − tr K / (2 (n − 1) (n − 2)), d the
 * diagonal; as A·1 = 0, tr A³ = tr M³ − 2 δᵀMu − δᵀAu with δ = d + 2u.
 *
 * @param squares of each row of K without its diagonal, their sum
 * @param times the product of each such row with d
 * @param cube tr K³
 */
function traceOfRest(d: Float64Array, squares: Float64Array, times: Float64Array, cube: number): number {
  const n = d.length;
  const shift = sumOf(d) / (2 * (n - 1) * (n - 2));
  const u = d.map((own) => own / (n - 2) - shift);
  const delta = d.map((own, i) => own + 2 * u[i]);
  let [ofM, between] = [cube, 0];
  for (let i = 0; i < n; i++) {
    ofM += delta[i] * (3 * d[i] * delta[i] - 3 * (squares[i] + d[i] * d[i]) - delta[i] * delta[i]);
    // Along a row without its diagonal K sums to −d.
    const ofRow = times[i] / (n - 2) + shift * d[i] + d[i] * u[i];
    between += delta[i] * (ofRow - delta[i] * u[i]);
  }
  const ofA = between + dotProduct(delta, u) * sumOf(u) + sumOf(delta) * dotProduct(u, u);
  return ofM - 2 * between - ofA;
}

/** The products Σ Aᵢⱼ Bᵢⱼ of the rests of all with all: what products of the whole have beyond those of means and rows' sums. */
export function restProducts(all: readonly SpreadParts[]): Matrix<Float64Array> {
  const aboves = all.map(({ matrix }) => matrix.above);
  const { rows, cols, data } = dotProducts(aboves, aboves);
  const sums = dotProducts(
    all.map((one) => one.rows),
    all.map((one) => one.rows),
  ).data;
  const n = all[0].spread.size;
  const rest = data.map((above, at) => {
    const [a, b] = [all[Math.floor(at / cols)].spread, all[at % cols].spread];
    return 2 * above - (a.off * b.off) / (n * (n - 1)) - (2 * sums[at]) / (n - 2);
  });
  return { rows, cols, data: rest };
}

/** What of two matrices is multiplied: all of it, of matrices whose rows sum to 0; what is off the diagonal; the rest A alone. */
export type Part = 'centred' | 'off' | 'rest';

/**
 * Mean, standard deviation and skewness of Σᵢⱼ aᵢⱼ bᵢⱼ over all n! permutations of the stimuli of one. The rows' sums and the rest are irreducible under
 * permutations, of n − 1 and n (n − 3) / 2 dimensions: products of different ones have no mean, those of the same one that of their lengths by dimension. The third
 * moment is that of Kazi-Aoual and others 1995 (Computational Statistics & Data Analysis 20, 643–656), where it is given for rows that sum to 0.
 */
export function productMoments(a: Spread, b: Spread, part: Part): Moments {
  const n = a.size;
  const { rows, rest } = weightsOf(n, part);
  const means = { rest: 0, off: a.off * b.off, centred: a.off * b.off + (n - 1) * a.trace * b.trace };
  const variance = rows ** 2 * a.rows.squares * b.rows.squares + rest ** 2 * a.rest.squares * b.rest.squares;
  const scale = rows * Math.sqrt(n - 1);
  const third =
    (scale ** 3 * n * a.rows.cubes * b.rows.cubes) / ((n - 1) * (n - 2)) +
    3 * scale ** 2 * rest ** 2 * a.mixed.quadratic * b.mixed.quadratic +
    (12 * scale * (n - 2) * a.mixed.linear * b.mixed.linear) / ((n - 1) * (n - 3) * (n - 4)) +
    cubesOfRest(a.rest, b.rest, n);
  return {
    mean: means[part] / (n * (n - 1)),
    deviation: Math.sqrt(variance),
    skewness: variance > 0 ? third / variance ** 1.5 : 0,
  };
}

/** By what the products of the rows' sums, and those of the rest, are multiplied in the covariances of scores under permutation: the roots of that. */
export function weightsOf(n: number, part: Part): { rows: number; rest: number } {
  // Of rows that sum to 0 the diagonal is that of the sums off it, with the other sign.
  const scale = { rest: 0, off: 2 / (n - 2), centred: n / (n - 2) }[part];
  return { rows: scale / Math.sqrt(n - 1), rest: Math.sqrt(2 / (n * (n - 3))) };
}

function cubesOfRest(a: Spread['rest'], b: Spread['rest'], n: number): number {
  const cubes = 4 * (n ** 4 - 8 * n ** 3 + 19 * n ** 2 - 4 * n - 16) * a.cubes * b.cubes;
  const both = -8 * (3 * n ** 2 - 15 * n + 16) * (a.cubes * b.trace + a.trace * b.cubes);
  const traces = 8 * (n ** 3 - 9 * n ** 2 + 26 * n - 22) * a.trace * b.trace;
  return (cubes + both + traces) / (n * (n - 1) * (n - 2) * (n - 3) * (n - 4) * (n - 5));
}

/** Less is none: the distribution is normal but for less than what p is said to. */
const LEAST_SKEWNESS = 1e-3;

/** About the value of a Pearson type III distribution of mean 0 and variance 1 where a normal one has z (Wilson & Hilferty 1931). */
export function quantileAt(z: number, skewness: number): number {
  if (Math.abs(skewness) < LEAST_SKEWNESS) return z;
  const root = Math.max(0, 1 + (skewness * z) / 6 - (skewness * skewness) / 36);
  return (2 / skewness) * (root ** 3 - 1);
}

/** The share of a Pearson type III distribution (a shifted gamma) of mean 0 and variance 1 that is at least z. */
export function shareAbove(z: number, skewness: number): number {
  const size = Math.max(LEAST_SKEWNESS, Math.abs(skewness));
  const shape = 4 / size ** 2;
  const root = Math.sqrt(shape);
  return skewness < 0
    ? gammaShares(shape, shape - z * root).below
    : gammaShares(shape, shape + z * root).above;
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k];
  return sum;
}
