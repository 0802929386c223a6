import { cca, ccaSquared, pwcca, svcca } from './cca';
import { cka, ckaDebiased, ckaRbf } from './cka';
import { distanceCorrelation, rsa } from './distances';
import { knnOverlap } from './knn-overlap';
import { procrustes, procrustesNormalized } from './procrustes';
import type { Similarity } from './similarity';

/** Every measure of two recordings of the same stimuli. */
export const similarities: readonly Similarity[] = [
  cka,
  ckaDebiased,
  ckaRbf,
  cca,
  ccaSquared,
  svcca,
  pwcca,
  procrustes,
  procrustesNormalized,
  rsa,
  knnOverlap,
  distanceCorrelation,
];
