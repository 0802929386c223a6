import { participationRatio as ratio } from '../analysis/participation-ratio';
import type { SiteMeasure } from './measure';

export const participationRatio: SiteMeasure = {
  name: 'participationRatio',
  title: 'Participation ratio',
  range: 'dimensions',
  of: 'site',
  by: [],
  when: 'always',
  formula: '(Σλ)² / Σλ² over the eigenvalues of the covariance of the test activations.',
  meaning: 'About how many dimensions the variance fills.',
  misleads:
    'It counts directions by their variance: a dimension that is computed with little variance hardly counts.',
  source: 'Gao and others 2017, bioRxiv 214262',
  measure({ test }) {
    const value = ratio(test);
    return [{ value, why: 'No unit varies over the test stimuli.' }];
  },
};
