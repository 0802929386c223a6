import { confidenceText } from '../../../src/formats/percent';
import type { ComparedValue, Comparison } from '../../../src/protocol/comparison';
import { visible } from '../../../src/formats/visible';
import { rangeOf } from '../charts/extent';
import { onePanel } from '../charts/one-panel';
import type { Mark, Picture } from '../charts/picture';
import { pictureChart } from '../charts/picture-chart';
import type { FigureContent } from '../figure-content';
import { plural, shown, shownInterval } from '../number';
import { figure, type Panel } from '../panel';
import { byWeight, changesOf, nothingCompared } from './compare-changes';
import type { Table } from '../table';

/** More rows than this are in the table only. */
const pictured = 24;
const ROW = 38;

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
  draw(_, { comparison: all }, { comparedOf, compared }) {
    if (!all) return [{ block: 'changes', changes: nothingCompared }];
    const ofPairs = comparedOf === 'layers';
    const comparison = { ...all, rows: all.rows.filter((row) => isOfPair(row) === ofPairs) };
    return [
      { block: 'changes', changes: changesOf(comparison) },
      figure('Differences between two runs', differencesOf(comparison, compared === 'own')),
    ];
  },
};

/** @param own those beyond seed noise alone */
function differencesOf(comparison: Comparison, own: boolean): FigureContent {
  const sorted = byWeight(comparison.rows);
  const rows = own ? sorted.filter(({ beyondSeeds }) => beyondSeeds === true) : sorted;
  const drawn = rows.filter(({ difference }) => difference !== null).slice(0, pictured);
  const percent = confidenceText(comparison.confidence);
  return {
    chart: drawn.length === 0 ? null : pictureChart(() => picture(drawn)),
    description: `${plural(drawn.length, 'difference')} with intervals, those beyond seed noise first.`,
    caption:
      drawn.length === 0
        ? `No difference ${own ? 'lies beyond seed noise' : 'has a number in both runs'}.`
        : `Here − there: differences of means over replicates, bars: Welch’s ${percent} t-intervals. Filled: beyond seed noise, that is, the interval does not hold 0; these first${rows.length > drawn.length ? `; ${drawn.length} of ${rows.length} are pictured, the table has all` : ''}. Conditional on the stimuli.`,
    table: tableOf(rows, comparison),
  };
}

function isOfPair({ other }: ComparedValue): boolean {
  return other !== undefined;
}

/** In two lines: what, and where. */
function nameOf(row: ComparedValue): string {
  const what = row.other === undefined ? `${row.label}, ${row.title}` : row.title;
  const where = [row.network, layerOf(row)].filter((part) => part !== '').join(', ');
  return [what, where].map(visible).join('\n');
}

/** The layer, or the two that are compared. */
function layerOf({ layer, other }: ComparedValue): string {
  return other === undefined ? layer : `${layer} – ${other}`;
}

function tableOf(rows: readonly ComparedValue[], { name, other }: Comparison): Table {
  return {
    columns: [
      'network',
      'layer',
      'label',
      'measure',
      name,
      other,
      'here − there',
      'replicates',
      'beyond seed noise',
    ],
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

/** A difference in each row, with its interval. */
function picture(rows: readonly ComparedValue[]): Picture {
  const drawn = rows.map((row, at) => ({ ...row, at }));
  const ends = rows.flatMap(({ difference, low, high }) =>
    [difference, low, high].filter((end) => end !== null),
  );
  const marksOf = (clear: boolean): Mark[] => {
    const own = drawn.filter(({ beyondSeeds }) => (beyondSeeds === true) === clear);
    const colour = clear ? ({ classes: 0 } as const) : 'muted';
    const at = own.map((row) => row.at);
    return [
      {
        kind: 'intervals',
        along: 'x',
        at,
        ends: own.map(({ low, high }) => (low === null || high === null ? null : [low, high])),
        colour,
        width: clear ? 2.5 : 1.2,
      },
      {
        kind: 'points',
        x: own.map(({ difference }) => difference ?? NaN),
        y: at,
        colour,
        shape: 'disc',
        radius: 5,
        hollow: !clear,
        says: (point) => saidOf(own[point]),
      },
    ];
  };
  const zero: Mark = {
    kind: 'line',
    name: 'no difference',
    colour: 'foreground',
    width: 1,
    points: [-0.5, rows.length - 0.5].map((y) => ({ x: 0, y })),
  };
  return onePanel([
    {
      // The picture can be higher than the page: its axis is seen first.
      x: { title: 'Difference, here − there', range: rangeOf([0, ...ends]), above: true },
      y: {
        title: '',
        range: [rows.length - 0.5, -0.5],
        names: drawn.map((row) => ({ at: row.at, name: nameOf(row) })),
        wide: true,
      },
      height: ROW * rows.length,
      marks: [zero, ...marksOf(true), ...marksOf(false)],
    },
  ]);
}

function saidOf(row: ComparedValue | undefined): string[] {
  if (row === undefined) return [];
  const { here, there, difference, low, high } = row;
  return [
    ...nameOf(row).split('\n'),
    `${shown(here, true)} here, ${shown(there, true)} there`,
    `difference ${shownInterval({ mean: difference, low, high })}`,
  ];
}
