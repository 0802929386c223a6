import type { Analyses, Network } from '../experiment/experiment';
import type { MeasureInfo } from '../protocol/results';
import { answersMeasures } from './answers';
import { behaviour, behaviourOfDocuments } from './behaviour';
import { changeMeasuresOf } from './change';
import { criteria, hasCriteria } from './criteria';
import { angularProcrustes } from './angular-procrustes';
import { linearCka, linearCkaDebiased } from './linear-cka';
import { counterparts } from './counterparts';
import type { PairMeasure, SiteMeasure } from './measure';
import { modelRsa, rdmPairs } from './model-rsa';
import { madeModels } from './made-models';
import { mutualNeighbours } from './mutual-neighbours';
import { participationRatio } from './participation-ratio';
import { effort } from './effort';
import { explainedVarianceRatio, pcaCorrelation } from './principal-components';
import { constantUnits, deadUnits } from './silent-units';
import { dictionaryMeasures } from './dictionary';
import { probeMeasures } from './probe';
import { rdmReliability } from './rdm-reliability';
import { rsa } from './rsa';
import { askedSimilarities } from './similarity';
import type { RdmSetting } from './site-view';
import { simplicity } from './simplicity';
import { sparsity } from './sparsity';
import { selectivity } from './single-units';
import { subsets } from './subsets';
import { sharesOfUntrained, strongestUnit } from './strongest-unit';
import { twoNearestNeighbours } from './two-nearest-neighbours';
import { varianceParts } from './variance-parts';
import {
  varianceExplained,
  varianceExplainedByUnitMean,
  varianceExplainedJoint,
  varianceExplainedUnique,
} from './variance-explained';

/** Every measure of a layer, in the order of the table. */
const siteMeasures: readonly SiteMeasure[] = [
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
  ...subsets,
  ...madeModels,
  ...counterparts,
  varianceParts,
];

/** What an experiment asks to be measured of a layer. */
export function siteMeasuresOf(
  analyses: Pick<Analyses, 'subsets' | 'counterparts' | 'madeModels' | 'varianceParts'>,
): SiteMeasure[] {
  return siteMeasures.filter((measure) => measure.asked?.(analyses) ?? true);
}

/** Every measure of two recordings, after RSA, in the order of the table. */
const pairMeasures: readonly PairMeasure[] = [
  linearCka,
  linearCkaDebiased,
  angularProcrustes,
  mutualNeighbours,
];

/** What of the analyses decides the measures of pairs. */
type PairAnalyses = { readonly rdm: RdmSetting } & Readonly<Pick<Analyses, 'similarity'>>;

/**
 * What an experiment's replicates are compared by: RSA as the experiment asks for it, by correlation distance and by Euclidean distance, each once, and
 * then every other measure, and those that it asks for.
 */
export function pairMeasuresOf(analyses: PairAnalyses): PairMeasure[] {
  const { rdm } = analyses;
  const { over } = rdm;
  const settings: RdmSetting[] = [
    rdm,
    { metric: 'correlation', comparison: 'pearson', over },
    { metric: 'euclidean', comparison: 'pearson', over },
  ];
  const all: PairMeasure[] = [...settings.map(rsa), ...pairMeasures, ...askedSimilarities(analyses)];
  return all.filter(({ name }, at) => all.findIndex((other) => other.name === name) === at);
}

/** What the layers of one replicate are compared by: RSA as the experiment asks for it, every other measure, and those that it asks for. */
export function layerPairMeasures(analyses: PairAnalyses): PairMeasure[] {
  return [rsa(analyses.rdm), ...pairMeasures, ...askedSimilarities(analyses)];
}

/** What all measures that an experiment asks for say of themselves, by name. @param networks of which ensembles, changes and curricula have measures of their own */
export function measureInfos(
  analyses: Asked,
  networks: readonly Pick<Network, 'isRandom' | 'ofDocuments' | 'of' | 'kind' | 'training'>[] = [],
): Record<string, MeasureInfo> {
  const pairs = pairMeasuresOf(analyses);
  return Object.fromEntries([
    ...Object.entries(networks.some(({ ofDocuments }) => ofDocuments) ? behaviourOfDocuments : behaviour),
    ...(networks.some(({ ofDocuments }) => ofDocuments) ? Object.entries(effort) : []),
    ...Object.entries(sharesOfUntrained),
    ...(networks.some(hasCriteria) ? Object.entries(criteria) : []),
    ...(networks.some(({ isRandom }) => isRandom) ? Object.entries(simplicity) : []),
    ...[
      ...siteMeasuresOf(analyses),
      ...probeMeasures(analyses),
      ...dictionaryMeasures(analyses),
      ...answersMeasures(analyses),
      ...pairs,
      ...changeMeasuresOf(networks, analyses.rdm),
    ].map((one) => [one.name, infoOf(one)]),
    ...pairs.flatMap(({ nulls = {} }) => Object.entries(nulls)),
  ]) as Record<string, MeasureInfo>;
}

/** What decides which measures there are. */
type Asked = PairAnalyses &
  Readonly<
    Pick<
      Analyses,
      'probe' | 'dictionary' | 'answers' | 'subsets' | 'counterparts' | 'madeModels' | 'varianceParts'
    >
  >;

function infoOf(measure: MeasureInfo): MeasureInfo {
  const { title, range, of, by, beside, more, itself, invariances, formula, meaning, misleads, source } =
    measure;
  return {
    title,
    range,
    of,
    by,
    ...(beside === undefined ? {} : { beside }),
    ...(more === undefined ? {} : { more }),
    ...(itself === undefined ? {} : { itself }),
    ...(invariances === undefined ? {} : { invariances }),
    formula,
    meaning,
    misleads,
    source,
  };
}
