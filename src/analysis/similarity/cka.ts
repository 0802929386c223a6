import { exp } from '../../core/elementary';
import type { Matrix } from '../../core/matrix';
import { NumericalError } from '../../numerics/numerical-error';
import { gram } from '../../numerics/products';
import { centredUnits } from '../pairs/centred-units';
import { ckaOf, type CkaSide, type Hsic, linearCka, prepareCka } from '../pairs/linear-cka';
import { rdm } from '../rdm/rdm';
import {
  columnProducts,
  doublyCentred,
  fillWhole,
  permutedProducts,
  type Products,
  productsOf,
  type Symmetric,
} from '../symmetric';
import { cubeOf } from './moments';
import { ofProducts, whole } from './of-products';
import type { Similarity } from './similarity';

/** A recording whose Gram matrix of stimuli is made when it is needed: where they are permuted, or far fewer than units. */
class Linear {
  /** Once it is made. */
  made: Symmetric | null = null;

  constructor(readonly side: CkaSide) {}

  get matrix(): Symmetric {
    const { units } = this.side;
    return (this.made ??= columnProducts(units));
  }
}

/** The trace of the third power of the Gram matrix of stimuli, or of units, of the fewer of which there are. */
function cubeOfGram({ side: { units }, matrix }: Linear): number {
  const { size } = matrix;
  if (units.rows <= size) return cubeOf(gram(units));
  return cubeOf({ rows: size, cols: size, data: fillWhole(new Float64Array(size * size), matrix) });
}

function linear(
  hsic: Hsic,
): Pick<Similarity<Linear>, 'prepare' | 'compare' | 'compareAll' | 'product' | 'best' | 'more'> {
  const from = ({ side: a }: Linear, { side: b }: Linear, products: Products): number =>
    ckaOf(a, b, whole(products), products.diagonal);
  const compareAll = (a: Linear, b: Linear, orders: readonly Uint32Array[]): Float64Array =>
    Float64Array.from(permutedProducts(a.matrix, b.matrix, orders), (products) => from(a, b, products));
  return {
    more: 'alike',
    best: 1,
    prepare: (activations) => new Linear(prepareCka(centredUnits(activations), hsic)),
    compareAll,
    product: {
      part: hsic === 'biased' ? 'centred' : 'rest',
      matrix: ({ matrix }) => matrix,
      cube: cubeOfGram,
      divisor: ({ side: a }, { side: b }) => Math.sqrt(a.self) * Math.sqrt(b.self),
      value: from,
    },
    compare(a, b, order) {
      if (order) return compareAll(a, b, [order])[0];
      const [x, y] = [a.side.units, b.side.units];
      // Where both matrices are at hand, as when all of many are compared, their product is the least work.
      return (a !== b && a.made !== null && b.made !== null) || x.rows * y.rows > x.cols ** 2
        ? from(a, b, productsOf(a.matrix, b.matrix))
        : linearCka(a.side, b.side);
    },
  };
}

interface Side {
  /** The kernel of the stimuli, doubly centred. */
  readonly matrix: Symmetric;
  /** HSIC with itself. */
  readonly self: number;
}

function divisor(a: Side, b: Side): number {
  return Math.sqrt(a.self) * Math.sqrt(b.self);
}

function shareOf(a: Side, b: Side, products: Products): number {
  return whole(products) / divisor(a, b);
}

/** exp(−d² / 2σ²), σ the median distance between two stimuli. */
function gaussianKernel(activations: Matrix<Float64Array>): Symmetric {
  const { distances, size } = rdm(activations, 'euclidean');
  const sigma = medianOf(distances);
  if (!(sigma > 0))
    throw new NumericalError('Half of the stimuli or more are the same in it: the kernel has no width.');
  const above = distances.map((distance) => exp(-(distance * distance) / (2 * sigma * sigma)));
  return doublyCentred({ size, above, diagonal: new Float64Array(size).fill(1) });
}

function medianOf(values: Float64Array): number {
  const sorted = values.slice().sort();
  const middle = Math.floor((sorted.length - 1) / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle] + sorted[middle + 1]) / 2;
}

