import { intervalWords } from '../interval-words';
import { fewUnits } from '../../../src/formats/compared-over';
import { remarkedMean } from '../../../src/formats/remark';
import { labelNames } from '../../../src/formats/label-names';
import { comparisonNames, layerWords, metricNames, tauBound } from '../../../src/protocol/measure-names';
import { distancesOf } from '../../../src/protocol/recorded';
import { type Findings, findingsOf } from '../../../src/analysis/findings';
import type { Results } from '../../../src/protocol/results';
import { heatmapChart } from '../charts/heatmap';
import type { FigureContent } from '../figure-content';
import { tasksFirst } from '../labels';
import { doubts, noValue, plural } from '../number';
import { withoutPicture } from '../panel';
import { measuresNamed, saysOfAll } from '../says';
import { withoutLayer } from './similarity-words';
import { intervalCell } from '../cell';

/** Similarity of the layer with what each label alone would make; null where no network was compared so. */
export function modelsOf(results: Results, layer: string): FigureContent | null {
  const findings = findingsOf(results);
  const networks = results.networks
    .filter(({ name }) => findings.labels(name, 'modelRsa', layer).length > 0)
    .map(({ name }) => name);
  if (networks.length === 0) return null;
  const { comparison, stimulusPairs } = results.rdm;
  const overs = networks.map((name) => overText(findings, name, layer, stimulusPairs));
  const fewer = overs.some((over) => over !== null);
  const shownNames = labelNames(results.labels);
  const labels = tasksFirst(
    [...new Set(networks.flatMap((name) => findings.labels(name, 'modelRsa', layer)))].filter((label) =>
      shownNames.has(label),
    ),
    results.labels,
  );
  const names = labels.map((label) => shownNames.get(label) ?? label);
  const means = networks.map((name) =>
    labels.map((label) => findings.mean(name, 'modelRsa', { site: layer, label })),
  );
  const values = means.map((row) => row.map((mean) => mean?.mean ?? null));
  if (values.every((row) => row.every((value) => value === null)))
    return withoutPicture(whyNone(results, layer));
  const pair = (row: number, column: number): string => {
    const interval = means[row]?.[column];
    const said = interval === undefined ? [] : doubts({ ...interval, ...remarkedMean(interval) });
    const over = overs[row] ?? null;
    const pairs = over === null ? [] : [`over ${over} pairs of stimuli`];
    return [`${networks[row] ?? ''}, RDM of ${names[column] ?? ''}`, ...said, ...pairs].join(' ');
  };
  const says = measuresNamed(results, 'modelRsa');
  return {
    chart: heatmapChart({
      values,
      range: [-1, 1],
      diverging: true,
      measure: `${comparisonNames[comparison]} correlation of RDMs`,
      columns: { names },
      rows: { names: networks },
      pair,
      why: (row, column) =>
        noValue(findings.whyNone(networks[row] ?? '', 'modelRsa', { site: layer, label: labels[column] })),
      written: true,
    }),
    description: `${plural(networks.length, 'network')} by ${plural(labels.length, 'label')}.`,
    says,
    caption: `${layerWords(layer)}: similarity of the layer’s RDM (${distancesOf(results.rdm, networks, layer, results)}) with the RDM of each label (${comparisonNames[comparison]}); means over replicates.${withoutLayer(results.networks, layer)}${fewer ? ' Over the pairs of stimuli with a distance in the layer (how many: in the table); hatched over half of all or fewer.' : ''}${comparison === 'kendall' ? ` ${tauBound}` : ''} In the table: ${intervalWords(results, 'interval', 'intervals over replicates')}`,
    table: {
      columns: ['network', ...names, ...(fewer ? ['pairs of stimuli'] : [])],
      says: Object.fromEntries(names.map((name) => [name, saysOfAll(says)])),
      rows: networks.map((network, at) => [
        network,
        ...(means[at] ?? []).map(intervalCell),
        ...(fewer ? [overs[at] ?? null] : []),
      ]),
    },
  };
}

function whyNone({ networks, rdm: { metric, comparison } }: Results, layer: string): string {
  const units = fewUnits(networks, { layer, metric });
  return `${layerWords(layer)}: ${metricNames[metric]}, ${comparisonNames[comparison]}. No replicate’s RDM can be compared with that of a label. ${units === '' ? 'Its distances are undefined, or all equal.' : units}`;
}

/** Over how many pairs of stimuli the replicates of a network are compared, of all; null where over all everywhere. */
function overText(findings: Findings, network: string, site: string, all: number): string | null {
  const { values = [] } = findings.mean(network, 'rdmPairsUsed', { site }) ?? {};
  const used = values.filter((value) => value !== null);
  if (used.every((count) => count === all)) return null;
  const [fewest, most] = [Math.min(...used), Math.max(...used)].map((count) => count.toLocaleString('en'));
  return `${fewest === most ? `${fewest}` : `${fewest} to ${most}`} of ${all.toLocaleString('en')}`;
}
