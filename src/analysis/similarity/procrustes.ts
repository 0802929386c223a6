import { arccos } from '../../core/elementary';
import type { Matrix } from '../../core/matrix';
import { productNorm } from './product-norm';
import { centredUnits } from '../pairs/centred-units';
import type { Similarity } from './similarity';

/** Of the products of two recordings with centred units and Frobenius norm 1; 1 but for rounding is 1. */
function alikeness(a: Matrix<Float64Array>, b: Matrix<Float64Array>, order?: Uint32Array): number {
  const norm = productNorm(a, b, order);
  return norm >= 1 - 8 * (a.rows + b.rows) * Number.EPSILON ? 1 : norm;
}

const shared: Pick<
  Similarity<Matrix<Float64Array>>,
  'more' | 'best' | 'invariances' | 'source' | 'prepare'
> = {
  more: 'unlike',
  best: 0,
  invariances:
    'Rotation, reflection and permutation of units, one scale for all units, any shift of a unit. Not the scales of single units.',
  source: 'Williams and others 2021, arXiv 2110.14739',
  prepare: centredUnits,
};

export const procrustes: Similarity<Matrix<Float64Array>> = {
  ...shared,
  name: 'procrustes',
  title: 'Angular Procrustes distance',
  range: 'angle',
  formula:
    'arccos of the nuclear norm of XᵀY, X and Y with centred units and Frobenius norm 1; radians, 0 to π/2.',
  meaning:
    'The angle between two recordings once one is rotated onto the other as well as can be: 0 where they are the same but for rotation and scale.',
  misleads:
    'It grows with small differences in many directions, and is large between recordings of few stimuli and many units: look at its null.',
  compare: (a, b, order) => arccos(alikeness(a, b, order)),
};

export const procrustesNormalized: Similarity<Matrix<Float64Array>> = {
  ...shared,
  name: 'procrustes-normalized',
  title: 'Normalised Procrustes distance',
  range: 'positive',
  formula:
    '2 − 2 × the nuclear norm of XᵀY, X and Y with centred units and Frobenius norm 1: the squared distance after the best rotation, 0 to 2.',
  meaning:
    'How far two recordings are apart, squared, once both have one size and one is rotated onto the other as well as can be.',
  misleads:
    'As of the angle: it is large between recordings of few stimuli and many units. Look at its null.',
  source: 'Ding, Denain & Steinhardt 2021, arXiv 2108.01661',
  compare: (a, b, order) => 2 - 2 * alikeness(a, b, order),
};