const rotations =
  'Rotation, reflection and permutation of units, one scale for all units, any shift of a unit.';

export const cka: Similarity<Linear> = {
  ...linear('biased'),
  name: 'cka',
  title: 'Linear CKA',
  range: 'share',
  invariances: `${rotations} Not the scales of single units.`,
  formula: '‖YᵀX‖² / (‖XᵀX‖ ‖YᵀY‖) (Frobenius norms), units centred.',
  meaning:
    'How far two recordings tell stimuli apart along the same directions, each direction by its variance; 1 where one is the other, rotated and scaled.',
  misleads:
    'Directions of much variance decide it nearly alone. It is biased upwards, more so with few stimuli and many units: look at its null.',
  source: 'Kornblith and others 2019, arXiv 1905.00414',
};

export const ckaDebiased: Similarity<Linear> = {
  ...linear('debiased'),
  name: 'cka-debiased',
  title: 'Linear CKA, debiased',
  range: 'similarity',
  invariances: `${rotations} Not the scales of single units.`,
  formula:
    'HSIC(X, Y) / √(HSIC(X, X) HSIC(Y, Y)) with the unbiased estimator of HSIC: Gram matrices without their diagonals.',
  meaning: 'As linear CKA, and around 0 for unrelated recordings whatever the number of stimuli and units.',
  misleads:
    'Directions of much variance decide it nearly alone. It is corrected for few stimuli, not for few units of many (`cka-debiased-units` is).',
  source:
    'Song and others 2012, Journal of Machine Learning Research 13, 1393–1434; Murphy and others 2024, arXiv 2405.01012',
};

export const ckaDebiasedUnits: Similarity<Linear> = {
  ...linear('debiasedUnits'),
  name: 'cka-debiased-units',
  title: 'Linear CKA, debiased for stimuli and units',
  range: 'unbounded',
  invariances:
    'Permutation of units, one scale for all units, any shift of a unit. No rotation: single units are the sample.',
  formula:
    'HSIC(X, Y) / √(HSIC′(X, X) HSIC′(Y, Y)), HSIC the unbiased estimator as of `cka-debiased`, HSIC′ the same over pairs of different units alone: (HSIC(X, X) − Σⱼ HSIC(xⱼ, xⱼ)) p / (p − 1) of the p units xⱼ that vary.',
  meaning:
    'Linear CKA of the populations that stimuli and units are samples of: where few of many units were recorded, the others estimate it too low.',
  misleads:
    'Of all units of a network it corrects what is no error. It can be above 1, so also of a recording with itself, and varies more than the others; where units have nothing in common with each other it is not defined. Directions of much variance decide it nearly alone.',
  source: 'Chun, Canatar, Chung & Lee 2025, arXiv 2502.15104',
};

export const ckaRbf: Similarity<Side> = {
  more: 'alike',
  best: 1,
  name: 'cka-rbf',
  title: 'CKA with a Gaussian kernel',
  range: 'share',
  invariances: rotations,
  formula:
    'HSIC(K, L) / √(HSIC(K, K) HSIC(L, L)), K = exp(−‖x − x′‖² / 2σ²) of patterns x, x′, σ the median Euclidean distance between two stimuli; biased.',
  meaning:
    'How far the same stimuli are near each other in two recordings: what is farther away than the median counts as equally far.',
  misleads: 'The width of the kernel decides how near is near. It is biased upwards as linear CKA is.',
  source: 'Kornblith and others 2019, arXiv 1905.00414',
  prepare(activations) {
    const matrix = gaussianKernel(activations);
    const self = whole(productsOf(matrix, matrix));
    const trace = matrix.diagonal.reduce((sum, value) => sum + value, 0);
    if (!(self > matrix.size * Number.EPSILON * trace * trace))
      throw new NumericalError('No two stimuli are more alike in it than others are.');
    return { matrix, self };
  },
  ...ofProducts(shareOf),
  product: { part: 'centred', matrix: ({ matrix }) => matrix, divisor, value: shareOf },
};
