import { NumericalError } from '../../../numerics/numerical-error';
import { meanOverFolds } from './crossed';
import type { Metric } from './metric';
import { whitened } from './whitened';

export const crossnobis: Metric = {
  name: 'crossnobis',
  title: 'Crossnobis distance',
  range: 'unbounded',
  formula:
    'The mean over folds of (x − y)ᵀ Σ⁻¹ (x′ − y′) / p: x, y the means of two conditions in the fold, x′, y′ those in all other folds; Σ the covariance of the noise.',
  meaning:
    'An unbiased estimate of the squared Mahalanobis distance: 0 on average where two conditions have the same pattern, so below 0 half of the time.',
  misleads:
    'Single numbers below 0 are noise, not nearness. It is unbiased only where folds are independent. Without noise given, Σ is the identity.',
  source: 'Walther and others 2016, NeuroImage 137, 188–200',
  takes: ['noise', 'folds'],
  needs: 'folds',
  rdm({ folds, noise }) {
    if (!folds) throw new NumericalError('There is no crossnobis distance without folds.');
    return meanOverFolds(folds, ({ test, train }) => [whitened(test, noise), whitened(train, noise)]);
  },
};
