import { grouped } from '../formats/fixed';
import { dimensionOf, type NeighbourDimension } from '../analysis/two-nearest-neighbours';
import type { SiteMeasure } from './measure';
import { MOST, nearestOf } from './nearest';
import type { SiteView } from './site-view';

const name = 'twoNearestNeighbours';

function found(site: SiteView): NeighbourDimension {
  return site.once(name, () => dimensionOf(nearestOf(site, name)));
}

/** The dimension, and what it is not of. */
export const twoNearestNeighbours: readonly SiteMeasure[] = [
  {
    name,
    title: 'Dimension by two nearest neighbours',
    range: 'positive',
    of: 'site',
    by: [],
    when: 'end',
    formula: `n / Σ ln(r₂ / r₁) over test stimuli (${grouped(MOST)} at most, drawn at random), of the Euclidean distances to the nearest and the second nearest other one. Without stimuli that lie on another one (r₁ = 0 but for rounding); none of fewer than 10, or where r₂ = r₁ everywhere.`,
    meaning:
      'About how many coordinates tell neighbouring stimuli apart, however curved the surface that they lie on.',
    misleads:
      'It is of the smallest scale: noise counts as dimensions, high dimensions are underestimated from few stimuli, and what takes few values does not lie evenly.',
    source: 'Facco and others 2017, Scientific Reports 7, 12140; by maximum likelihood',
    measure(site) {
      const { dimension, reason } = found(site);
      return [{ value: dimension, why: reason }];
    },
  },
  {
    name: `${name}.leftOut`,
    beside: name,
    title: 'Stimuli that lie on another one',
    range: 'positive',
    of: 'site',
    by: [],
    when: 'end',
    formula: 'Number of test stimuli whose distance to another one is 0 but for rounding.',
    meaning: 'What the dimension by two nearest neighbours is not of.',
    misleads: 'A layer that maps many stimuli to few points has a dimension of those that remain.',
    source: 'by counting',
    measure: (site) => [{ value: found(site).leftOut }],
  },
];
