import { type CkaSide, linearCka as cka, prepareCka } from '../analysis/pairs/linear-cka';
import type { PairMeasure } from './measure';

const shared: Pick<PairMeasure<CkaSide>, 'of' | 'by' | 'more' | 'itself' | 'invariances' | 'compare'> = {
  of: 'pair',
  by: [],
  more: 'alike',
  itself: 1,
  invariances:
    'Rotation, reflection and permutation of units, one scale for all units, any shift of a unit. Not the scales of single units.',
  compare: (a, b) => ({ value: cka(a, b) }),
};

export const linearCka: PairMeasure<CkaSide> = {
  ...shared,
  name: 'linearCka',
  title: 'Linear CKA',
  range: 'share',
  formula: '‖YᵀX‖² / (‖XᵀX‖ ‖YᵀY‖) (Frobenius norms) of the test activations X, Y, units centred.',
  meaning:
    'How far two layers tell stimuli apart along the same directions, each direction by its variance; 1 where one is the other, rotated and scaled.',
  misleads:
    'Directions of much variance decide it nearly alone, as easy features do. It is biased upwards, more so with few stimuli and many units: unrelated layers do not have 0.',
  source: 'Kornblith and others 2019, arXiv 1905.00414',
  prepare: ({ centred }) => prepareCka(centred, 'biased'),
};

export const linearCkaDebiased: PairMeasure<CkaSide> = {
  ...shared,
  name: 'linearCkaDebiased',
  title: 'Linear CKA, debiased',
  range: 'similarity',
  formula:
    'HSIC(X, Y) / √(HSIC(X, X) HSIC(Y, Y)), with the unbiased estimator of HSIC: Gram matrices of the test stimuli without their diagonals.',
  meaning: 'As linear CKA, and around 0 for unrelated layers whatever the number of stimuli and units.',
  misleads:
    'Directions of much variance decide it nearly alone, as easy features do. It can be below 0, which means no more than 0 does. It is corrected for few stimuli, not for few units.',
  source:
    'Song and others 2012, Journal of Machine Learning Research 13, 1393–1434; Murphy and others 2024, arXiv 2405.01012',
  prepare: ({ centred }) => prepareCka(centred, 'debiased'),
};
