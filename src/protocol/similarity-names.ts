/** Measures of how alike two recordings of the same stimuli are. */
export const similarityNames = [
  'cka',
  'cka-debiased',
  'cka-debiased-units',
  'cka-rbf',
  'cca',
  'cca-squared',
  'svcca',
  'pwcca',
  'procrustes',
  'procrustes-normalized',
  'bures',
  'shape',
  'rsa',
  'rsa-centred',
  'predictivity',
  'matching-soft',
  'matching-one-to-one',
  'matching-semi',
  'knn-overlap',
  'distance-correlation',
] as const;

export type SimilarityName = (typeof similarityNames)[number];

/** What is done to units before they are compared: nothing beyond what the measure does, each to one variance, or all directions to one variance. */
export const unitScalings = ['raw', 'z-scored', 'whitened'] as const;

export type UnitScaling = (typeof unitScalings)[number];

/** What a null says of a score: numbers of their own, beside that of the measure. */
export const nullParts = ['mean', 'calibrated', 'p'] as const;

export type NullPart = (typeof nullParts)[number];

/** What stands beside a measure, as the table names it. */
export function besideName(measure: string, part: NullPart): string {
  return `${measure}.${part === 'mean' ? 'null' : part}`;
}
