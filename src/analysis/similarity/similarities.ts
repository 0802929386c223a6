import { cca, ccaSquared, pwcca, svcca } from './cca';
import { bures, rsaCentred } from './centred-rdms';
import { cka, ckaDebiased, ckaDebiasedUnits, ckaRbf } from './cka';
import { distanceCorrelation, rsa } from './distances';
import { knnOverlap } from './knn-overlap';
import { matchingOneToOne, matchingSemi, matchingSoft } from './matching';
import { predictivity } from './predictivity';
import { procrustes, procrustesNormalized } from './procrustes';
import { shapeBy } from './shape';
import type { Similarity } from './similarity';

/** Of `shape`, where none is given. */
const ALPHA = 0.5;

/** Every measure of two recordings of the same stimuli. */
export const similarities: readonly Similarity[] = [
  cka,
  ckaDebiased,
  ckaDebiasedUnits,
  ckaRbf,
  cca,
  ccaSquared,
  svcca,
  pwcca,
  procrustes,
  procrustesNormalized,
  bures,
  shapeBy(ALPHA),
  rsa,
  rsaCentred,
  predictivity,
  matchingSoft,
  matchingOneToOne,
  matchingSemi,
  knnOverlap,
  distanceCorrelation,
];
