import { confidenceText } from '../../../src/formats/percent';
import type { ComparedValue, Comparison } from '../../../src/protocol/comparison';
import { visible } from '../../../src/formats/visible';
import { rangeOf } from '../charts/extent';
import { onePanel } from '../charts/one-panel';
import type { Mark, Picture } from '../charts/picture';
import { pictureChart } from '../charts/picture-chart';
import { button, dropdown } from '../controls';
import { h } from '../dom';
import { Figure } from '../figure';
import { plural, shown, shownInterval } from '../number';
import type { Bench, Panel } from '../panel';
import { byWeight, showChanges } from './compare-changes';
import type { Table } from '../table';

/** More rows than this are in the table only. */
const pictured = 24;
const ROW = 38;

/** Two runs: what changed beyond seed noise. */
export function comparePanel(bench: Bench): Panel {
  const choose = button('Choose a run…', () => bench.command('compare'), 'Choose a run… to compare with');
  const which = dropdown('Show', (value) => bench.choose({ compared: value }));
  const kind = dropdown('Differences of', (value) => bench.choose({ comparedOf: value }));
  const said = h('div', { attributes: { 'aria-live': 'polite' } });
  const figure = new Figure('Differences between two runs', bench);
  return {
    id: 'compare',
    title: 'Compare',
    element: h(
      'div',
      {},
      h('div', { class: 'bar' }, choose, kind.element, which.element),
      said,
      figure.element,
    ),
    follows: [],
    needsDetail: false,
    offered: ({ comparison }) => comparison !== undefined,
    redraw: () => figure.redraw(),
    update({ comparison: all, choices }) {
      figure.element.hidden = all === undefined || all === null;
      which.element.hidden = kind.element.hidden = figure.element.hidden;
      if (all === undefined || all === null) {
        said.replaceChildren(
          h('p', { class: 'finding' }, 'No run was chosen to compare with.'),
          h(
            'p',
            { class: 'caption' },
            'Compare this run with one of another file, or with an earlier one of this file, before an edit: what differs beyond what seeds make differ.',
          ),
        );
        return;
      }
      const ofPairs = choices.comparedOf === 'layers' && all.rows.some(({ other }) => other !== undefined);
      const comparison = {
        ...all,
        rows: all.rows.filter(({ other }) => (other !== undefined) === ofPairs),
      };
      kind.show(
        [
          { value: 'labels', label: 'accuracy and variance explained' },
          ...(all.rows.some(({ other }) => other !== undefined)
            ? [{ value: 'layers', label: 'similarity of layers' }]
            : []),
        ],
        ofPairs ? 'layers' : 'labels',
      );
      const own = choices.compared === 'own';
      which.show(
        [
          { value: 'all', label: 'all differences' },
          { value: 'own', label: 'beyond seed noise' },
        ],
        own ? 'own' : 'all',
      );
      showChanges(said, comparison);
      const sorted = byWeight(comparison.rows);
      const clear = sorted.filter(({ beyondSeeds }) => beyondSeeds === true);
      const rows = own ? clear : sorted;
      const drawn = rows.filter(({ difference }) => difference !== null).slice(0, pictured);
      const percent = confidenceText(comparison.confidence);
      figure.show({
        chart: drawn.length === 0 ? null : pictureChart(() => picture(drawn)),
        description: `${plural(drawn.length, 'difference')} with intervals, those beyond seed noise first.`,
        caption:
          drawn.length === 0
            ? `No difference ${own ? 'lies beyond seed noise' : 'has a number in both runs'}.`
            : `Here − there: differences of means over replicates, bars: Welch’s ${percent} t-intervals. Filled: beyond seed noise, that is, the interval does not hold 0; these first${rows.length > drawn.length ? `; ${drawn.length} of ${rows.length} are pictured, the table has all` : ''}. Conditional on the stimuli.`,
        table: tableOf(rows, comparison),
      });
    },
  };
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
