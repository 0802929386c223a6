import { Values } from '../core/values';
import { whyUndefined } from '../formats/compared-over';
import type {
  CheckpointResults,
  LayerResults,
  ReplicateResults,
  Results,
  RsaResults,
} from '../protocol/results';
import { extendedNumber } from '../protocol/extended';

/** The scalars of a layer that there is one of for each label. */
export const BY_LABEL = [
  'varianceExplained',
  'varianceExplainedByUnitMean',
  'varianceExplainedJoint',
  'varianceExplainedUnique',
  'modelRsa',
] as const;

/** The checkpoint of what is measured when training has ended. */
const END = 'end';

/**
 * All scalars of a run: of each replicate, layer, checkpoint and pair of replicates. Statistics of single units are no scalars of a layer and
 * are not among them; their maxima are.
 */
export function valuesOf(results: Results): Values {
  const values = new Values();
  for (const { name, replicates } of results.networks)
    for (const replicate of replicates) {
      const of = { source: name, seed: String(replicate.seed), checkpoint: END };
      addReplicate(values, of, replicate);
      for (const layer of replicate.layers) addLayer(values, { ...of, site: layer.name }, layer);
      for (const checkpoint of replicate.checkpoints) addCheckpoint(values, of, checkpoint);
    }
  for (const rsa of results.rsa) addSimilarities(values, rsa);
  return values;
}

interface Of {
  readonly source: string;
  readonly seed: string;
  readonly site?: string;
  readonly checkpoint: string;
}

function addReplicate(values: Values, of: Of, { status, reason, loss, accuracy }: ReplicateResults): void {
  if (status !== 'done') {
    values.add({ ...of, measure: 'loss' }, null, reason ?? `The replicate is ${status}.`);
    return;
  }
  values.add({ ...of, measure: 'loss' }, loss);
  for (const [label, value] of Object.entries(accuracy))
    values.add({ ...of, measure: 'accuracy', label }, value);
}

function addLayer(values: Values, of: Of, layer: LayerResults): void {
  const why = (measure: string, label = ''): string | undefined =>
    layer.undefinedValues[`${measure}.${label}`] ?? layer.undefinedValues[measure];
  for (const measure of BY_LABEL)
    for (const [label, value] of Object.entries(layer[measure]))
      values.add({ ...of, measure, label }, value, why(measure, label));
  values.add({ ...of, measure: 'rdmPairsUsed' }, layer.rdmPairs.used);
  values.add({ ...of, measure: 'rdmPairs' }, layer.rdmPairs.of);
  for (const measure of ['participationRatio', 'sparsity'] as const)
    values.add({ ...of, measure }, layer[measure], why(measure));
  for (const measure of ['constantUnits', 'deadUnits'] as const)
    values.add({ ...of, measure }, layer[measure].length);
  layer.pca.explainedVarianceRatio.forEach((ratio, at) => {
    const part = `PC${at + 1}`;
    values.add({ ...of, measure: 'explainedVarianceRatio', part }, ratio);
    for (const [label, correlations] of Object.entries(layer.pca.correlation))
      values.add(
        { ...of, measure: 'pcaCorrelation', label, part },
        correlations[at],
        why('pca.correlation', label),
      );
  });
  for (const [label, { maximum }] of Object.entries(layer.selectivity))
    for (const statistic of ['dprime', 'auroc', 'correlation', 'classSelectivity'] as const) {
      const measure = `maximum.${statistic}`;
      const { value } = maximum[statistic];
      values.add({ ...of, measure, label }, extendedNumber(value), why('selectivity', label));
      values.add({ ...of, measure: `${measure}.p`, label }, maximum[statistic].p, why('selectivity', label));
    }
}

function addCheckpoint(
  values: Values,
  replicate: Of,
  { step, loss, accuracy, layers }: CheckpointResults,
): void {
  const of = { ...replicate, checkpoint: String(step) };
  values.add({ ...of, measure: 'loss' }, loss);
  for (const [label, value] of Object.entries(accuracy))
    values.add({ ...of, measure: 'accuracy', label }, value);
  for (const { name, varianceExplained, participationRatio } of layers) {
    const site = { ...of, site: name };
    for (const [label, value] of Object.entries(varianceExplained))
      values.add({ ...site, measure: 'varianceExplained', label }, value);
    values.add({ ...site, measure: 'participationRatio' }, participationRatio);
  }
}

function addSimilarities(values: Values, rsa: RsaResults): void {
  const { layer, metric, comparison, over, labels, matrix } = rsa;
  const measure = `rsa(${metric}, ${comparison}${over === 'conditions' ? ', conditions' : ''})`;
  matrix.forEach((row, i) => {
    const { source, seed } = replicateOf(labels[i]);
    row.slice(0, i).forEach((value, j) => {
      const why = value === null ? whyUndefined(rsa, i, j) : undefined;
      values.add({ measure, source, seed, checkpoint: END, site: layer, other: labels[j] }, value, why);
    });
  });
}

/** Network and seed of `NETWORK/SEED`; a network's own name may hold slashes. */
function replicateOf(label: string): { source: string; seed: string } {
  const at = label.lastIndexOf('/');
  return { source: label.slice(0, at), seed: label.slice(at + 1) };
}
