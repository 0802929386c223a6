import { intervalWords } from '../interval-words';
import { aboveNull } from '../../../src/protocol/above-null';
import { comparedOver, fewUnits, pairsOf, whyUndefined } from '../../../src/formats/compared-over';
import { bestPair, comparisonNames, layerWords } from '../../../src/protocol/measure-names';
import { capital } from '../../../src/formats/in-sentence';
import { labelledReplicate } from '../../../src/core/replicate';
import { groupOf, isRsa } from '../../../src/protocol/pair-results';
import type { Hazard, MeasureInfo, PairGroup, PairResults, Results } from '../../../src/protocol/results';
import { type Heatmap, heatmapChart } from '../charts/heatmap';
import type { FigureContent } from '../figure-content';
import { doubts, noValue, plural, shown } from '../number';
import { type Cell, groupCell } from '../cell';
import { withoutPicture } from '../panel';
import { saysText } from '../says';
import { hazardsAt } from './hazard-places';
import { dotsText, isByChance, nullText, type Shown } from './similarity-null';
import {
  betweenText,
  directionText,
  nameOf,
  numberWord,
  type PairColours,
  scaleTitle,
  withoutLayer,
} from './similarity-words';
import { replicateNumber, titleOfLabel } from '../replicate-name';

/** Replicates compared with each other, and what is said of it. */
interface Compared {
  entry: PairResults;
  info: MeasureInfo;
  results: Results;
  colours: PairColours;
}

/**
 * Numbers of all replicates of all networks, and their means over pairs of networks, in the same colours.
 *
 * @param colours the same at every checkpoint
 */
export function similarityOf(
  { entry, info }: Shown,
  layer: string,
  results: Results,
  colours: PairColours,
): { matrix: FigureContent; groups: FigureContent } {
  const nothing = whyNothing(entry, results);
  if (nothing !== null) {
    const why = withoutPicture(`${layerWords(entry.layer)}: ${nameOf(entry, info, results)}. ${nothing}`);
    return { matrix: why, groups: why };
  }
  const compared = { entry, info, results, colours };
  return { matrix: matrixOf(compared, layer), groups: groupsOf(compared) };
}

function matrixOf({ entry, info, results, colours }: Compared, layer: string): FigureContent {
  const other =
    entry.layer === layer || entry.layer === bestPair
      ? ''
      : ` Networks were compared at ${layerWords(entry.layer)}; there is no comparison at ${layer}.`;
  // The results may come seed by seed: here the replicates of a network stand together.
  const names = networksOf(entry);
  const order = [...new Set(names)].flatMap((name) => names.flatMap((one, at) => (one === name ? [at] : [])));
  const networks = order.map((at) => names[at] ?? '');
  const labels = order.map((at) => titleOfLabel(results, entry.labels[at] ?? ''));
  const starts = networks.flatMap((name, at) => (name === networks[at - 1] ? [] : [at]));
  const blocks = starts.map((start, at) => ({
    at: (start + (starts[at + 1] ?? networks.length) - 1) / 2,
    name: networks[start] ?? '',
  }));
  return {
    title: `${capital(numberWord(info))} of networks`,
    chart: heatmapChart({
      values: order.map((row) => order.map((column) => entry.matrix[row]?.[column] ?? null)),
      ...colours,
      measure: scaleTitle(entry, info),
      columns: {
        names: order.map((at) => replicateNumber(results, labelledReplicate(entry.labels[at] ?? ''))),
        blocks,
        borders: starts.slice(1),
      },
      pair: (row, column) =>
        `${labels[row] ?? ''} – ${labels[column] ?? ''}${countText(entry, order[row] ?? 0, order[column] ?? 0)}${nullText(entry, order[row] ?? 0, order[column] ?? 0)}`,
      why: (row, column) => noValue(`${capital(whyUndefined(entry, order[row] ?? 0, order[column] ?? 0))}.`),
      ...(entry.null === undefined
        ? {}
        : {
            dotted: (row: number, column: number) => isByChance(entry, order[row] ?? 0, order[column] ?? 0),
          }),
    }),
    description: `${plural(entry.labels.length, 'replicate')} by replicates, grouped by network.`,
    caption: `${headOf(entry)}: ${nameOf(entry, info, results)}. ${directionText(info)} All replicates on the same test stimuli; numbers: ${numbersOf(results)}.${withoutLayer(results.networks, entry.layer)}${betweenText(entry)} ${colours.text}${dotsText(entry, 'no more alike')}${fewerText(entry, results)}${other}`,
    table: {
      columns: ['replicate', ...labels],
      says: Object.fromEntries(labels.map((label) => [label, saysText(info)])),
      rows: order.map((row, at) => [
        labels[at] ?? '',
        ...order.map((column) => pairCell(entry, row, column)),
      ]),
    },
  };
}

