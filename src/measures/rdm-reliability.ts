import { randomHalves, splitHalfReliability } from '../analysis/rsa/reliability';
import { someRows } from '../analysis/some-rows';
import type { SiteMeasure } from './measure';
import { patternsOf } from './site-view';

const SPLITS = 10;

/** Stimuli (or conditions) of an RDM: twenty are made of each layer. */
const MOST = 128;

export const rdmReliability: SiteMeasure = {
  name: 'rdmReliability',
  title: 'Reliability of the RDM over units',
  range: 'similarity',
  of: 'site',
  by: [],
  when: 'end',
  reads: ['rdm'],
  formula: `2r / (1 + |r|) (Spearman–Brown), where r compares the RDMs of two random halves of the units by the experiment’s metric and comparison; mean over ${SPLITS} splits. Of ${MOST} test stimuli (or conditions) at most, drawn at random; none with fewer than four units.`,
  meaning: 'How far other units of the same kind, as many, would have the same RDM.',
  misleads:
    'Many units are reliable about whatever moves all of them: an RDM of the easy feature alone is, too. Small layers look unreliable and may be complete.',
  source:
    'Spearman 1910 and Brown 1910, British Journal of Psychology 3, 271–295 and 296–322; |r| keeps negative ones within −1',
  measure({ labels, test }) {
    if (test.cols < 4)
      return [{ value: null, why: 'A layer of fewer than four units has no two halves to compare.' }];
    const { metric, comparison, over } = labels.analyses.rdm;
    const patterns = someRows(patternsOf(labels, test, over), MOST, 'rdmReliability');
    const { value, reason } = splitHalfReliability(
      patterns,
      randomHalves(test.cols, SPLITS),
      metric,
      comparison,
    );
    return [{ value, why: reason }];
  },
};
