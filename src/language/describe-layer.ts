import { findingsOf } from '../analysis/findings';
import type { Network } from '../experiment/experiment';
import { decimals, grouped } from '../formats/fixed';
import { hiddenName } from '../protocol/layers';
import type { NetworkResults, Results } from '../protocol/results';
import type { DescribeContext } from './describe-context';
import { networkChart, provenance, staleness } from './describe-results';
import { escaped, strong, table } from './markdown';
import { listed, percent, withInterval } from './wording';

/** Columns that a table of a hover has room for. */
const shownTasks = 4;

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
  const site = first?.sites.find(({ name }) => name === layer);
  if (experiment && first && site) {
    const { sites, parameters } = first;
    const inputs = index === 0 ? experiment.stimuli.inputUnits : sites[index - 1].units;
    const outputs = site.units;
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
    const rows = found.slice(0, 8).flatMap((one) => row(known.results, one, layer));
    if (rows.length > 0) {
      const tasks = Object.keys(known.results.tasks).slice(0, shownTasks);
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

function row(results: Results, network: NetworkResults, site: string): string[][] {
  if (!network.layers.some(({ name }) => name === site)) return [];
  const findings = findingsOf(results);
  const { values = [] } = findings.mean(network.name, 'constantUnits', { site }) ?? {};
  const constant = values.filter((value) => value !== null);
  const shares = Object.keys(results.tasks)
    .slice(0, shownTasks)
    .map((label) => {
      const share = findings.mean(network.name, 'varianceExplained', { site, label });
      return share ? withInterval(share) : percent(null);
    });
  const ratio = findings.mean(network.name, 'participationRatio', { site });
  const dimensions = ratio
    ? withInterval(ratio, (value) => (value === null ? '—' : decimals(value, 1)))
    : '—';
  const least = Math.min(...constant);
  const most = Math.max(...constant);
  const constantText = constant.length === 0 ? '—' : least === most ? String(most) : `${least} to ${most}`;
  return [[strong(network.name), ...shares, dimensions, constantText]];
}
