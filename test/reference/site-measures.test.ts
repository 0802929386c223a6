import { it } from 'vitest';
import { type Halves, splitHalfReliability } from '../../src/analysis/rsa/reliability';
import { twoNearestNeighbours } from '../../src/analysis/two-nearest-neighbours';
import type { RdmComparison, RdmMetric } from '../../src/protocol/rdm-words';
import { expectClose, matrix64 } from './support/matrices';
import fixture from './fixtures/site-measures.json';

it.each(fixture.dimensions)(
  'the dimension by two nearest neighbours agrees with scipy',
  ({ points, dimension, leftOut }) => {
    const found = twoNearestNeighbours(matrix64(points));
    expectClose([found.dimension, found.leftOut], [dimension, leftOut]);
  },
);

it.each(fixture.reliabilities)(
  'the reliability of an RDM agrees with scipy: $metric, $comparison',
  ({ patterns, splits, metric, comparison, reliability }) => {
    const { value } = splitHalfReliability(
      matrix64(patterns),
      splits as unknown as Halves[],
      metric as RdmMetric,
      comparison as RdmComparison,
    );
    expectClose([value], [reliability]);
  },
);
