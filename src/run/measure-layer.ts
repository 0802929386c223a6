import { type Pca, pca } from '../analysis/pca';
import { pcaCorrelations } from '../analysis/pca-correlation';
import { conditionMeans } from '../analysis/rdm/condition-means';
import { rdm } from '../analysis/rdm/rdm';
import { type PreparedRdm, prepareRdm } from '../analysis/rsa/compare';
import { modelRsa } from '../analysis/rsa/model-rsa';
import { selectivity } from '../analysis/selectivity/selectivity';
import { sparsity } from '../analysis/sparsity';
import type { LayerVariance } from '../analysis/variance-explained-layers';
import type { Matrix } from '../core/matrix';
import type { LayerResults, Value } from '../protocol/results';
import type { RsaRequest } from './jobs';
import type { Laboratory } from './laboratory';
import { pictureOf } from './picture';

/** What every checkpoint has of a layer. */
interface KnownOfLayer {
  readonly variance: LayerVariance;
  readonly participationRatio: Value;
}

/**
 * All measures of one layer of one replicate.
 *
 * @param activations test stimuli × units
 */
export function measureLayer(
  laboratory: Laboratory,
  name: string,
  activations: Matrix<Float32Array>,
  known: KnownOfLayer,
): LayerResults {
  const { analyses } = laboratory.experiment;
  const reasons: Record<string, string> = {};
  const components = pictureOf('pca', reasons, () => pca(activations, analyses.pca.components));
  const labels = laboratory.classLabels;
  const units = selectivity(activations, labels.labels, laboratory.permutations);
  const prepared = layerRdm(laboratory, activations, analyses.rdm);
  const similarity = modelRsa(prepared, laboratory.models);
  const correlations = components
    ? pcaCorrelations(laboratory.pcaLabels, components)
    : { correlation: {}, undefinedValues: reasons };
  const { variance } = known;
  const spread = { participationRatio: known.participationRatio, sparsity: sparsity(activations) };
  return {
    name,
    units: activations.cols,
    constantUnits: variance.constantUnits,
    deadUnits: deadUnits(activations, variance.constantUnits),
    varianceExplained: variance.varianceExplained,
    varianceExplainedByUnitMean: variance.varianceExplainedByUnitMean,
    varianceExplainedJoint: variance.varianceExplainedJoint,
    varianceExplainedUnique: variance.varianceExplainedUnique,
    pca: {
      explainedVarianceRatio: components ? ratios(components) : [],
      correlation: correlations.correlation,
    },
    selectivity: units.selectivity,
    ...spread,
    modelRsa: similarity.modelRsa,
    rdmPairs: { used: prepared.count, of: prepared.pairs },
    undefinedValues: {
      ...(spread.participationRatio === null
        ? { participationRatio: 'No unit varies over the test stimuli.' }
        : {}),
      ...(spread.sparsity === null ? { sparsity: 'No unit is active for any test stimulus.' } : {}),
      ...variance.undefinedValues,
      ...correlations.undefinedValues,
      ...labels.undefinedValues,
      ...units.undefinedValues,
      ...similarity.undefinedValues,
    },
  };
}

/** What needs neither components, nor ranks, nor distances: all that a first look at a checkpoint is given. */
export function glanceAtLayer(
  name: string,
  activations: Matrix<Float32Array>,
  { variance, participationRatio }: KnownOfLayer,
): LayerResults {
  return {
    name,
    units: activations.cols,
    deadUnits: deadUnits(activations, variance.constantUnits),
    ...variance,
    pca: { explainedVarianceRatio: [], correlation: {} },
    selectivity: {},
    participationRatio,
    sparsity: sparsity(activations),
    modelRsa: {},
    rdmPairs: { used: 0, of: 0 },
  };
}

/** The RDM of a layer, over stimuli or condition means, ready to be compared. */
export function layerRdm(
  laboratory: Laboratory,
  activations: Matrix<Float32Array>,
  { metric, comparison, over }: Pick<RsaRequest, 'metric' | 'comparison' | 'over'>,
): PreparedRdm {
  const { of, counts } = laboratory.conditions;
  const patterns = over === 'stimuli' ? activations : conditionMeans(activations, of, counts.length);
  const { distances, rounding } = rdm(patterns, metric);
  return prepareRdm(distances, comparison, true, rounding);
}

/** Constant units whose value is 0: rectified units that never fire. */
export function deadUnits(activations: Matrix<Float32Array>, constantUnits: readonly number[]): number[] {
  return constantUnits.filter((unit) => activations.data[unit] === 0);
}

export function ratios({ explainedVarianceRatio }: Pca): number[] {
  return Array.from(explainedVarianceRatio);
}
