import { keptReplicate } from '../../src/core/replicate';
import { END, type Place, placeOf, type ValueColumns, Values } from '../../src/core/values';
import type { MeasureInfo, NetworkResults, ReplicateInfo } from '../../src/protocol/results';
import { measureInfos } from '../../src/measures/measures';
import type { CheckpointTree, LayerTree, ReplicateTree } from './tree';

/** A replicate that is made up: what is absent was not measured. */
export type MadeUpReplicate = Omit<Partial<ReplicateTree>, 'layers' | 'checkpoints'> & {
  seed: number;
  layers?: (Pick<LayerTree, 'name'> & Partial<LayerTree>)[];
  checkpoints?: (Pick<CheckpointTree, 'step' | 'epoch'> & Partial<CheckpointTree>)[];
};

export type MadeUpNetwork = Omit<NetworkResults, 'replicates'> & { replicates: MadeUpReplicate[] };

/** Made-up networks as results have them: the opposite of `treeOf`. */
export function tableOf(networks: readonly MadeUpNetwork[]): {
  networks: NetworkResults[];
  values: ValueColumns;
  measures: Record<string, MeasureInfo>;
} {
  const values = new Values();
  for (const { name, replicates } of networks)
    for (const replicate of replicates) addReplicate(values, name, replicate);
  return {
    networks: networks.map((network) => ({ ...network, replicates: network.replicates.map(infoOf) })),
    values: values.columns,
    measures: measureInfos({
      rdm: { metric: 'correlation', comparison: 'pearson', over: 'stimuli' },
      subsets: { drop: [] },
    }),
  };
}

function infoOf(replicate: MadeUpReplicate): ReplicateInfo {
  const { point, seed, status = 'done', reason, epochs = 0, steps = 0, checkpoints = [] } = replicate;
  return {
    ...(point === undefined ? {} : { point }),
    ...{ seed, status, ...(reason === undefined ? {} : { reason }), epochs, steps },
    checkpoints: checkpoints.map(({ step, epoch }) => ({ step, epoch })),
  };
}

function addReplicate(values: Values, source: string, replicate: MadeUpReplicate): void {
  const of = { ...placeOf(keptReplicate(source, replicate)), checkpoint: END };
  if ((replicate.status ?? 'done') === 'done') {
    addBehaviour(values, of, replicate);
    for (const layer of replicate.layers ?? []) addLayer(values, { ...of, site: layer.name }, layer);
  }
  for (const { step, layers = [], ...behaviour } of replicate.checkpoints ?? []) {
    const at = { ...of, checkpoint: String(step) };
    addBehaviour(values, at, behaviour);
    for (const { name, ...layer } of layers) addLayer(values, { ...at, site: name }, layer);
  }
}

type At = Omit<Place, 'measure'>;

function addBehaviour(
  values: Values,
  at: At,
  { loss, accuracy = {} }: Pick<Partial<CheckpointTree>, 'loss' | 'accuracy'>,
): void {
  if (loss !== undefined) values.add({ measure: 'loss', ...at }, loss);
  for (const [label, value] of Object.entries(accuracy))
    values.add({ measure: 'accuracy', ...at, label }, value);
}

function addLayer(values: Values, at: At, layer: Partial<LayerTree>): void {
  const reasons = layer.undefinedValues ?? {};
  for (const measure of [
    'varianceExplained',
    'varianceExplainedByUnitMean',
    'varianceExplainedJoint',
    'varianceExplainedUnique',
    'modelRsa',
  ] as const)
    for (const [label, value] of Object.entries(layer[measure] ?? {}))
      values.add({ measure, ...at, label }, value, reasons[`${measure}.${label}`]);
  for (const measure of ['participationRatio', 'sparsity'] as const) {
    const value = layer[measure];
    if (value !== undefined) values.add({ measure, ...at }, value, reasons[measure]);
  }
  for (const measure of ['constantUnits', 'deadUnits'] as const) {
    const units = layer[measure];
    if (units) values.add({ measure, ...at }, units.length);
  }
  layer.pca?.explainedVarianceRatio.forEach((value, k) =>
    values.add({ measure: 'explainedVarianceRatio', ...at, part: `PC${k + 1}` }, value),
  );
  for (const [label, row] of Object.entries(layer.pca?.correlation ?? {}))
    row.forEach((value, k) =>
      values.add({ measure: 'pcaCorrelation', ...at, label, part: `PC${k + 1}` }, value),
    );
}
