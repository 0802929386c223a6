import { percent as percentOf } from '../formats/percent';
import { comparisonNames, metricNames } from '../protocol/measure-names';
import type { Interval, NetworkResults, Results } from '../protocol/results';
import { plain } from './text';

/**
 * The table that `repscope analyze` prints: accuracy and variance explained per network, layer and task, each as
 * mean [interval] over replicates.
 */
export function resultsTable(results: Results): string {
  const tasks = Object.keys(results.tasks);
  const rows: string[][] = [['network', 'layer', ...tasks]];
  for (const network of results.networks) {
    rows.push([]);
    rows.push([network.name, 'accuracy', ...tasks.map((task) => percent(network.summary.accuracy[task]))]);
    for (const layer of network.summary.layers)
      rows.push(['', layer.name, ...tasks.map((task) => share(layer.varianceExplained[task]))]);
  }
  const seeds = results.networks.map(replicateCount).join(', ');
  return [
    'Accuracy on fresh stimuli, and share of variance that each task explains by layer (mean [95 % interval] over seeds)'.replace(
      '95 %',
      `${confidenceOf(results)} %`,
    ),
    '',
    ...align(rows),
    '',
    `Replicates: ${plain(seeds)}.`,
  ].join('\n');
}

/** The RSA groups of the last hidden layer, first of the matrices. */
export function rsaTable(results: Results): string {
  const [rsa] = results.rsa;
  if (!rsa) return '';
  const rows = [['pair of networks', 'similarity']];
  for (const group of rsa.groups)
    if (group.mean !== null)
      rows.push([`${group.a} – ${group.b}`, share({ ...group, n: group.pairs, values: [] })]);
  return [
    `RSA of ${rsa.layer} (${metricNames[rsa.metric]}, ${comparisonNames[rsa.comparison]}), mean over pairs of seeds`,
    '',
    ...align(rows),
  ].join('\n');
}

function replicateCount(network: NetworkResults): string {
  const done = network.replicates.filter(({ status }) => status === 'done').length;
  return `${network.name} ${done}${done === network.replicates.length ? '' : ` of ${network.replicates.length}`}`;
}

function confidenceOf(results: Results): string {
  return /^([\d.]+) %/.exec(results.definitions.interval)?.[1] ?? '95';
}

const percent = (of: Interval | undefined): string =>
  format(
    of,
    (value) => percentOf(value, 1),
    (value) => percentOf(value, 1).replace(' %', ''),
  );

const share = (of: Interval | undefined): string =>
  format(
    of,
    (value) => value.toFixed(3),
    (value) => value.toFixed(3),
  );

function format(
  of: Interval | undefined,
  mean: (value: number) => string,
  end: (value: number) => string,
): string {
  if (!of || of.mean === null) return '–';
  if (of.low === null || of.high === null) return mean(of.mean);
  return `${mean(of.mean)} [${end(of.low)}, ${end(of.high)}]`;
}

function align(cells: readonly (readonly string[])[]): string[] {
  const rows = cells.map((row) => row.map(plain));
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, at) => (widths[at] = Math.max(widths[at] ?? 0, cell.length)));
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at]))
      .join('  ')
      .trimEnd(),
  );
}