function groupsOf(compared: Compared): FigureContent {
  const { entry, info, results, colours } = compared;
  const networks = [...new Set(networksOf(entry))];
  // One number is no picture.
  const isDrawn = networks.length > 1;
  return {
    title: `Mean ${numberWord(info)} of pairs of networks`,
    hazards: hazardsOf(entry, results),
    chart: isDrawn ? heatmapChart(groupMap(compared, networks)) : null,
    description: entry.groups.map(({ a, b, mean }) => `${a} with ${b} ${shown(mean)}`).join(', '),
    caption: `${headOf(entry)}: means over pairs of replicates.${withoutLayer(results.networks, entry.layer)} ${directionText(info)}${isDrawn ? ` ${colours.text}${dotsText(entry, 'fewer than half of the pairs are more alike')}` : ''} In the table: ${intervalWords(results, 'rsaInterval', 'intervals over replicates')}`,
    table: {
      columns: [
        ...['network', 'with', numberWord(info), 'pairs'],
        ...(entry.null === undefined ? [] : ['above shuffled']),
      ],
      says: { [numberWord(info)]: saysText(info) },
      rows: entry.groups.map((group) => {
        const found = aboveNull(entry, group);
        const own = [group.a, group.b, groupCell(group), group.pairs];
        return found === null ? own : [...own, `${found.above} of ${found.of}`];
      }),
    },
  };
}

/** What the replicates beside the picture are called by. */
function numbersOf({ networks }: Results): string {
  const kinds = new Set(networks.map(({ recorded }) => (recorded === true ? 'replicates' : 'seeds')));
  return [...kinds].sort().reverse().join(' or ');
}

/** Where it is compared, as a caption begins. */
function headOf({ layer }: PairResults): string {
  return layer === bestPair ? capital(layerWords(layer)) : layerWords(layer);
}

/** Of what is shown; those of RSA are not of other measures. */
function hazardsOf(entry: PairResults, { hazards, rsa, pairs }: Results): Hazard[] {
  if (![...rsa, ...pairs].some(({ labels, measure }) => labels === entry.labels && measure === entry.measure))
    return [];
  const { layer } = entry;
  const { metric, comparison, over } = isRsa(entry) ? entry : { metric: '', comparison: '', over: '' };
  return hazardsAt(hazards, 'similarity', { layer, metric, comparison, over, measure: entry.measure });
}

function networksOf({ labels }: PairResults): string[] {
  return labels.map((label) => labelledReplicate(label).source);
}

/** One number, over how many pairs of stimuli where not over all. */
function pairCell(entry: PairResults, row: number, column: number): Cell {
  const mean = entry.matrix[row]?.[column] ?? null;
  if (!isRsa(entry)) return mean;
  const over = comparedOver(entry, row, column);
  return over.used === over.of ? mean : { mean, n: over.used, of: over.of };
}

/** Why there is no number of any two replicates, and what would work; null where there is one. */
function whyNothing(entry: PairResults, { networks }: Results): string | null {
  if (entry.matrix.some((row) => row.some((value) => value !== null))) return null;
  const units = isRsa(entry) ? fewUnits(networks, entry) : '';
  return `No similarity is defined: ${whyUndefined(entry, 0, entry.labels.length - 1)}.${units === '' ? '' : ` ${units}`}`;
}

/** Over how many pairs of stimuli, where not over all. */
function countText(entry: PairResults, row: number, column: number): string {
  if (!isRsa(entry) || entry.matrix[row]?.[column] === null) return '';
  const over = comparedOver(entry, row, column);
  if (over.used === over.of) return '';
  return `, over ${over.used.toLocaleString('en')} of ${over.of.toLocaleString('en')} ${pairsOf(entry.over)}`;
}

/** What of a picture is over fewer stimuli, or of too few units. */
function fewerText(entry: PairResults, { networks }: Results): string {
  if (!isRsa(entry)) return '';
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

/** Networks × networks. */
function groupMap({ entry, info, colours }: Compared, networks: readonly string[]): Heatmap {
  const of = (row: number, column: number): PairGroup | undefined =>
    groupOf(entry, networks[row] ?? '', networks[column] ?? '');
  return {
    values: networks.map((_, row) => networks.map((_other, column) => of(row, column)?.mean ?? null)),
    ...colours,
    measure: isRsa(entry) ? `Mean ${comparisonNames[entry.comparison]} correlation` : scaleTitle(entry, info),
    columns: { names: networks },
    pair: (row, column) => {
      const group = of(row, column);
      const said = group === undefined ? [] : doubts(groupCell(group));
      const found = group === undefined ? null : aboveNull(entry, group);
      return [
        `${networks[row] ?? ''} – ${networks[column] ?? ''}, ${plural(group?.pairs ?? 0, 'pair')}${found === null ? '' : `, ${found.above} of ${found.of} more alike than shuffled`}`,
        ...said,
      ].join(' ');
    },
    ...(entry.null === undefined
      ? {}
      : {
          dotted: (row: number, column: number) => {
            const group = of(row, column);
            const found = group === undefined ? null : aboveNull(entry, group);
            return found !== null && found.of > 0 && 2 * found.above < found.of;
          },
        }),
    written: true,
  };
}
