import type { Matrix } from '../../core/matrix';
import { NumericalError } from '../../numerics/numerical-error';
import { choleskyRoot } from '../../numerics/cholesky-root';
import { rdm } from '../rdm/rdm';
import { doublyCentred, fillWhole, type Products, productsOf, type Symmetric } from '../symmetric';
import { ofProducts, whole } from './of-products';
import { productNorm } from './product-norm';
import type { Similarity } from './similarity';

// Measures of RDMs of squared Euclidean distances whose rows and columns are centred: by algebra those of the patterns themselves.

const invariances =
  'Rotation, reflection and permutation of units, one scale for all units, any shift of a unit. Not the scales of single units.';
const unvaried = 'No unit varies over the stimuli.';

/** C D C of the squared distances D, C = I − 1/n. */
function centredRdm(activations: Matrix<Float64Array>): Symmetric {
  const { distances, size } = rdm(activations, 'squaredEuclidean');
  return doublyCentred({ size, above: distances, diagonal: new Float64Array(size) });
}

interface Side {
  readonly matrix: Symmetric;
  /** The product with itself. */
  readonly self: number;
}

function divisor(a: Side, b: Side): number {
  return Math.sqrt(a.self) * Math.sqrt(b.self);
}

function shareOf(a: Side, b: Side, products: Products): number {
  return Math.min(1, whole(products) / divisor(a, b));
}

export const rsaCentred: Similarity<Side> = {
  name: 'rsa-centred',
  title: 'RSA, doubly centred',
  range: 'share',
  more: 'alike',
  best: 1,
  invariances,
  formula:
    'Cosine of two RDMs of squared Euclidean distances, each without the means of its rows and columns (C D C, C = I − 1/n), over all n² places.',
  meaning:
    'What RSA says once no stimulus is farther from all others than another is: exactly linear CKA, as C D C is −2 times the Gram matrix of the centred units.',
  misleads:
    'Directions of much variance decide it nearly alone. It is biased upwards, more so with few stimuli and many units: look at its null.',
  source: 'Williams 2024, UniReps workshop; Kornblith and others 2019, arXiv 1905.00414',
  prepare(activations) {
    const matrix = centredRdm(activations);
    const self = whole(productsOf(matrix, matrix));
    if (!(self > 0)) throw new NumericalError(unvaried);
    return { matrix, self };
  },
  ...ofProducts(shareOf),
  product: { part: 'centred', matrix: ({ matrix }) => matrix, divisor, value: shareOf },
};

export const bures: Similarity<Matrix<Float64Array>> = {
  name: 'bures',
  title: 'Bures similarity',
  range: 'share',
  more: 'alike',
  best: 1,
  invariances,
  formula:
    'tr √(√G H √G) / √(tr G · tr H) of the Gram matrices G, H = −½ C D C of the RDMs D of squared Euclidean distances.',
  meaning:
    'The overlap of two recordings by what their distances say: exactly the cosine of the angular Procrustes distance.',
  misleads:
    'Directions of little variance count more than in CKA, noise with them: it is large between recordings of few stimuli and many units. Look at its null.',
  source: 'Harvey and others 2024, arXiv 2311.11436',
  /** Rank × stimuli: a root of the Gram matrix, divided by that of its trace; which one makes no difference to a nuclear norm. */
  prepare(activations) {
    const matrix = centredRdm(activations);
    const { size } = matrix;
    const gram = fillWhole(new Float64Array(size * size), matrix).map((value) => -value / 2);
    const trace = matrix.diagonal.reduce((sum, value) => sum - value / 2, 0);
    if (!(trace > 0)) throw new NumericalError(unvaried);
    const scale = 1 / Math.sqrt(trace);
    const root = choleskyRoot({ rows: size, cols: size, data: gram }, Math.min(size, activations.cols));
    return { ...root, data: root.data.map((one) => scale * one) };
  },
  compare(a, b, order) {
    const norm = productNorm(a, b, order);
    return norm >= 1 - 8 * (a.rows + b.rows) * Number.EPSILON ? 1 : norm;
  },
};
