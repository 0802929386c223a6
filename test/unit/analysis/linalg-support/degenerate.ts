import { gram, multiply, transpose } from '../../../../src/numerics/products';
import type { Matrix } from '../../../../src/core/matrix';
import { stream, type Stream } from '../../../../src/core/stream';

/** A symmetric matrix, and its eigenvalues where they are known by construction. */
export interface Case {
  readonly name: string;
  readonly matrix: Matrix<Float64Array>;
  /** Largest first; null where none are known. */
  readonly values: Float64Array | null;
}

/** A case that is made when it is asked for. */
type Made = [name: string, make: () => Omit<Case, 'name'>];

/**
 * Symmetric matrices on which eigensolvers stumble.
 *
 * @param n size of each
 * @param names those wanted
 */
export function degenerateMatrices(n: number, seed: number, names = /./): Case[] {
  const random = stream('degenerate matrices', n, seed);
  return [...bySpectrum(n, random), ...byStructure(n, random), ...ofLayers(n, random)]
    .filter(([name]) => names.test(name))
    .map(([name, make]) => ({ name, ...make() }));
}

/** Q Λ Qᵀ with the orthonormal cosines for Q. */
function bySpectrum(n: number, random: Stream): Made[] {
  const rank = 1 + random.below(n);
  const spectra: Record<string, (at: number) => number> = {
    'low rank': (at) => (at < rank ? 1 + random.uniform() : 0),
    'low rank, indefinite': (at) => (at < rank ? random.normal() : 0),
    'rank one': (at) => (at === 0 ? 3 : 0),
    'all equal': () => 2,
    'equal but for rounding': () => 1 + random.normal() * 1e-15,
    clusters: (at) => 1 + Math.floor((4 * at) / n) + random.normal() * 1e-14,
    'plus and minus one': (at) => (at % 2 === 0 ? 1 : -1),
    geometric: (at) => 2 ** -at,
    'rounding beside one large': (at) => (at === 0 ? 1 : random.normal() * 1e-17),
    'a huge range': (at) => 10 ** ((-150 * at) / n),
  };
  return Object.entries(spectra).map(([name, of]): Made => [
    name,
    () => {
      const q = cosines(n);
      const values = Float64Array.from({ length: n }, (_, at) => of(at));
      const scaled = { ...q, data: q.data.map((entry, k) => entry * values[Math.floor(k / n)]) };
      return { matrix: multiply(transpose(scaled), q), values: values.sort().reverse() };
    },
  ]);
}

function byStructure(n: number, random: Stream): Made[] {
  const places = random.permutation(n);
  const sizes = Float64Array.from({ length: n }, () => random.normal());
  const period = 1 + random.below(n);
  const members = (at: number): number => (at < period ? Math.ceil((n - at) / period) : 0);
  const one = (
    name: string,
    entry: (i: number, j: number) => number,
    value: ((at: number) => number) | null,
  ): Made => [
    name,
    () => ({
      matrix: {
        rows: n,
        cols: n,
        data: Float64Array.from({ length: n * n }, (_, k) => entry(Math.floor(k / n), k % n)),
      },
      values:
        value &&
        Float64Array.from({ length: n }, (_, at) => value(at))
          .sort()
          .reverse(),
    }),
  ];
  const beside = (i: number, j: number): boolean => Math.abs(i - j) === 1;
  return [
    one(
      'zero',
      () => 0,
      () => 0,
    ),
    one(
      'constant',
      () => 7,
      (at) => (at === 0 ? 7 * n : 0),
    ),
    one(
      'diagonal',
      (i, j) => (i === j ? sizes[i] : 0),
      (at) => sizes[at],
    ),
    one(
      'half of the rows zero',
      (i, j) => (i === j && places[i] % 2 === 0 ? sizes[i] : 0),
      (at) => (places[at] % 2 === 0 ? sizes[at] : 0),
    ),
    one('repeated rows', (i, j) => (places[i] % period === places[j] % period ? 1 : 0), members),
    one(
      'swapped in pairs',
      (i, j) => (places[i] === n - 1 - places[j] ? 1 : 0),
      (at) => (at < Math.ceil(n / 2) ? 1 : -1),
    ),
    one(
      'a chain (second differences)',
      (i, j) => (i === j ? 2 : beside(i, j) ? -1 : 0),
      (at) => chainValue(at, n),
    ),
    // Wilkinson's W: pairs of eigenvalues that agree to many digits.
    one('close pairs', (i, j) => (i === j ? Math.abs(i - (n - 1) / 2) : beside(i, j) ? 1 : 0), null),
    one(
      'a block far below the rounding of another',
      (i, j) => (i === 0 && j === 0 ? 1 : i > 0 && j > 0 ? 1e-161 : 0),
      (at) => (at === 0 ? 1 : 0),
    ),
  ];
}

/** Eigenvalues of second differences of n places, smallest first. */
function chainValue(at: number, n: number): number {
  return 2 - 2 * Math.cos(((at + 1) * Math.PI) / (n + 1));
}

