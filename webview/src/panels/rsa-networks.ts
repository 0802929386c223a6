import { comparedOver, fewUnits, pairsOf, whyUndefined } from '../../../src/formats/compared-over';
import { comparisonNames, layerWords } from '../../../src/protocol/measure-names';
import type { Results, RsaResults } from '../../../src/protocol/results';
import { heatmapChart } from '../charts/heatmap';
import type { Heatmap } from '../charts/heatmap-picture';
import type { Figure } from '../figure';
import { doubts, plural, shown } from '../number';
import { type Cell, groupCell } from '../cell';
import { hazardsAt } from './hazard-places';
import { nameOf } from './rsa-names';

/**
 * Similarities of all replicates of all networks, and their means over pairs of networks, in the same colours.
 *
 * @param reach how far from 0 these go: the same at every checkpoint
 */
export function showSimilarity(
  matrix: Figure,
  groups: Figure,
  entry: RsaResults | undefined,
  layer: string,
  results: Results,
  reach: number,
): void {
  matrix.element.hidden = entry === undefined;
  groups.element.hidden = entry === undefined;
  if (entry === undefined) return;
  const nothing = whyNothing(entry, results);
  if (nothing !== null) {
    for (const figure of [matrix, groups])
      figure.showReason(`${layerWords(entry.layer)}: ${nameOf(entry)}. ${nothing}`);
    return;
  }
  const other =
    entry.layer === layer
      ? ''
      : ` Networks were compared at ${layerWords(entry.layer)}; there is no comparison at ${layer}.`;
  // The results may come seed by seed: here the replicates of a network stand together.
  const names = entry.labels.map((label) => label.slice(0, label.lastIndexOf('/')));
  const order = [...new Set(names)].flatMap((name) =>
    names.flatMap((other, at) => (other === name ? [at] : [])),
  );
  const networks = order.map((at) => names[at] ?? '');
  const labels = order.map((at) => entry.labels[at] ?? '');
  const values = order.map((row) => order.map((column) => entry.matrix[row]?.[column] ?? null));
  const starts = networks.flatMap((name, at) => (name === networks[at - 1] ? [] : [at]));
  const blocks = starts.map((start, at) => ({
    at: (start + (starts[at + 1] ?? networks.length) - 1) / 2,
    name: networks[start] ?? '',
  }));
  const seeds = labels.map((label, at) => ({ at, name: label.slice(label.lastIndexOf('/') + 1) }));
  const map: Heatmap = {
    values,
    range: [-reach, reach],
    diverging: true,
    measure: `${comparisonNames[entry.comparison]} correlation of RDMs`,
    xTitle: '',
    xTicks: seeds,
    yTicks: seeds,
    blocks,
    pair: (row, column) => {
      const names = `${labels[row] ?? ''} – ${labels[column] ?? ''}`;
      return `${names}${countText(entry, order[row] ?? 0, order[column] ?? 0)}`;
    },
    borders: starts.slice(1),
    square: true,
  };
  matrix.show({
    chart: heatmapChart(map),
    description: `${plural(entry.labels.length, 'replicate')} by replicates, grouped by network.`,
    caption: `${layerWords(entry.layer)}: ${nameOf(entry)}. All replicates on the same test stimuli; numbers: seeds.${betweenText(entry)} ${coloursText(reach)}${fewerText(entry, results)}${other}`,
    table: {
      columns: ['replicate', ...labels],
      rows: order.map((row, at) => [
        labels[at] ?? '',
        ...order.map((column) => similarityCell(entry, row, column)),
      ]),
    },
  });
  const { metric, comparison, over } = entry;
  const ofFinal = results.rsa.includes(entry);
  groups.show({
    hazards: ofFinal
      ? hazardsAt(results.hazards, 'similarity', { layer: entry.layer, metric, comparison, over })
      : [],
    chart: heatmapChart(groupMap(entry, [...new Set(networks)], map)),
    description: entry.groups.map(({ a, b, mean }) => `${a} with ${b} ${shown(mean)}`).join(', '),
    caption: `${layerWords(entry.layer)}: means over pairs of replicates. ${coloursText(reach)} In the table: ${results.definitions['rsaInterval'] ?? 'intervals over replicates.'}`,
    table: {
      columns: ['network', 'with', 'similarity', 'pairs'],
      rows: entry.groups.map((group) => [group.a, group.b, groupCell(group), group.pairs]),
    },
  });
}

