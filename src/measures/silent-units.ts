import type { SiteMeasure } from './measure';

const count: Pick<SiteMeasure, 'range' | 'of' | 'by' | 'when'> = {
  range: 'positive',
  of: 'site',
  by: [],
  when: 'glance',
};

export const constantUnits: SiteMeasure = {
  ...count,
  name: 'constantUnits',
  title: 'Constant units',
  formula: 'Number of units with the same value for every test stimulus.',
  meaning: 'Units that tell nothing about a stimulus; correlations with them are undefined.',
  misleads: 'Of the test set alone: such a unit may answer other stimuli.',
  source: 'by counting',
  measure: (site) => [{ value: site.constantUnits.length }],
};

export const deadUnits: SiteMeasure = {
  ...count,
  name: 'deadUnits',
  title: 'Dead units',
  formula: 'Number of constant units whose value is 0.',
  meaning: 'Rectified units that never fire.',
  misleads: 'Of the test set alone: such a unit may answer other stimuli.',
  source: 'by counting',
  measure: (site) => [{ value: site.deadUnits.length }],
};
