import type { Matrix } from '../../core/matrix';
import { choleskyFactor, solveLower } from '../../numerics/cholesky';
import { gram } from '../../numerics/products';
import type { Sample } from './sample';

/** What a comparison of RDMs is made of where it is the cosine of an angle between vectors. */
export interface Products {
  /** RDMs × RDMs: products a·b; the similarity is a·b / √(a·a b·b). */
  readonly gram: Matrix<Float64Array>;
  /** Of each RDM what it is divided by before RDMs are averaged: the root of its sum of squares. */
  readonly norms: Float64Array;
}

/** @param rdms distances of each RDM at all pairs that are defined in all of them */
export type Space = (rdms: readonly Float64Array[], sample: Sample) => Products;

/** Methods by which RDMs are vectors in a space: sums of model RDMs can be fitted to others in it. */
export const spaces: Readonly<Record<string, Space>> = {
  pearson: (rdms, sample) =>
    plain(
      rdms.map((rdm) => centredIn(rdm, sample)),
      sample,
    ),
  cosine: (rdms, sample) =>
    plain(
      rdms.map((rdm) => pickedIn(rdm, sample)),
      sample,
    ),
  'whitened-pearson': (rdms, sample) =>
    whitened(
      rdms.map((rdm) => centredIn(rdm, sample)),
      sample,
    ),
  'whitened-cosine': (rdms, sample) =>
    whitened(
      rdms.map((rdm) => pickedIn(rdm, sample)),
      sample,
    ),
};

function pickedIn(rdm: Float64Array, { places }: Sample): Float64Array {
  const values = new Float64Array(places.length);
  for (let k = 0; k < places.length; k++) values[k] = rdm[places[k]];
  return values;
}

/** Without the mean over the sample; zeros where all are equal. */
function centredIn(rdm: Float64Array, sample: Sample): Float64Array {
  return centre(pickedIn(rdm, sample), sample);
}

/** Takes off the mean over the sample, in place. */
export function centre(values: Float64Array, { weights, total }: Sample): Float64Array {
  const [first] = values;
  let [sum, constant] = [0, true];
  for (let k = 0; k < values.length; k++) {
    sum += weights[k] * values[k];
    constant &&= values[k] === first;
  }
  const mean = sum / total;
  for (let k = 0; k < values.length; k++) values[k] = constant ? 0 : values[k] - mean;
  return values;
}

/** @param vectors of each RDM what is compared, at the pairs of the sample */
function plain(vectors: readonly Float64Array[], { roots }: Sample): Products {
  const cols = roots.length;
  const data = new Float64Array(vectors.length * cols);
  for (const [at, vector] of vectors.entries())
    for (let k = 0; k < cols; k++) data[at * cols + k] = roots[k] * vector[k];
  const products = gram({ rows: vectors.length, cols, data });
  return { gram: products, norms: normsOf(products) };
}

/**
 * aᵀV⁻¹b where V is the covariance of distances under noise alone: 4 for a pair of stimuli with itself, 1 for pairs that share a stimulus (Diedrichsen
 * and others 2021). V⁻¹b is (b − sᵢ − sⱼ) / 2 at each pair, s the sums of V⁻¹b over the pairs of a stimulus: so the product is
 * (a·b − gᵃᵀA⁻¹gᵇ / 2) / 2, g the sums of the vectors over the pairs of each stimulus and A stimuli × stimuli.
 */
function whitened(vectors: readonly Float64Array[], sample: Sample): Products {
  const { gram: products, norms } = plain(vectors, sample);
  const { counts, rows, columns, weights, distinct } = sample;
  const place = new Uint32Array(counts.length);
  for (let i = 0, at = 0; i < counts.length; i++) if (counts[i] > 0) place[i] = at++;
  const a = new Float64Array(distinct * distinct);
  for (let i = 0; i < counts.length; i++) if (counts[i] > 0) a[place[i] * (distinct + 1)] = counts[i];
  for (let k = 0; k < weights.length; k++) {
    const [i, j, half] = [place[rows[k]], place[columns[k]], weights[k] / 2];
    a[i * (distinct + 1)] += half;
    a[j * (distinct + 1)] += half;
    a[i * distinct + j] = a[j * distinct + i] = half;
  }
  const sums = new Float64Array(vectors.length * distinct);
  for (const [at, vector] of vectors.entries())
    for (let k = 0; k < weights.length; k++) {
      const value = weights[k] * vector[k];
      sums[at * distinct + place[rows[k]]] += value;
      sums[at * distinct + place[columns[k]]] += value;
    }
  const factor = choleskyFactor({ rows: distinct, cols: distinct, data: a });
  const shared = gram(solveLower(factor, { rows: vectors.length, cols: distinct, data: sums }));
  const data = products.data.map((product, at) => (product - shared.data[at] / 2) / 2);
  return { gram: { ...products, data }, norms };
}

function normsOf({ rows, data }: Matrix<Float64Array>): Float64Array {
  return Float64Array.from({ length: rows }, (_, at) => Math.sqrt(data[at * (rows + 1)]));
}