/** One similarity, over how many pairs of stimuli where not over all. */
function similarityCell(entry: RsaResults, row: number, column: number): Cell {
  const mean = entry.matrix[row]?.[column] ?? null;
  const over = comparedOver(entry, row, column);
  return over.used === over.of ? mean : { mean, n: over.used, of: over.of };
}

/** Why there is no similarity of any two replicates, and what would work; null where there is one. */
function whyNothing(entry: RsaResults, { networks }: Results): string | null {
  if (entry.matrix.some((row) => row.some((value) => value !== null))) return null;
  const units = fewUnits(networks, entry);
  return `No similarity is defined: ${whyUndefined(entry, 0, entry.labels.length - 1)}.${units === '' ? '' : ` ${units}`}`;
}

/** Over how many pairs of stimuli, where not over all; and why there is no value. */
function countText(entry: RsaResults, row: number, column: number): string {
  const over = comparedOver(entry, row, column);
  if (entry.matrix[row]?.[column] === null) return `: ${whyUndefined(entry, row, column)}`;
  if (over.used === over.of) return '';
  return `, over ${over.used.toLocaleString('en')} of ${over.of.toLocaleString('en')} ${pairsOf(entry.over)}`;
}

/** What of a picture is over fewer stimuli, or of too few units. */
function fewerText(entry: RsaResults, { networks }: Results): string {
  const units = fewUnits(networks, entry);
  const { used } = entry;
  return [
    ...(used === null
      ? []
      : [
          ` Over the ${pairsOf(entry.over)} with a distance in both RDMs, ${Math.min(...used.map((row) => Math.min(...row))).toLocaleString('en')} to ${entry.stimulusPairs.toLocaleString('en')}; hatched over half of them or fewer.`,
        ]),
    ...(units === '' ? [] : [` ${units}`]),
  ].join('');
}

/** Networks × networks, in the colours of `like`. */
function groupMap({ groups, comparison }: RsaResults, networks: readonly string[], like: Heatmap): Heatmap {
  const of = (row: number, column: number) =>
    groups.find(
      ({ a, b }) =>
        (a === networks[row] && b === networks[column]) || (b === networks[row] && a === networks[column]),
    );
  const ticks = networks.map((name, at) => ({ at, name }));
  return {
    values: networks.map((_, row) => networks.map((_other, column) => of(row, column)?.mean ?? null)),
    range: like.range,
    diverging: true,
    measure: `Mean ${comparisonNames[comparison]} correlation`,
    xTitle: '',
    xTicks: ticks,
    yTicks: ticks,
    pair: (row, column) => {
      const group = of(row, column);
      const said = group === undefined ? [] : doubts(groupCell(group));
      return [
        `${networks[row] ?? ''} – ${networks[column] ?? ''}, ${plural(group?.pairs ?? 0, 'pair')}`,
        ...said,
      ].join(' ');
    },
    borders: [],
    square: true,
    written: true,
  };
}

/** The true range of what one looks for: similarities of different replicates. */
function betweenText(entry: RsaResults): string {
  const values = between(entry);
  return values.length === 0
    ? ''
    : ` Between different replicates: ${shown(Math.min(...values), true)} to ${shown(Math.max(...values), true)}.`;
}

function coloursText(reach: number): string {
  return reach === 1
    ? 'Colours: −1 to 1.'
    : `Colours: −${reach} to ${reach}, the largest between different replicates at the final checkpoint; what lies beyond, as the diagonal (1) does, has the colour of the end.`;
}

/** The largest similarity, without sign, of two different replicates, rounded up to two decimals; 1 where it comes close to that. */
export function largestBetween(entry: RsaResults): number {
  const largest = Math.max(0, ...between(entry).map(Math.abs));
  return largest > 0 && largest < 0.95 ? Math.ceil(100 * largest) / 100 : 1;
}

function between({ matrix }: RsaResults): number[] {
  return matrix.flatMap((row, i) => row.slice(0, i).filter((value) => value !== null));
}
