import {
  area,
  atMostAll,
  differenceOfShares,
  dimensions,
  interval,
  positive,
  type Range,
  share,
  similarity,
} from '../analysis/statistics/interval';
import { extendedNumber } from '../protocol/extended';
import { own } from '../protocol/own';
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
 * Means and intervals over the replicates of one network that are done. Units and principal components do not
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
  const over = (of: (replicate: ReplicateResults) => Value | undefined, range: Range): Interval =>
    interval(
      done.map((replicate) => of(replicate) ?? null),
      confidence,
      range,
    );

  return {
    accuracy: byKey(tasks, (task) => over((replicate) => own(replicate.accuracy, task), share)),
    loss: over((replicate) => replicate.loss, positive),
    layers: layers.map(({ name }, at) => {
      const first: LayerResults | undefined = done[0]?.layers[at];
      const layer = (of: (layer: LayerResults) => Value | undefined, range: Range): Interval =>
        over((replicate) => of(replicate.layers[at]), range);
      const record = (
        of: (layer: LayerResults) => Record<string, Value>,
        range: Range,
      ): Record<string, Interval> =>
        byKey(first ? Object.keys(of(first)) : [], (key) => layer((each) => own(of(each), key), range));
      const maximum = (
        of: (selectivity: LayerResults['selectivity'][string]) => MaximumResults,
        offset: number,
        range: Range,
      ) =>
        byKey(first ? Object.keys(first.selectivity) : [], (label) =>
          layer((each) => {
            const value = extendedNumber(of(each.selectivity[label]).value);
            return value === null ? null : value + offset;
          }, range),
        );
      const perfect = (label: string): number[] =>
        [...done.keys()].filter(
          (place) => done[place].layers[at].selectivity[label].maximum.dprime.value === 'Infinity',
        );
      const maximumDprime = maximum((selectivity) => selectivity.maximum.dprime, 0, positive);
      return {
        name,
        varianceExplained: record((each) => each.varianceExplained, atMostAll),
        varianceExplainedByUnitMean: record((each) => each.varianceExplainedByUnitMean, atMostAll),
        varianceExplainedJoint: record((each) => each.varianceExplainedJoint, atMostAll),
        varianceExplainedUnique: record((each) => each.varianceExplainedUnique, differenceOfShares),
        explainedVarianceRatio: longest(
          done.map((replicate) => replicate.layers[at].pca.explainedVarianceRatio),
        ).map((_, component) => layer((each) => each.pca.explainedVarianceRatio[component], share)),
        participationRatio: layer((each) => each.participationRatio, dimensions),
        sparsity: layer((each) => each.sparsity, share),
        modelRsa: record((each) => each.modelRsa, similarity),
        maximumDprime: byKey(Object.keys(maximumDprime), (label) => ({
          ...maximumDprime[label],
          perfect: perfect(label),
        })),
        maximumAuroc: maximum((selectivity) => selectivity.maximum.auroc, 0.5, area),
      };
    }),
  };
}

/** One replicate may lack components that others have. */
function longest<T>(lists: readonly (readonly T[])[]): readonly T[] {
  return lists.reduce((most, list) => (list.length > most.length ? list : most), []);
}

function byKey<T>(keys: readonly string[], value: (key: string) => T): Record<string, T> {
  return Object.fromEntries(keys.map((key) => [key, value(key)]));
}
