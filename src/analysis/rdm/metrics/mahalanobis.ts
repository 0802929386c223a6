import { rdm } from '../rdm';
import type { Metric } from './metric';
import { whitened } from './whitened';

export const mahalanobis: Metric = {
  name: 'mahalanobis',
  title: 'Squared Mahalanobis distance, divided by the number of units',
  range: 'positive',
  formula: '(x − y)ᵀ Σ⁻¹ (x − y) / p of two patterns x, y of p units, Σ the covariance of the noise.',
  meaning:
    'The squared Euclidean distance after the noise has been made equal in all directions: how well two patterns are told apart against it.',
  misleads:
    'Noise in the patterns adds to it. With fewer samples of noise than units, Σ has no inverse: it is shrunk, and the distance with it. Without noise given, Σ is the identity.',
  source: 'Walther and others 2016, NeuroImage 137, 188–200',
  takes: ['noise'],
  rdm({ means, noise }) {
    const found = rdm(whitened(means, noise), 'squaredEuclidean');
    return { ...found, distances: found.distances.map((distance) => distance / means.cols) };
  },
};
