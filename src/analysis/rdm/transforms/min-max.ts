import type { Transform } from './transform';

export const minMax: Transform = {
  name: 'min-max',
  title: 'From the least to the greatest distance',
  range: 'share',
  formula: '(d − least) / (greatest − least) of all distances d of the RDM.',
  meaning: 'RDMs of any unit on one scale: 0 the nearest pair, 1 the farthest.',
  misleads:
    'Both ends are single pairs: one outlier moves all others. 0 does not mean the same pattern. Not defined where all distances are equal.',
  source: 'rsatoolbox.rdm.transform.minmax_transform',
  apply(distances) {
    let [least, greatest] = [Infinity, -Infinity];
    for (const one of distances) {
      if (one < least) least = one;
      if (one > greatest) greatest = one;
    }
    // Equal ones are 0 / 0.
    return distances.map((one) => (one - least) / (greatest - least));
  },
};
