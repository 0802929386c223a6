import { averageRanks } from '../../../numerics/ranks';
import { ofDefined, type Transform } from './transform';

export const rankTransform: Transform = {
  name: 'rank',
  title: 'Ranks',
  range: 'positive',
  formula: 'The rank of each distance among all of the RDM, from 1; tied ones have the mean of their ranks.',
  meaning: 'The order of the distances alone: what Spearman’s rho compares.',
  misleads: 'How much larger one distance is than another is lost; noise among near ones is as large as any.',
  source: 'rsatoolbox.rdm.transform.rank_transform',
  apply: (distances) => ofDefined(distances, averageRanks),
};
