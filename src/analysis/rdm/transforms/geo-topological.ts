import { quantile } from '../../../numerics/quantile';
import { ofDefined, type Transform } from './transform';

export const geoTopological: Transform = {
  name: 'geo-topological',
  title: 'Geo-topological',
  range: 'share',
  formula:
    '0 up to the lower quantile l of the distances, 1 from the upper one u on, (d − l) / (u − l) between (quantiles interpolated linearly).',
  meaning:
    'Noise among near pairs and the geometry of far ones are set aside: what is left is who neighbours whom, and the distances between.',
  misleads:
    'The two bounds are a choice: show that the conclusion does not hang on them. With both at one quantile it is a graph of neighbours.',
  source: 'Lin & Kriegeskorte 2024, PNAS 121, e2317881121, arXiv 2309.11028',
  takes: 'bounds',
  apply: (distances, bounds) =>
    ofDefined(distances, (defined) => {
      if (defined.length === 0) return defined;
      const sorted = defined.slice().sort();
      const [low, high] = [quantile(sorted, bounds.low), quantile(sorted, bounds.high)];
      return defined.map((one) => (one <= low ? 0 : one >= high ? 1 : (one - low) / (high - low)));
    }),
};
