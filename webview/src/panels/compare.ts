import { confidenceText } from '../../../src/formats/percent';
import type { ComparedValue, Comparison } from '../../../src/protocol/comparison';
import { axis, plain, plotlyChart, type Picture, type Trace } from '../charts/plotly';
import { shortNames } from '../../../src/formats/short-names';
import { button, dropdown } from '../controls';
import { h } from '../dom';
import { Figure } from '../figure';
import { plural, shown } from '../number';
import type { Bench, Panel } from '../panel';
import { byWeight, showChanges } from './compare-changes';
import type { Table } from '../table';
import type { Theme } from '../theme';

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
        chart:
          drawn.length === 0
            ? null
            : plotlyChart(90 + ROW * drawn.length, (theme, width, whole) =>
                picture(drawn, theme, width, whole),
              ),
        description: `${plural(drawn.length, 'difference')} with intervals, those beyond seed noise first.`,
        caption:
          `Here − there: differences of means over replicates, bars: Welch’s ${percent} t-intervals. Filled: beyond seed noise, that is, the interval does not hold 0; these first${rows.length > drawn.length ? `; ${drawn.length} of ${rows.length} are pictured, the table has all` : ''}. ` +
          'Conditional on the stimuli.',
        table: tableOf(rows, comparison),
      });
    },
  };
}

/** In two lines each: what, and where. */
function namesOf(rows: readonly ComparedValue[], letters: number): string[] {
  const what = shortNames(
    rows.map(({ label, title, other }) => (other === undefined ? `${label}, ${title}` : title)),
    letters,
  );
  const where = shortNames(
    rows.map((row) => [row.network, layerOf(row)].filter((part) => part !== '').join(', ')),
    letters,
  );
  return rows.map((_, at) => [what[at] ?? '', where[at] ?? ''].map(plain).join('<br>'));
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

function picture(rows: readonly ComparedValue[], theme: Theme, width: number, whole: boolean): Picture {
  const letters = width < 400 ? 20 : width < 560 ? 26 : 48;
  const full = namesOf(rows, Infinity);
  const names = whole ? full : namesOf(rows, letters);
  const longest = Math.max(0, ...full.flatMap((name) => name.split('<br>').map((line) => line.length)));
  const accent = theme.categorical[0] ?? theme.foreground;
  const colours = rows.map(({ beyondSeeds }) => (beyondSeeds === true ? accent : theme.muted));
  return {
    ...(whole && longest > letters ? { width: width + 7 * (longest - letters) } : {}),
    traces: rows.map(({ difference, low, high, here, there, beyondSeeds }, at): Trace => ({
      type: 'scatter',
      mode: 'markers',
      showlegend: false,
      x: [difference],
      y: [at],
      text: [full[at] ?? ''],
      hovertemplate: `%{text}<br>${shown(here, true)} here, ${shown(there, true)} there<br>difference %{x:.3f}<extra></extra>`,
      error_x: {
        type: 'data',
        symmetric: false,
        array: [(high ?? difference ?? 0) - (difference ?? 0)],
        arrayminus: [(difference ?? 0) - (low ?? difference ?? 0)],
        color: colours[at] ?? accent,
        thickness: beyondSeeds === true ? 2.5 : 1.2,
        width: 4,
      },
      marker: {
        size: 10,
        color: colours[at] ?? accent,
        symbol: beyondSeeds === true ? 'circle' : 'circle-open',
      },
    })),
    layout: {
      margin: { l: 56, r: 24, t: 52, b: 12 },
      xaxis: {
        ...axis(theme, width < 400 ? 'Here − there' : 'Difference, here − there'),
        zeroline: true,
        zerolinecolor: theme.foreground,
        // The picture can be higher than the page: its axis is seen first.
        side: 'top' as const,
      },
      yaxis: {
        ...axis(theme, ''),
        range: [rows.length - 0.5, -0.5],
        zeroline: false,
        showgrid: false,
        tickmode: 'array',
        tickvals: rows.map((_, at) => at),
        ticktext: names,
      },
    },
  };
}
