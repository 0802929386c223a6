import { comparisonNames, metricNames } from '../../../src/protocol/measure-names';
import type { RsaResults } from '../../../src/protocol/results';

/** @param whole with what the RDMs are over */
export function nameOf({ metric, comparison, over }: RsaResults, whole = true): string {
  return `${metricNames[metric]}, ${comparisonNames[comparison]}${whole ? `, over ${over}` : ''}`;
}
