import { fewUnits } from '../../../src/formats/compared-over';
import { remarkedMean } from '../../../src/formats/remark';
import { labelNames } from '../../../src/formats/label-names';
import { comparisonNames, layerWords, metricNames, tauBound } from '../../../src/protocol/measure-names';
import type { ModelRsaResults, Results, RsaResults } from '../../../src/protocol/results';
import { heatmapChart } from '../charts/heatmap';
import type { Figure } from '../figure';
import { tasksFirst } from '../labels';
import { doubts, plural } from '../number';
import { own } from '../../../src/protocol/own';
import { intervalCell } from '../cell';

/** Similarity of the layer with what each label alone would make. */
export function showModels(
  figure: Figure,
  results: Results,
  layer: string,
  entry: RsaResults | undefined,
): void {
  const same = results.modelRsa.filter((candidate) => candidate.layer === layer);
  const found =
    same.find(({ metric, comparison }) => metric === entry?.metric && comparison === entry.comparison) ??
    same[0];
  figure.element.hidden = found === undefined;
  if (found === undefined) return;
  const shownNames = labelNames(results.labels);
  const labels = tasksFirst(
    [...new Set(Object.values(found.networks).flatMap((byLabel) => Object.keys(byLabel)))].filter((label) =>
      shownNames.has(label),
    ),
    results.labels,
  );
  const names = labels.map((label) => shownNames.get(label) ?? label);
  const networks = Object.keys(found.networks);
  const values = Object.values(found.networks).map((byLabel) =>
    labels.map((label) => own(byLabel, label)?.mean ?? null),
  );
  if (values.every((row) => row.every((value) => value === null))) {
    const units = fewUnits(results.networks, found);
    figure.showReason(
      `${layerWords(found.layer)}: ${metricNames[found.metric]}, ${comparisonNames[found.comparison]}. No replicate’s RDM can be compared with that of a label. ${units === '' ? 'Its distances are undefined, or all equal.' : units}`,
    );
    return;
  }
  figure.show({
    chart: heatmapChart({
      values,
      range: [-1, 1],
      diverging: true,
      measure: `${comparisonNames[found.comparison]} correlation of RDMs`,
      xTitle: '',
      xTicks: names.map((name, at) => ({ at, name })),
      yTicks: networks.map((name, at) => ({ at, name })),
      pair: (row, column) => {
        const interval = own(own(found.networks, networks[row] ?? '') ?? {}, labels[column] ?? '');
        const said = interval === undefined ? [] : doubts({ ...interval, ...remarkedMean(interval) });
        const over = overText(found, networks[row] ?? '');
        return [
          `${networks[row] ?? ''}, RDM of ${names[column] ?? ''}`,
          ...said,
          ...(over === null ? [] : [`over ${over} pairs of stimuli`]),
        ].join(' ');
      },
      borders: [],
      square: false,
      written: true,
    }),
    description: `${plural(networks.length, 'network')} by ${plural(labels.length, 'label')}.`,
    caption: `${layerWords(found.layer)}: similarity of the layer’s RDM (${metricNames[found.metric]}) with the RDM of each label (${comparisonNames[found.comparison]}); means over replicates.${usedOf(found) === null ? '' : ' Over the pairs of stimuli with a distance in the layer (how many: in the table); hatched over half of all or fewer.'}${found.comparison === 'kendall' ? ` ${tauBound}` : ''} In the table: ${results.definitions['interval'] ?? 'intervals over replicates.'}`,
    table: {
      columns: ['network', ...names, ...(usedOf(found) === null ? [] : ['pairs of stimuli'])],
      rows: Object.entries(found.networks).map(([network, byLabel]) => [
        network,
        ...labels.map((label) => intervalCell(own(byLabel, label))),
        ...(usedOf(found) === null ? [] : [overText(found, network)]),
      ]),
    },
  });
}

/** Runs that an earlier version kept do not say it. */
function usedOf(found: Partial<ModelRsaResults>): ModelRsaResults['used'] {
  return found.used ?? null;
}

/** Over how many pairs of stimuli the replicates of a network are compared, of all; null where over all everywhere. */
function overText(found: ModelRsaResults, network: string): string | null {
  const used = own(usedOf(found) ?? {}, network);
  if (used === undefined) return null;
  const [fewest, most] = [Math.min(...used), Math.max(...used)].map((count) => count.toLocaleString('en'));
  return `${fewest === most ? `${fewest}` : `${fewest} to ${most}`} of ${found.stimulusPairs.toLocaleString('en')}`;
}
