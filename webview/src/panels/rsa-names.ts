import type { RsaResults } from '../../../src/protocol/results';

export const metricNames = {
  squaredEuclidean: 'squared Euclidean distance',
  euclidean: 'Euclidean distance',
  correlation: 'correlation distance',
  cosine: 'cosine distance',
};
export const comparisonNames = { pearson: 'Pearson', spearman: 'Spearman', kendall: 'Kendall τ-a' };

/** @param whole with what the RDMs are over */
export function nameOf({ metric, comparison, over }: RsaResults, whole = true): string {
  return `${metricNames[metric]}, ${comparisonNames[comparison]}${whole ? `, over ${over}` : ''}`;
}
