import { exp } from '../../core/elementary';
import type { Matrix } from '../../core/matrix';
import { NumericalError } from '../../numerics/numerical-error';
import { gram } from '../../numerics/products';
import { rank } from '../../numerics/ranks';
import { centre } from '../pca';
import { squareOf } from '../rdm/triangle';
import { rdm } from '../rdm/rdm';
import type { Similarity } from './similarity';
import { doublyCentred, productAbove, productOfDiagonals, type Square } from './square';

interface Side {
  /** The kernel of the stimuli, doubly centred. */
  readonly kernel: Square;
  readonly trace: number;
  /** HSIC with itself. */
  readonly self: number;
}

type Hsic = (a: Omit<Side, 'self'>, b: Omit<Side, 'self'>, order?: Uint32Array) => number;

/** ⟨K, L⟩ of centred kernels. */
const biased: Hsic = (a, b, order) =>
  2 * productAbove(a.kernel, b.kernel, order) + productOfDiagonals(a.kernel, b.kernel, order);

/**
 * n (n − 3) times the U-statistic of Song and others 2012, from centred kernels: what centring adds to rows and columns does not change it.
 */
const unbiased: Hsic = (a, b, order) => {
  const n = a.kernel.size;
  const diagonals = productOfDiagonals(a.kernel, b.kernel, order);
  const products = 2 * productAbove(a.kernel, b.kernel, order) + diagonals;
  return products - (n / (n - 2)) * diagonals + (a.trace * b.trace) / ((n - 1) * (n - 2));
};

const withHsic = (
  hsic: Hsic,
  kernelOf: (activations: Matrix<Float64Array>) => Square,
): Pick<Similarity<Side>, 'prepare' | 'compare' | 'best' | 'more'> => ({
  more: 'alike',
  best: 1,
  prepare(activations) {
    const kernel = kernelOf(activations);
    let trace = 0;
    for (let i = 0; i < kernel.size; i++) trace += kernel.data[i * kernel.size + i];
    const self = hsic({ kernel, trace }, { kernel, trace });
    if (!(self > kernel.size * Number.EPSILON * trace * trace))
      throw new NumericalError('No two stimuli are more alike in it than others are.');
    return { kernel, trace, self };
  },
  compare: (a, b, order) => hsic(a, b, order) / (Math.sqrt(a.self) * Math.sqrt(b.self)),
});

function linearKernel(activations: Matrix<Float64Array>): Square {
  const { rows, data } = gram(centre(activations).centred);
  return { size: rows, data };
}

/** exp(−d² / 2σ²), σ the median distance between two stimuli. */
function gaussianKernel(activations: Matrix<Float64Array>): Square {
  const { distances, size } = rdm(activations, 'euclidean');
  const sigma = medianOf(distances);
  if (!(sigma > 0))
    throw new NumericalError('Half of the stimuli or more are the same in it: the kernel has no width.');
  const square = squareOf(distances, size);
  const kernel = square.map((distance) => exp(-(distance * distance) / (2 * sigma * sigma)));
  return doublyCentred({ rows: size, cols: size, data: kernel });
}

function medianOf(values: Float64Array): number {
  const { order } = rank(values);
  const at = (place: number): number => values[order[place]];
  const middle = Math.floor((values.length - 1) / 2);
  return values.length % 2 === 1 ? at(middle) : (at(middle) + at(middle + 1)) / 2;
}

const rotations =
  'Rotation, reflection and permutation of units, one scale for all units, any shift of a unit.';

export const cka: Similarity<Side> = {
  ...withHsic(biased, linearKernel),
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

export const ckaDebiased: Similarity<Side> = {
  ...withHsic(unbiased, linearKernel),
  name: 'cka-debiased',
  title: 'Linear CKA, debiased',
  range: 'similarity',
  invariances: `${rotations} Not the scales of single units.`,
  formula:
    'HSIC(X, Y) / √(HSIC(X, X) HSIC(Y, Y)) with the unbiased estimator of HSIC: Gram matrices without their diagonals.',
  meaning: 'As linear CKA, and around 0 for unrelated recordings whatever the number of stimuli and units.',
  misleads:
    'Directions of much variance decide it nearly alone. It is corrected for few stimuli, not for few units of many.',
  source:
    'Song and others 2012, Journal of Machine Learning Research 13, 1393–1434; Murphy and others 2024, arXiv 2405.01012',
};

export const ckaRbf: Similarity<Side> = {
  ...withHsic(biased, gaussianKernel),
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
};
