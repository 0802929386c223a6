import { hamming, jaccard } from './binary';
import { crossnobis } from './crossnobis';
import { mahalanobis } from './mahalanobis';
import type { Metric } from './metric';
import { correlation, cosine, euclidean, squaredEuclidean } from './plain';
import { poisson } from './poisson';

/** Every distance between patterns. */
export const metrics: readonly Metric[] = [
  squaredEuclidean,
  euclidean,
  correlation,
  cosine,
  mahalanobis,
  crossnobis,
  poisson,
  hamming,
  jaccard,
];
