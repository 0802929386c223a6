import type { Matrix } from '../../core/matrix';
import { gram, multiplyTransposed, transpose } from '../../numerics/products';
import { symmetricEigen } from '../../numerics/symmetric-eigen';
import { columnProducts } from '../symmetric';
import { type Directions, directionsOf } from './directions';
import { whole } from './of-products';
import { rowProducts } from './row-products';
import type { Similarity } from './similarity';

/** Products of both bases: its singular values are the canonical correlations. */
function products(a: Directions, b: Directions, order?: Uint32Array): Matrix<Float64Array> {
  return rowProducts(a.basis, b.basis, order);
}

/** Largest first, and the left singular vectors. */
function correlations(matrix: Matrix<Float64Array>): { values: Float64Array; left: Matrix<Float64Array> } {
  const count = Math.min(matrix.rows, matrix.cols);
  const { values, vectors } = symmetricEigen(gram(matrix), count);
  return { values: values.slice(0, count).map(rootOf), left: vectors };
}

/** Of a squared correlation, which rounding may have moved. */
function rootOf(value: number): number {
  return Math.sqrt(Math.min(1, Math.max(0, value)));
}

/** The mean of the correlations, whose vectors are not asked for. */
function meanCorrelation(matrix: Matrix<Float64Array>): number {
  const { values } = symmetricEigen(gram(matrix.rows <= matrix.cols ? matrix : transpose(matrix)), 0);
  return values.reduce((sum, value) => sum + rootOf(value), 0) / values.length;
}

const shared: Pick<Similarity<Directions>, 'range' | 'more' | 'best' | 'prepare'> = {
  range: 'share',
  more: 'alike',
  best: 1,
  prepare: (activations) => directionsOf(activations),
};
const linear = 'Any invertible linear change of the units, any shift of a unit.';
const many =
  'With more units than a tenth of the stimuli it is high for noise, and 1 with as many units as stimuli: look at its null.';

export const cca: Similarity<Directions> = {
  ...shared,
  name: 'cca',
  title: 'Mean canonical correlation',
  invariances: linear,
  formula:
    'Mean of the canonical correlations of X and Y, as many as the smaller rank; directions of less than 10⁻¹⁰ of the variance of the first count as none.',
  meaning:
    'How far the directions of two recordings are linear functions of each other, each direction the same however little variance it has.',
  misleads: many,
  source: 'Hotelling 1936; Raghu and others 2017, arXiv 1706.05806',
  compare: (a, b, order) => meanCorrelation(products(a, b, order)),
};

export const ccaSquared: Similarity<Directions> = {
  ...shared,
  name: 'cca-squared',
  title: 'Mean squared canonical correlation',
  invariances: linear,
  formula: 'Mean of the squares of the canonical correlations of X and Y, as many as the smaller rank.',
  meaning:
    'The share of the variance of the smaller recording’s directions, all scaled to one variance, that the other explains linearly.',
  misleads: many,
  source: 'Ramsay, ten Berge & Styan 1984; Kornblith and others 2019, arXiv 1905.00414',
  compare(a, b, order) {
    const { data, rows, cols } = products(a, b, order);
    return Math.min(1, data.reduce((sum, value) => sum + value * value, 0) / Math.min(rows, cols));
  },
  // The squares of the products of both bases sum to the product of the projections on both, of stimuli × stimuli.
  product: {
    part: 'centred',
    matrix: ({ basis }) => columnProducts(basis),
    // A projection is its own third power, and its trace its rank.
    cube: ({ basis }) => basis.rows,
    divisor: (a, b) => Math.min(a.basis.rows, b.basis.rows),
    value: (a, b, products) => Math.min(1, whole(products) / Math.min(a.basis.rows, b.basis.rows)),
  },
};

const loadings = new WeakMap<Directions, Matrix<Float64Array>>();

/** Units × directions: their products. */
function loadingsOf(side: Directions): Matrix<Float64Array> {
  const found = loadings.get(side) ?? multiplyTransposed(side.units, side.basis);
  loadings.set(side, found);
  return found;
}

/** Of the variance. */
const KEPT = 0.99;

export const svcca: Similarity<Directions> = {
  ...shared,
  name: 'svcca',
  title: 'SVCCA',
  invariances: 'Rotation, reflection and permutation of units, one scale for all units, any shift of a unit.',
  formula: `Mean canonical correlation of the principal components of X and of Y that explain ${100 * KEPT} % of the variance of each.`,
  meaning: 'As the mean canonical correlation, without directions of little variance.',
  misleads: many,
  source: 'Raghu and others 2017, arXiv 1706.05806',
  prepare: (activations) => directionsOf(activations, KEPT),
  compare: (a, b, order) => meanCorrelation(products(a, b, order)),
};

export const pwcca: Similarity<Directions> = {
  ...shared,
  name: 'pwcca',
  title: 'PWCCA',
  directed: true,
  invariances:
    'Permutation of the units of the first, one scale for all of them, any shift of a unit; any invertible linear change of the second.',
  formula:
    'Σ αₖ ρₖ / Σ αₖ of the canonical correlations ρₖ, αₖ = Σ |hₖ · xⱼ| over the units xⱼ of the first recording, hₖ its canonical variates.',
  meaning:
    'As the mean canonical correlation, each direction by how much of the first recording it accounts for.',
  misleads: `The other way round it is another number. ${many}`,
  source: 'Morcos, Raghu & Bengio 2018, arXiv 1806.05759',
  compare(a, b, order) {
    const { values, left } = correlations(products(a, b, order));
    // The products of canonical variates of the first with its units, in whatever order the second is.
    const shares = multiplyTransposed(left, loadingsOf(a));
    const weights = values.map((_, k) =>
      shares.data
        .subarray(k * shares.cols, (k + 1) * shares.cols)
        .reduce((sum, one) => sum + Math.abs(one), 0),
    );
    const all = weights.reduce((sum, weight) => sum + weight, 0);
    return values.reduce((sum, value, k) => sum + value * weights[k], 0) / all;
  },
};
