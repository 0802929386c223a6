import { atMostAll, interval, positive, type Range, share } from '../../../src/analysis/statistics/interval';
import { own } from '../../../src/protocol/own';
import type {
  CheckpointResults,
  Interval,
  NetworkResults,
  Results,
  Value,
} from '../../../src/protocol/results';
import type { View } from '../panel';

/**
 * The results as they were at the chosen checkpoint: means over replicates, each at its newest checkpoint up to that epoch.
 * Of checkpoints there are accuracy, loss and variance explained. Networks without training stay as they are.
 *
 * @returns null where the newest is chosen, and the results are what there is to show
 */
export function atCheckpoint({
  results,
  offers,
  choices,
}: Pick<View, 'results' | 'offers' | 'choices'>): { results: Results; epoch: number } | null {
  if (choices.step === null) return null;
  const offer = offers.find(({ network, seed }) => network === choices.network && seed === choices.seed);
  const epoch = offer?.checkpoints.find(({ step }) => step === choices.step)?.epoch;
  if (epoch === undefined) return null;
  const networks = results.networks.map((network) => then(network, epoch, results.confidence));
  return { results: { ...results, networks }, epoch };
}

function then(network: NetworkResults, epoch: number, confidence: number): NetworkResults {
  const at = network.replicates
    .filter(({ status }) => status === 'done')
    .map(({ checkpoints }) => checkpoints.findLast((one) => one.epoch <= epoch) ?? checkpoints[0]);
  if (!network.trained || at.every((one) => one === undefined)) return network;
  const over = (of: (one: CheckpointResults) => Value | undefined, range: Range): Interval =>
    interval(
      at.map((one) => (one === undefined ? null : (of(one) ?? null))),
      confidence,
      range,
    );
  const byKey = (keys: readonly string[], value: (key: string) => Interval): Record<string, Interval> =>
    Object.fromEntries(keys.map((key) => [key, value(key)]));
  const { summary } = network;
  return {
    ...network,
    summary: {
      ...summary,
      accuracy: byKey(Object.keys(summary.accuracy), (task) => over((one) => own(one.accuracy, task), share)),
      loss: over((one) => one.loss, positive),
      layers: summary.layers.map((layer, place) => ({
        ...layer,
        varianceExplained: byKey(Object.keys(layer.varianceExplained), (label) =>
          over((one) => own(one.layers[place]?.varianceExplained ?? {}, label), atMostAll),
        ),
        varianceExplainedByUnitMean: {},
        varianceExplainedJoint: {},
        varianceExplainedUnique: {},
      })),
    },
  };
}
