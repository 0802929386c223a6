import { confidenceText } from '../../../src/formats/percent';
import type { ComparedValue, Comparison } from '../../../src/protocol/comparison';
import type { MeasureInfo, Results } from '../../../src/protocol/results';
import { lettersIn } from '../charts/names';
import { pictureChart } from '../charts/picture-chart';
import type { FigureContent } from '../figure-content';
import { plural } from '../number';
import { figure, type Panel } from '../panel';
import { byWeight, changesOf, nothingCompared } from './compare-changes';
import { differencePicture, layerOf } from './compare-picture';
import { measuresNamed, saysOfAll } from '../says';
import type { Table } from '../table';

/** More rows than this are in the table only. */
const pictured = 24;

type Chosen = {
  comparedOf: string;
  compared: string;
};

/** Two runs: what changed beyond seed noise. */
export const comparePanel: Panel<Chosen> = {
  id: 'compare',
  title: 'Compare',
  follows: [],
  offered: ({ comparison }) => comparison !== undefined,
  choices: {
    comparedOf: {
      initial: 'labels',
      label: 'Differences of',
      options: (_, { comparison }) =>
        comparison
          ? [
              { value: 'labels', label: 'accuracy and variance explained' },
              ...(comparison.rows.some(isOfPair) ? [{ value: 'layers', label: 'similarity of layers' }] : []),
            ]
          : [],
    },
    compared: {
      initial: 'all',
      label: 'Show',
      options: (_, { comparison }) =>
        comparison
          ? [
              { value: 'all', label: 'all differences' },
              { value: 'own', label: 'beyond seed noise' },
            ]
          : [],
    },
  },
  actions: [{ label: 'Choose a run…', hint: 'Choose a run… to compare with', command: 'compare' }],
  draw(_, { comparison: all, results }, { comparedOf, compared }) {
    if (!all) return [{ block: 'changes', changes: nothingCompared }];
    const ofPairs = comparedOf === 'layers';
    const comparison = { ...all, rows: all.rows.filter((row) => isOfPair(row) === ofPairs) };
    return [
      { block: 'changes', changes: changesOf(comparison) },
      figure('Differences between two runs', differencesOf(comparison, compared === 'own', results)),
    ];
  },
};

/** @param own those beyond seed noise alone */
function differencesOf(comparison: Comparison, own: boolean, results: Results): FigureContent {
  const sorted = byWeight(comparison.rows);
  const rows = own ? sorted.filter(({ beyondSeeds }) => beyondSeeds === true) : sorted;
  const drawn = rows.filter(({ difference }) => difference !== null).slice(0, pictured);
  const percent = confidenceText(comparison.confidence);
  const says = measuresNamed(results, ...new Set(rows.map(({ measure }) => measure)));
  return {
    chart:
      drawn.length === 0
        ? null
        : pictureChart((page, whole) => differencePicture(drawn, whole ? Infinity : lettersIn(page, true))),
    description: `${plural(drawn.length, 'difference')} with intervals, those beyond seed noise first.`,
    caption:
      drawn.length === 0
        ? `No difference ${own ? 'lies beyond seed noise' : 'has a number in both runs'}.`
        : `Here − there: differences of means over replicates, bars: Welch’s ${percent} t-intervals. Filled: beyond seed noise, that is, the interval does not hold 0; these first${rows.length > drawn.length ? `; ${drawn.length} of ${rows.length} are pictured, the table has all` : ''}. Conditional on the stimuli.`,
    table: tableOf(rows, comparison, says),
    says,
  };
}

function isOfPair({ other }: ComparedValue): boolean {
  return other !== undefined;
}

function tableOf(
  rows: readonly ComparedValue[],
  { name, other }: Comparison,
  measures: readonly MeasureInfo[],
): Table {
  const numbers = [name, other, 'here − there'];
  const says = saysOfAll(measures);
  return {
    columns: ['network', 'layer', 'label', 'measure', ...numbers, 'replicates', 'beyond seed noise'],
    says: Object.fromEntries(['measure', ...numbers].map((column) => [column, says])),
    rows: rows.map((row) => {
      const { network, label, title, here, there, difference, low, high, n, beyondSeeds } = row;
      return [
        ...[network, layerOf(row), label, title, here, there],
        { mean: difference, low, high },
        n.join(', '),
        beyondSeeds === null ? 'unknown' : beyondSeeds ? 'yes' : 'no',
      ];
    }),
  };
}
