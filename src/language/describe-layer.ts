import type { Network } from '../experiment/experiment';
import { decimals } from '../formats/fixed';
import { hiddenName } from '../protocol/layers';
import type { NetworkResults } from '../protocol/results';
import type { DescribeContext } from './describe-context';
import { networkChart, provenance, staleness } from './describe-results';
import { own } from '../protocol/own';
import { escaped, strong, table } from './markdown';
import { costOf } from './training-cost';
import { grouped, listed, percent, withInterval } from './wording';

/**
 * One hidden layer: its units and parameters, then what it represents.
 *
 * @param network whose `hidden` it stands in; null for the default, which those without their own have
 * @param index from 0
 */
export function describeLayer(network: string | null, index: number, context: DescribeContext): string[] {
  const { experiment, known } = context;
  const layer = hiddenName(index);
  const parts = [`**Layer** ${strong(layer)}${network === null ? '' : ` of ${strong(network)}`}`];
  const users = (experiment?.networks ?? []).filter((one) =>
    network === null ? !context.outline.ownLayers.has(one.name) : one.name === network,
  );
  const [first] = users;
  if (experiment && first && index < first.hidden.length) {
    const { layers, parameters } = costOf(experiment, first);
    const { inputs, outputs } = layers[index];
    const count = (inputs + 1) * outputs;
    parts.push(
      [
        `- **Units:** ${grouped(outputs)}, each with ${grouped(inputs)} inputs, ${escaped(first.activation)}`,
        `- **Parameters:** ${grouped(count)}, ${percent(count / parameters)} of the network's ${grouped(parameters)}`,
        ...(network === null ? [sharedLine(users)] : []),
      ].join('\n'),
    );
  }
  if (known) {
    const found = known.results.networks.filter((one) =>
      network === null ? !context.outline.ownLayers.has(one.name) : one.name === network,
    );
    const rows = found
      .slice(0, 8)
      .flatMap((one) => row(one, layer, Object.keys(known.results.tasks).slice(0, 4)));
    if (rows.length > 0) {
      const tasks = Object.keys(known.results.tasks).slice(0, 4);
      const header = [
        'Network',
        ...tasks.map((task) => `explained by ${escaped(task)}`),
        'Dimensions',
        'Constant units',
      ];
      const chart = networkChart(known.results, found[0], context.theme);
      parts.push(...staleness(known), table(header, rows), ...(chart ? [chart] : []));
      parts.push(provenance(known, context.now));
    }
  }
  return parts;
}

function sharedLine(users: readonly Network[]): string {
  return `- **Default of:** ${listed(users.map((one) => strong(one.name)))}`;
}

function row(network: NetworkResults, name: string, tasks: readonly string[]): string[][] {
  const summary = network.summary.layers.find((layer) => layer.name === name);
  if (!summary) return [];
  const constant = network.replicates.flatMap(
    (replicate) => replicate.layers.find((layer) => layer.name === name)?.constantUnits.length ?? [],
  );
  const shares = tasks.map((task) => {
    const share = own(summary.varianceExplained, task);
    return share ? withInterval(share) : percent(null);
  });
  const dimensions = withInterval(summary.participationRatio, (value) =>
    value === null ? '—' : decimals(value, 1),
  );
  const least = Math.min(...constant);
  const most = Math.max(...constant);
  const constantText = constant.length === 0 ? '—' : least === most ? String(most) : `${least} to ${most}`;
  return [[strong(network.name), ...shares, dimensions, constantText]];
}
