import { type PreparedRdm, rdmComparer } from '../analysis/rsa/compare';
import { comparisonNames, metricNames, tauBound } from '../protocol/measure-names';
import type { PairMeasure } from './measure';
import type { RdmSetting } from './site-view';

/** RSA by any distance and comparison: a measure each. */
export function rsa(rdm: RdmSetting): PairMeasure<PreparedRdm> {
  const { metric, comparison, over } = rdm;
  const conditions = over === 'conditions';
  return {
    ...rdmComparer,
    name: `rsa(${metric}, ${comparison}${conditions ? ', conditions' : ''})`,
    title: `RSA by ${metricNames[metric]}, ${comparisonNames[comparison]}${conditions ? ', over conditions' : ''}`,
    range: 'similarity',
    of: 'pair',
    by: [],
    more: 'alike',
    ...(comparison === 'kendall' ? {} : { itself: 1 }),
    invariances: invariances[metric],
    formula: `${comparisonNames[comparison]} correlation of the upper triangles of two RDMs of ${conditions ? 'condition means' : 'test stimuli'} by ${metricNames[metric]}, over the pairs with a distance in both. Of a recording that is an RDM, that as it is.`,
    meaning: 'Whether stimuli that are far apart in one layer are far apart in the other.',
    misleads: `It follows what takes most variance: networks that compute the same can be less alike than networks that compute other things.${comparison === 'kendall' ? ` ${tauBound}` : ''}`,
    source: 'Kriegeskorte and others 2008, Frontiers in Systems Neuroscience 2, 4',
    rdm,
    prepare: (site) => site.rdmBy(rdm),
  };
}

const moved = 'Rotation, reflection and permutation of units, one scale for all units';
const invariances = {
  squaredEuclidean: `${moved}, any shift of a unit.`,
  euclidean: `${moved}, any shift of a unit.`,
  correlation:
    'Permutation of units, a scale of each stimulus’s pattern, a shift of it by the same amount in all units.',
  cosine: 'Rotation, reflection and permutation of units, a scale of each stimulus’s pattern. No shift.',
} as const;
