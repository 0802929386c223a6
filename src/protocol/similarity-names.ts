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
  'shape',
  'rsa',
  'predictivity',
  'matching-soft',
  'matching-one-to-one',
  'matching-semi',
  'knn-overlap',
  'distance-correlation',
] as const;

export type SimilarityName = (typeof similarityNames)[number];

/** What a null says of a score: numbers of their own, beside that of the measure. */
export const nullParts = ['mean', 'calibrated', 'p'] as const;

export type NullPart = (typeof nullParts)[number];

/** What stands beside a measure, as the table names it. */
export function besideName(measure: string, part: NullPart): string {
  return `${measure}.${part === 'mean' ? 'null' : part}`;
}
