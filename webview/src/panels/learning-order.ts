import { doneReplicates, findingsOf } from '../../../src/analysis/findings';
import { own } from '../../../src/protocol/own';
import { orderPicture, type OrderSeries } from '../charts/order-picture';
import { pictureChart } from '../charts/picture-chart';
import { type Cell, intervalCell } from '../cell';
import type { FigureContent } from '../figure-content';
import { plural } from '../number';
import type { View } from '../panel';
import { measuresNamed } from '../says';

/** What share of a layer each task takes in networks that learned tasks in other orders; null where no phase lasts until tasks are learned. */
export function learningOrder({ results, layer, replicate: { point } }: View): FigureContent | null {
  if (!own(results.measures, 'stepsToCriterion')) return null;
  const findings = findingsOf(results);
  const done = results.networks.filter(
    (network) =>
      network.layers.some(({ name }) => name === layer) && doneReplicates(network, point).length > 0,
  );
  const networks = done.map(({ name }) => name);
  const labels = results.labels.filter(({ source }) => source === 'task').map(({ name }) => name);
  const of = (measure: string, label: string, site?: string): OrderSeries['share'] =>
    networks.map(
      (name) =>
        findings.mean(name, measure, { point, label, ...(site === undefined ? {} : { site }) }) ?? null,
    );
  const series = labels.map((name, colour): OrderSeries => ({
    ...{ name, colour },
    share: of('varianceExplained', name, layer),
    steps: of('stepsToCriterion', name),
  }));
  const measure = `Variance explained, ${layer}`;
  const cell = (value: OrderSeries['share'][number]): Cell => intervalCell(value ?? undefined);
  return {
    tableOpen: true,
    chart: networks.length === 0 ? null : pictureChart(() => orderPicture({ networks, series, measure })),
    description: `Variance explained in ${layer} and steps to criterion, by task, in ${plural(networks.length, 'network')}.`,
    caption: `Above: variance explained by each task in ${layer}, at the end. Below: training steps from the beginning of the phase that lasts until the task is learned until it was. Means over replicates with ${Math.round(100 * results.confidence)} % intervals; small dots: each replicate.`,
    says: measuresNamed(results, 'varianceExplained', 'stepsToCriterion'),
    table: {
      columns: ['network', 'task', measure, 'steps to criterion'],
      rows: networks.flatMap((network, at) =>
        series.map(({ name, share, steps }) => [
          network,
          name,
          cell(share[at] ?? null),
          cell(steps[at] ?? null),
        ]),
      ),
    },
  };
}
