import type { ComparedValue, Comparison } from '../../../src/protocol/comparison';
import { axis, plain, plotlyChart, type Picture } from '../charts/plotly';
import { button, dropdown } from '../controls';
import { h } from '../dom';
import { Figure } from '../figure';
import { plural } from '../number';
import type { Bench, Panel } from '../panel';
import type { Table } from '../table';
import type { Theme } from '../theme';

const measures = { accuracy: 'accuracy', varianceExplained: 'variance explained' };
/** More rows than this are in the table only. */
const pictured = 24;

/** Two runs: what changed beyond seed noise. */
export function comparePanel(bench: Bench): Panel {
  const choose = button('Choose a run…', () => bench.command('compare'), 'Choose a run… to compare with');
  const which = dropdown('Show', (value) => bench.choose({ compared: value }));
  const said = h('p', { attributes: { 'aria-live': 'polite' } });
  const only = h('p', { class: 'caption' });
  const figure = new Figure('Differences between two runs', bench);
  return {
    id: 'compare',
    title: 'Compare',
    element: h('div', {}, h('div', { class: 'bar' }, choose, which.element), said, only, figure.element),
    follows: [],
    needsDetail: false,
    offered: ({ comparison }) => comparison !== undefined,
    redraw: () => figure.redraw(),
    update({ comparison, choices }) {
      figure.element.hidden = comparison === undefined || comparison === null;
      which.element.hidden = figure.element.hidden;
      only.textContent = '';
      if (comparison === undefined || comparison === null) {
        said.textContent = 'No run was chosen to compare with.';
        return;
      }
      const own = choices.compared === 'own';
      which.show(
        [
          { value: 'all', label: 'all differences' },
          { value: 'own', label: 'beyond seed noise' },
        ],
        own ? 'own' : 'all',
      );
      const clear = comparison.rows.filter(({ beyondSeeds }) => beyondSeeds === true);
      const unknown = comparison.rows.filter(({ beyondSeeds }) => beyondSeeds === null).length;
      said.textContent =
        `${comparison.name}, compared with ${comparison.other}: ${plural(clear.length, 'difference')} of ${comparison.rows.length} beyond seed noise.` +
        (unknown > 0 ? ` ${unknown} without an interval: fewer than two replicates on one side.` : '');
      only.textContent = [
        ...(comparison.onlyHere.length > 0 ? [`Only here: ${comparison.onlyHere.join(', ')}.`] : []),
        ...(comparison.onlyThere.length > 0 ? [`Only there: ${comparison.onlyThere.join(', ')}.`] : []),
      ].join(' ');
      const rows = own ? clear : comparison.rows;
      const drawn = rows.filter(({ difference }) => difference !== null).slice(0, pictured);
      const percent = `${(comparison.confidence * 100).toLocaleString('en')} %`;
      figure.show({
        chart:
          drawn.length === 0
            ? null
            : plotlyChart(110 + 22 * drawn.length, (theme, width) => picture(drawn, theme, width)),
        description: `${plural(drawn.length, 'difference')} with intervals, the most certain first.`,
        caption:
          `Here − there: differences of means over replicates, bars: Welch’s ${percent} t-intervals. The most certain first${rows.length > drawn.length ? `; ${drawn.length} of ${rows.length} are pictured, the table has all` : ''}. ` +
          `Filled: the interval does not hold 0. Intervals are not corrected for their number: of 100 differences without cause about ${Math.round(100 * (1 - comparison.confidence))} look like one. Conditional on the stimuli.`,
        table: tableOf(rows, comparison),
      });
    },
  };
}

function nameOf({ network, measure, layer, label }: ComparedValue): string {
  return [network, layer, label, measures[measure]].filter((part) => part !== '').join(' · ');
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
    rows: rows.map(
      ({ network, layer, label, measure, here, there, difference, low, high, n, beyondSeeds }) => [
        network,
        layer,
        label,
        measures[measure],
        here,
        there,
        { mean: difference, low, high },
        n.join(', '),
        beyondSeeds === null ? 'unknown' : beyondSeeds ? 'yes' : 'no',
      ],
    ),
  };
}

function picture(rows: readonly ComparedValue[], theme: Theme, width: number): Picture {
  const letters = width < 560 ? 22 : 52;
  const colour = theme.categorical[0] ?? theme.foreground;
  const names = rows.map(nameOf);
  return {
    traces: [
      {
        type: 'scatter',
        mode: 'markers',
        showlegend: false,
        x: rows.map(({ difference }) => difference),
        y: rows.map((_, at) => at),
        text: names.map(plain),
        hovertemplate: '%{text}: %{x:.3f}<extra></extra>',
        error_x: {
          type: 'data',
          symmetric: false,
          array: rows.map(({ difference, high }) => (high ?? difference ?? 0) - (difference ?? 0)),
          arrayminus: rows.map(({ difference, low }) => (difference ?? 0) - (low ?? difference ?? 0)),
          color: colour,
          thickness: 1.5,
          width: 3,
        },
        marker: {
          size: 9,
          color: colour,
          symbol: rows.map(({ beyondSeeds }) => (beyondSeeds === true ? 'circle' : 'circle-open')),
        },
      },
    ],
    layout: {
      xaxis: { ...axis(theme, 'Difference, here − there'), zeroline: true, zerolinecolor: theme.foreground },
      yaxis: {
        ...axis(theme, ''),
        autorange: 'reversed',
        zeroline: false,
        showgrid: false,
        tickmode: 'array',
        tickvals: rows.map((_, at) => at),
        ticktext: names.map((name) => plain(name.length > letters ? `${name.slice(0, letters - 1)}…` : name)),
      },
    },
  };
}