/** Sums of products of units or stimuli, in the single precision of activations. */
function ofLayers(n: number, random: Stream): Made[] {
  const narrow = 1 + random.below(Math.min(n, 8));
  const kept = Uint8Array.from({ length: n }, () => (random.below(3) > 0 ? 0 : 1));
  const normal = (rows: number, cols: number): Matrix<Float64Array> => ({
    rows,
    cols,
    data: Float64Array.from({ length: rows * cols }, () => random.normal()),
  });
  const linear = (of: number): Matrix<Float64Array> => multiply(normal(n, of), normal(of, 2 * n));
  const one = (
    name: string,
    rows: () => Matrix<Float64Array>,
    activation: (value: number, row: number) => number = (value) => value,
  ): Made => [
    name,
    () => {
      const { rows: count, cols, data } = rows();
      const single = data.map((value, k) => Math.fround(activation(value, Math.floor(k / cols))));
      return { matrix: gram({ rows: count, cols, data: single }), values: null };
    },
  ];
  const repeated = (): Matrix<Float64Array> => {
    const rows = normal(n, n);
    for (let row = narrow; row < n; row++)
      rows.data.copyWithin(row * n, (row % narrow) * n, ((row % narrow) + 1) * n);
    return rows;
  };
  return [
    one('a linear layer of few inputs', () => linear(narrow)),
    one(
      'a rectified layer of few inputs',
      () => linear(narrow),
      (value) => Math.max(0, value),
    ),
    one(
      'a saturated layer',
      () => linear(narrow),
      (value) => Math.tanh(40 * value),
    ),
    one('one direction alone', () => linear(1)),
    one(
      'dead units',
      () => normal(n, n + 3),
      (value, unit) => value * kept[unit],
    ),
    one('repeated patterns', repeated),
  ];
}

/** Tridiagonal matrices whose eigenvalues (largest first) are known: d on the diagonal, e beside it. */
export function tridiagonals(
  n: number,
): { name: string; d: Float64Array; e: Float64Array; values: Float64Array }[] {
  const made = (
    name: string,
    d: (at: number) => number,
    e: (at: number) => number,
    value: (at: number) => number,
  ) => ({
    name,
    d: Float64Array.from({ length: n }, (_, at) => d(at)),
    e: Float64Array.from({ length: n }, (_, at) => (at < n - 1 ? e(at) : 0)),
    values: Float64Array.from({ length: n }, (_, at) => value(at))
      .sort()
      .reverse(),
  });
  const length = (at: number): number => (at < n - (n % 4) ? 4 : n % 4);
  return [
    made(
      'zero',
      () => 0,
      () => 0,
      () => 0,
    ),
    made(
      'identity',
      () => 1,
      () => 0,
      () => 1,
    ),
    made(
      'low rank',
      (at) => (at < 2 ? 1 : 0),
      (at) => (at === 0 ? 1 : 0),
      (at) => (n > 1 ? (at === 0 ? 2 : 0) : 1),
    ),
    made(
      'a chain',
      () => 2,
      () => -1,
      (at) => chainValue(at, n),
    ),
    made(
      'equal chains of four',
      () => 2,
      (at) => (at % 4 === 3 ? 0 : -1),
      (at) => chainValue(at % 4, length(at)),
    ),
    made(
      'chains that all but touch',
      () => 2,
      (at) => (at % 4 === 3 ? 1e-18 : -1),
      (at) => chainValue(at % 4, length(at)),
    ),
    made(
      'halves',
      (at) => 2 ** -at,
      () => 0,
      (at) => 2 ** -at,
    ),
  ];
}

/** Designs of q columns (rows here) of n stimuli; null: the rank is a matter of rounding. */
export function lowRank(
  q: number,
  n: number,
): { name: string; columns: Matrix<Float64Array>; rank: number | null }[] {
  const random = stream('low rank', q, n);
  const most = Math.min(q, n);
  const rank = 1 + random.below(most);
  const made = (name: string, data: Float64Array, of: number | null) => ({
    name,
    columns: { rows: q, cols: n, data },
    rank: of,
  });
  const spread = (size: (at: number) => number): Float64Array => {
    const v = cosines(q).data;
    const by = (k: number): number => (Math.floor(k / q) < most ? size(Math.floor(k / q)) : 0);
    const left = { rows: most, cols: q, data: v.slice(0, most * q).map((entry, k) => entry * by(k)) };
    return multiply(transpose(left), { rows: most, cols: n, data: cosines(n).data.slice(0, most * n) }).data;
  };
  const normal = Float64Array.from({ length: q * n }, () => random.normal());
  const repeated = normal.slice();
  for (let j = rank; j < q; j++) repeated.copyWithin(j * n, (j % rank) * n, ((j % rank) + 1) * n);
  const zeros = normal.map((value, k) => (Math.floor(k / n) % 2 === 0 ? value : 0));
  return [
    made('zero', new Float64Array(q * n), 0),
    made('constant', new Float64Array(q * n).fill(3), 1),
    made('full', normal, most),
    made('repeated columns', repeated, Math.min(rank, n)),
    made('half of the columns zero', zeros, Math.min(Math.ceil(q / 2), n)),
    made(
      'low rank',
      spread((at) => (at < rank ? 1 : 0)),
      rank,
    ),
    made(
      'rank one',
      spread((at) => (at === 0 ? 1 : 0)),
      1,
    ),
    made(
      'geometric',
      spread((at) => 4 ** -at),
      null,
    ),
  ];
}

/** The orthonormal cosine transform: row k is √(2/n) cos(π (i + ½) k / n), the first √(1/n). */
export function cosines(n: number): Matrix<Float64Array> {
  const data = new Float64Array(n * n);
  for (let k = 0; k < n; k++)
    for (let i = 0; i < n; i++)
      data[k * n + i] =
        Math.sqrt((k === 0 ? 1 : 2) / n) * Math.cos((Math.PI * (((2 * i + 1) * k) % (4 * n))) / (2 * n));
  return { rows: n, cols: n, data };
}
