import type { Transform } from './transform';

export const squareRoot: Transform = {
  name: 'square-root',
  title: 'Square root',
  range: 'positive',
  formula: '√d of each distance d; those below 0 (of cross-validated distances) are 0.',
  meaning: 'Euclidean distances of squared ones, Mahalanobis’ of crossnobis.',
  misleads: 'Cross-validated distances are unbiased; their roots are not, as what is below 0 is cut off.',
  source: 'rsatoolbox.rdm.transform.sqrt_transform',
  apply: (distances) => distances.map((one) => Math.sqrt(one < 0 ? 0 : one)),
};
