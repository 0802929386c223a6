import { interval } from '../analysis/statistics/interval';
import type {
  Interval,
  LayerInfo,
  LayerResults,
  MaximumResults,
  NetworkSummary,
  ReplicateResults,
  Value,
} from '../protocol/results';

/**
 * Means and t-intervals over the replicates of one network that are done. Units and principal components do not
 * correspond across seeds, so only scalars of a layer are averaged.
 *
 * @param layers the network's layers, in order
 * @param confidence of the intervals, for example .95
 */
export function summarize(
  replicates: readonly ReplicateResults[],
  tasks: readonly string[],
  layers: readonly LayerInfo[],
  confidence: number,
): NetworkSummary {
  const done = replicates.filter((replicate) => replicate.status === 'done');
  const over = (of: (replicate: ReplicateResults) => Value | undefined): Interval =>
    interval(
      done.map((replicate) => of(replicate) ?? null),
      confidence,
    );

  return {
    accuracy: byKey(tasks, (task) => over((replicate) => replicate.accuracy[task])),
    loss: over((replicate) => replicate.loss),
    layers: layers.map(({ name }, at) => {
      const first: LayerResults | undefined = done[0]?.layers[at];
      const layer = (of: (layer: LayerResults) => Value | undefined): Interval =>
        over((replicate) => of(replicate.layers[at]));
      const record = (of: (layer: LayerResults) => Record<string, Value>): Record<string, Interval> =>
        byKey(first ? Object.keys(of(first)) : [], (key) => layer((each) => of(each)[key]));
      const maximum = (
        of: (selectivity: LayerResults['selectivity'][string]) => MaximumResults,
        offset: number,
      ) =>
        byKey(first ? Object.keys(first.selectivity) : [], (label) =>
          layer((each) => {
            const { value } = of(each.selectivity[label]);
            return value === null ? null : value + offset;
          }),
        );
      return {
        name,
        varianceExplained: record((each) => each.varianceExplained),
        varianceExplainedByUnitMean: record((each) => each.varianceExplainedByUnitMean),
        varianceExplainedJoint: record((each) => each.varianceExplainedJoint),
        varianceExplainedUnique: record((each) => each.varianceExplainedUnique),
        explainedVarianceRatio: (first?.pca.explainedVarianceRatio ?? []).map((_, component) =>
          layer((each) => each.pca.explainedVarianceRatio[component]),
        ),
        participationRatio: layer((each) => each.participationRatio),
        sparsity: layer((each) => each.sparsity),
        modelRsa: record((each) => each.modelRsa),
        maximumDprime: maximum((selectivity) => selectivity.maximum.dprime, 0),
        maximumAuroc: maximum((selectivity) => selectivity.maximum.auroc, 0.5),
      };
    }),
  };
}

function byKey<T>(keys: readonly string[], value: (key: string) => T): Record<string, T> {
  return Object.fromEntries(keys.map((key) => [key, value(key)]));
}
