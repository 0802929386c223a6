import type { RdmMetric } from '../../../protocol/rdm-words';
import { rdm } from '../rdm';
import type { Metric } from './metric';

/** @param metric as experiments have it: those of `rdm` */
const plain = (metric: RdmMetric): Pick<Metric, 'takes' | 'rdm'> => ({
  takes: [],
  rdm: ({ means }) => rdm(means, metric),
});

export const squaredEuclidean: Metric = {
  ...plain('squaredEuclidean'),
  name: 'squared-euclidean',
  title: 'Squared Euclidean distance, divided by the number of units',
  range: 'positive',
  formula: '‖x − y‖² / p of two patterns x, y of p units.',
  meaning: 'How far two patterns are from each other, by the variance of the units: 0 where they are equal.',
  misleads:
    'Units and directions of much variance decide it. Noise in the patterns adds to it: it is never below 0, and grows with noise.',
  source:
    'Kriegeskorte and others 2008, Frontiers in Systems Neuroscience 2:4; divided by p as in rsatoolbox',
  rdm({ means }) {
    const found = rdm(means, 'squaredEuclidean');
    return { ...found, distances: found.distances.map((distance) => distance / means.cols) };
  },
};

export const euclidean: Metric = {
  ...plain('euclidean'),
  name: 'euclidean',
  title: 'Euclidean distance',
  range: 'positive',
  formula: '‖x − y‖ of two patterns x, y.',
  meaning:
    'How far two patterns are from each other, in the units’ own unit: 0 where they are equal. It grows with the number of units.',
  misleads: 'Units and directions of much variance decide it. Noise in the patterns adds to it.',
  source: 'as scipy.spatial.distance.pdist',
};

export const correlation: Metric = {
  ...plain('correlation'),
  name: 'correlation',
  title: 'Correlation distance',
  range: 'positive',
  formula: '1 − Pearson’s r of two patterns over units.',
  meaning: 'From 0 (the same pattern up to shift and scale) over 1 (unrelated) to 2 (opposite).',
  misleads:
    'Each pattern is centred over its own units: what all units share is lost, and units of a large mean decide it. Not defined for constant patterns.',
  source: 'Kriegeskorte and others 2008, Frontiers in Systems Neuroscience 2:4',
};

export const cosine: Metric = {
  ...plain('cosine'),
  name: 'cosine',
  title: 'Cosine distance',
  range: 'positive',
  formula: '1 − x·y / (‖x‖ ‖y‖) of two patterns x, y.',
  meaning:
    'From 0 (the same direction) over 1 (at right angles) to 2 (opposite), whatever the patterns’ lengths.',
  misleads:
    'It depends on where zero is: activations that are never negative are all alike by it. Not defined for patterns of zeros.',
  source: 'as scipy.spatial.distance.pdist',
};
