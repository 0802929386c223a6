import { confidenceText } from '../../../src/formats/percent';
import type { ComparedValue, Comparison } from '../../../src/protocol/comparison';
import type { MeasureInfo, Results } from '../../../src/protocol/results';
import { lettersIn } from '../charts/names';
import { pictureChart } from '../charts/picture-chart';
import type { FigureContent } from '../figure-content';
import { plural } from '../number';
import { figure, type Panel } from '../panel';
import { byWeight, changesOf, nothingCompared } from './compare-changes';
import { meansInAllRuns } from './compare-means';
import { differencePicture, layerOf, networkOf } from './compare-picture';
import { measuresNamed, saysOfAll } from '../says';
import type { Table } from '../table';

/** More rows than this are in the table only. */
const pictured = 24;

const differences = 'Differences between two runs';

type Chosen = {
  comparedWith: string;
  comparedOf: string;
  compared: string;
};

/** Runs beside each other: what changed beyond seed noise. */
export const comparePanel: Panel<Chosen> = {
  id: 'compare',
  title: 'Compare',
  follows: [],
  offered: ({ comparisons }) => comparisons !== undefined,
  choices: {
    comparedWith: {
      initial: '',
      label: 'Compared with',
      changes: (shown) => shown === differences,
      options: (_, { comparisons = [] }) =>
        comparisons.length > 1
          ? comparisons.map(({ other }, at) => ({ value: other, label: other, byDefault: at === 0 }))
          : [],
    },
    comparedOf: {
      initial: 'labels',
      label: 'Differences of',
      options: (_, { comparisons = [] }) =>
        comparisons.length > 0
          ? [
              { value: 'labels', label: 'accuracy and variance explained' },
              ...(comparisons.some(({ rows }) => rows.some(isOfPair))
                ? [{ value: 'layers', label: 'similarity of layers' }]
                : []),
            ]
          : [],
    },
    compared: {
      initial: 'all',
      label: 'Show',
      options: (_, { comparisons = [] }) =>
        comparisons.length > 0
          ? [
              { value: 'all', label: 'all differences' },
              { value: 'own', label: 'beyond seed noise' },
            ]
          : [],
    },
  },
  actions: [
    { label: 'Choose runs…', hint: 'Choose runs… to compare with', command: 'compare' },
    {
      label: 'Pair networks…',
      hint: 'Pair networks… of different names',
      command: 'pairNetworks',
      offered: (_, { comparisons = [] }) => comparisons.length > 0,
    },
  ],
  draw(_, { comparisons = [], results }, { comparedWith, comparedOf, compared }) {
    const ofPairs = comparedOf === 'layers';
    const all = comparisons.map((one) => ({
      ...one,
      rows: one.rows.filter((row) => isOfPair(row) === ofPairs),
    }));
    const comparison = all.find(({ other }) => other === comparedWith) ?? all.at(0);
    if (!comparison) return [{ block: 'changes', changes: nothingCompared }];
    const own = compared === 'own';
    return [
      { block: 'changes', changes: changesOf(comparison) },
      figure(differences, differencesOf(comparison, own, results)),
      ...(all.length > 1 ? [figure('Means in all runs', meansInAllRuns(all, own, results))] : []),
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
      const { label, title, here, there, difference, low, high, n, beyondSeeds } = row;
      return [
        ...[networkOf(row), layerOf(row), label, title, here, there],
        { mean: difference, low, high },
        n.join(', '),
        beyondSeeds === null ? 'unknown' : beyondSeeds ? 'yes' : 'no',
      ];
    }),
  };
}
