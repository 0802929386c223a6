import type { Experiment } from '../experiment/experiment';
import type { Results, StimuliResults } from '../protocol/results';

/** How RDMs are made and compared, and over how many pairs. @param conditions how many the test set has */
export function rdmResults(
  { analyses }: Pick<Experiment, 'analyses'>,
  { test }: Pick<StimuliResults, 'test'>,
  conditions: number,
): Results['rdm'] {
  const { metric, comparison, over } = analyses.rdm;
  const count = over === 'stimuli' ? test.count : conditions;
  return { metric, comparison, over, stimulusPairs: (count * (count - 1)) / 2 };
}
