import type { MeasureInfo } from '../protocol/results';
import { behaviour } from './behaviour';
import type { SiteMeasure } from './measure';
import { modelRsa, rdmPairs } from './model-rsa';
import { participationRatio } from './participation-ratio';
import { explainedVarianceRatio, pcaCorrelation } from './principal-components';
import { constantUnits, deadUnits } from './silent-units';
import { rdmReliability } from './rdm-reliability';
import { sparsity } from './sparsity';
import { selectivity } from './single-units';
import { sharesOfUntrained, strongestUnit } from './strongest-unit';
import { twoNearestNeighbours } from './two-nearest-neighbours';
import {
  varianceExplained,
  varianceExplainedByUnitMean,
  varianceExplainedJoint,
  varianceExplainedUnique,
} from './variance-explained';

/** Every measure of a layer, in the order of the table. */
export const siteMeasures: readonly SiteMeasure[] = [
  varianceExplained,
  varianceExplainedByUnitMean,
  varianceExplainedJoint,
  varianceExplainedUnique,
  modelRsa,
  ...rdmPairs,
  rdmReliability,
  participationRatio,
  ...twoNearestNeighbours,
  sparsity,
  constantUnits,
  deadUnits,
  explainedVarianceRatio,
  pcaCorrelation,
  ...strongestUnit,
  selectivity,
];

/** What all measures say of themselves, by name. */
export function measureInfos(): Record<string, MeasureInfo> {
  return Object.fromEntries([
    ...Object.entries(behaviour),
    ...Object.entries(sharesOfUntrained),
    ...siteMeasures.map((one) => [one.name, infoOf(one)]),
  ]) as Record<string, MeasureInfo>;
}

function infoOf(measure: SiteMeasure): MeasureInfo {
  const { title, range, of, by, beside, formula, meaning, misleads, source } = measure;
  return {
    title,
    range,
    of,
    by,
    ...(beside === undefined ? {} : { beside }),
    formula,
    meaning,
    misleads,
    source,
  };
}
