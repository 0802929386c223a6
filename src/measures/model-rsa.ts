import { modelRsa as similarities } from '../analysis/rsa/model-rsa';
import { byLabel, type SiteMeasure } from './measure';

export const modelRsa: SiteMeasure = {
  name: 'modelRsa',
  title: 'RSA with the RDM of a label',
  range: 'similarity',
  of: 'site',
  by: ['label'],
  when: 'end',
  reads: ['rdm'],
  ofRdm: true,
  formula: 'Correlation of the upper triangle of the layer’s RDM with that of the label’s own RDM.',
  meaning: 'How far stimuli that differ in the label are also apart in the layer.',
  misleads:
    'It follows what takes most variance: a feature that is computed with little variance hardly shows.',
  source: 'Kriegeskorte and others 2008, Frontiers in Systems Neuroscience 2, 4',
  measure({ rdm, labels }) {
    const { modelRsa: values, undefinedValues } = similarities(rdm, labels.models);
    return byLabel(values, (label) => undefinedValues[`modelRsa.${label}`]);
  },
};

const pairs = {
  ...{ range: 'positive', of: 'site', by: [], when: 'end', beside: 'modelRsa' },
  reads: ['rdm'],
  ofRdm: true,
} as const satisfies Partial<SiteMeasure>;

/** Over how many pairs of stimuli the RDM of a layer is compared with those of labels, which have all. */
export const rdmPairs: readonly SiteMeasure[] = [
  {
    ...pairs,
    by: [],
    name: 'rdmPairsUsed',
    title: 'Pairs of stimuli with a distance',
    formula: 'Number of pairs of test stimuli (or conditions) with a defined distance in the layer’s RDM.',
    meaning:
      'What similarities with the RDMs of labels are over: a pattern without an active unit has no correlation and no cosine distance.',
    misleads: 'Layers are compared over other stimuli where they lack other distances.',
    source: 'by counting',
    measure: ({ rdm }) => [{ value: rdm.count }],
  },
  {
    ...pairs,
    by: [],
    name: 'rdmPairs',
    title: 'Pairs of stimuli',
    formula: 'Number of pairs of test stimuli (or conditions).',
    meaning: 'What similarities with the RDMs of labels would be over if every distance were defined.',
    misleads: 'Pairs share stimuli: they are no independent observations.',
    source: 'by counting',
    measure: ({ rdm }) => [{ value: rdm.pairs }],
  },
];
