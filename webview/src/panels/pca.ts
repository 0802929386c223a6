import { axis, colourBar, plain, plotlyChart, type Picture, type Trace } from '../charts/plotly';
import { checkbox, dropdown } from '../controls';
import { h } from '../dom';
import { Figure } from '../figure';
import { type LabelColumn, stimulusName, valueName } from '../labels';
import { percent } from '../number';
import { colourScale } from '../palettes';
import type { Bench, Panel, ShownReplicate, View } from '../panel';
import type { Choices } from '../choices';
import type { Table } from '../table';
import type { Theme } from '../theme';

const NONE = '(none)';
const symbols2d = ['circle', 'x', 'square', 'triangle-up', 'diamond', 'cross'] as const;
// Those that every font has: WebGL writes them as letters.
const symbols3d = ['circle', 'diamond', 'square', 'circle-open', 'diamond-open', 'square-open'] as const;

/** Principal components of the chosen layer: scores, variances, and what the components have to do with the labels. */
export function pcaPanel(bench: Bench): Panel {
  const dimensions = dropdown('View', (value) => bench.choose({ dimensions: value }));
  const x = dropdown('x', (value) => bench.choose({ x: Number(value) }));
  const y = dropdown('y', (value) => bench.choose({ y: Number(value) }));
  const z = dropdown('z', (value) => bench.choose({ z: Number(value) }));
  const colour = dropdown('Colour', (value) => bench.choose({ colour: value }));
  const symbol = dropdown('Shape', (value) => bench.choose({ symbol: value }));
  const equal = checkbox('Equal axes', (on) => bench.choose({ equalAxes: on }));
  const scores = new Figure('PCA scores', bench);
  const scree = new Figure('Variance of each component', bench);
  const correlation = new Figure('Correlation of components with labels', bench);
  const bar = [dimensions, x, y, z, colour, symbol, equal].map(({ element }) => element);

  const element = h(
    'div',
    {},
    h('div', { class: 'bar' }, ...bar),
    scores.element,
    h('div', { class: 'pair' }, scree.element, correlation.element),
  );

  return {
    id: 'pca',
    title: 'PCA',
    element,
    follows: ['network', 'seed', 'layer', 'checkpoint'],
    needsDetail: 'pca',
    redraw: () => [scores, scree, correlation].forEach((figure) => figure.redraw()),
    update({ shown, choices }: View) {
      element.hidden = shown === null;
      if (shown === null) return;
      const { pca } = shown.layer;
      const components = Array.from({ length: pca.components }, (_, at) => ({
        value: String(at),
        label: `PC${at + 1} (${percent(pca.explainedVarianceRatio[at] ?? 0)})`,
      }));
      const within = (wish: number): number => Math.max(0, Math.min(wish, pca.components - 1));
      const picks = { x: within(choices.x), y: within(choices.y), z: within(choices.z) };
      const flat = choices.dimensions !== '3' || pca.components < 3;
      dimensions.show(
        pca.components < 3
          ? [{ value: '2', label: '2-D' }]
          : [
              { value: '2', label: '2-D' },
              { value: '3', label: '3-D' },
            ],
        flat ? '2' : '3',
      );
      x.show(components, String(picks.x));
      y.show(components, String(picks.y));
      z.show(components, String(picks.z));
      z.element.hidden = flat;
      equal.show(choices.equalAxes);
      const named = shown.columns.map(({ name }) => ({ value: name, label: name }));
      const tasks = shown.columns.filter(({ source }) => source === 'task');
      const discrete = shown.columns.filter((column) => isDiscrete(column));
      const colourBy = pick(shown.columns, choices.colour, tasks[0]);
      const symbolBy = pick(discrete, choices.symbol, tasks[1]);
      colour.show([{ value: NONE, label: 'none' }, ...named], colourBy?.name ?? NONE);
      symbol.show(
        [{ value: NONE, label: 'none' }, ...discrete.map(({ name }) => ({ value: name, label: name }))],
        symbolBy?.name ?? NONE,
      );

      scores.show({
        chart: plotlyChart(flat ? 460 : 520, (theme) =>
          scorePicture(shown, picks, flat, colourBy, symbolBy, choices, theme),
        ),
        description: `${shown.stimuli.count} test stimuli on components ${picks.x + 1} and ${picks.y + 1}, coloured by ${colourBy?.name ?? 'nothing'}.`,
        caption: `${shown.name}. One replicate: components of different seeds do not correspond. Each point is one of ${shown.stimuli.count.toLocaleString('en')} test stimuli; axes in units of activation, centred on the mean.`,
        table: scoreTable(shown),
      });
      scree.show({
        chart: plotlyChart(280, (theme) => screePicture(pca.explainedVarianceRatio, theme)),
        description: `First component ${percent(pca.explainedVarianceRatio[0] ?? 0)}, second ${percent(pca.explainedVarianceRatio[1] ?? 0)}.`,
        caption: 'Share of the layer’s variance over the test stimuli, by component.',
        table: {
          columns: ['component', 'share of variance', 'cumulative'],
          rows: pca.explainedVarianceRatio.map((ratio, at) => [
            `PC${at + 1}`,
            ratio,
            pca.explainedVarianceRatio.slice(0, at + 1).reduce((sum, value) => sum + value, 0),
          ]),
        },
      });
      const table = correlationTable(shown);
      correlation.show({
        chart: plotlyChart(Math.max(220, 90 + 22 * table.rows.length), (theme) =>
          correlationPicture(table, theme),
        ),
        description: 'Labels by components.',
        caption:
          'Pearson correlation of the scores with each label (categorical labels and bit vectors: the multiple correlation, without sign). The signs of components are fixed by rule.',
        table,
      });
    },
  };
}

function isDiscrete({ classes }: LabelColumn): boolean {
  return classes !== null && classes.length <= symbols2d.length;
}

function pick(
  columns: readonly LabelColumn[],
  wish: string,
  otherwise: LabelColumn | undefined,
): LabelColumn | undefined {
  if (wish === NONE) return undefined;
  return (
    columns.find(({ name }) => name === wish) ??
    (otherwise !== undefined && columns.includes(otherwise) ? otherwise : undefined)
  );
}

function component(shown: ShownReplicate, at: number, stimuli: readonly number[]): number[] {
  const { scores, components } = shown.layer.pca;
  return stimuli.map((i) => scores[i * components + at] ?? NaN);
}

function scorePicture(
  shown: ShownReplicate,
  picks: { x: number; y: number; z: number },
  flat: boolean,
  colourBy: LabelColumn | undefined,
  symbolBy: LabelColumn | undefined,
  choices: Choices,
  theme: Theme,
): Picture {
  const groups = new Map<string, { colour: number; symbol: number; stimuli: number[] }>();
  for (let i = 0; i < shown.stimuli.count; i++) {
    const colour = colourBy === undefined || colourBy.classes === null ? 0 : (colourBy.values[i] ?? 0);
    const symbol = symbolBy === undefined ? 0 : (symbolBy.values[i] ?? 0);
    const key = `${colour} ${symbol}`;
    const group = groups.get(key) ?? { colour, symbol, stimuli: [] };
    group.stimuli.push(i);
    groups.set(key, group);
  }
  const sorted = [...groups.values()].sort((a, b) => a.colour - b.colour || a.symbol - b.symbol);
  const real = colourBy !== undefined && colourBy.classes === null;
  const traces = sorted.map((group, at): Trace => {
    const first = group.stimuli[0] ?? 0;
    const parts = [
      ...(colourBy === undefined || real ? [] : [`${colourBy.name}: ${valueName(colourBy, first)}`]),
      ...(symbolBy === undefined || symbolBy === colourBy
        ? []
        : [`${symbolBy.name}: ${valueName(symbolBy, first)}`]),
    ];
    const common = {
      name: plain(parts.join(', ') || 'stimuli'),
      mode: 'markers' as const,
      showlegend: parts.length > 0,
      text: group.stimuli.map((i) => plain(stimulusName(shown.columns, i))),
      x: component(shown, picks.x, group.stimuli),
      y: component(shown, picks.y, group.stimuli),
    };
    const marker = {
      size: flat ? 6 : 4,
      opacity: flat ? 0.75 : 0.85,
      line: { width: 0 },
      ...(real
        ? {
            color: group.stimuli.map((i) => colourBy.values[i] ?? NaN),
            colorscale: colourScale(theme.sequential),
            showscale: at === 0,
            colorbar: colourBar(theme, plain(colourBy.name)),
            ...rangeOf(colourBy.values),
          }
        : { color: theme.categorical[group.colour % theme.categorical.length] ?? theme.foreground }),
    };
    return flat
      ? {
          ...common,
          type: 'scatter',
          hovertemplate: '%{text}<br>%{x:.3f}, %{y:.3f}<extra></extra>',
          marker: { ...marker, symbol: symbols2d[group.symbol % symbols2d.length] ?? 'circle' },
        }
      : {
          ...common,
          type: 'scatter3d',
          z: component(shown, picks.z, group.stimuli),
          hovertemplate: '%{text}<br>%{x:.3f}, %{y:.3f}, %{z:.3f}<extra></extra>',
          marker: { ...marker, symbol: symbols3d[group.symbol % symbols3d.length] ?? 'circle' },
        };
  });
  const name = (at: number): string =>
    `PC${at + 1} (${percent(shown.layer.pca.explainedVarianceRatio[at] ?? 0)} of variance)`;
  if (!flat) {
    const spatial = (at: number) => ({
      title: { text: `PC${at + 1}` },
      color: theme.foreground,
      gridcolor: theme.line,
      zerolinecolor: theme.muted,
      backgroundcolor: theme.background,
    });
    return {
      traces,
      layout: {
        margin: { l: 0, r: 0, t: 12, b: 0 },
        legend: { orientation: 'h', x: 0, y: 1.02, yanchor: 'bottom', itemsizing: 'constant' },
        scene: {
          xaxis: spatial(picks.x),
          yaxis: spatial(picks.y),
          zaxis: spatial(picks.z),
          aspectmode: choices.equalAxes ? 'data' : 'cube',
          dragmode: 'turntable',
          camera: { eye: { x: 1.55, y: 1.55, z: 0.9 }, center: { x: 0, y: 0, z: -0.12 } },
        },
      },
    };
  }
  return {
    traces,
    layout: {
      xaxis: axis(theme, name(picks.x)),
      yaxis: {
        ...axis(theme, name(picks.y)),
        ...(choices.equalAxes ? { scaleanchor: 'x' as const } : {}),
      },
    },
  };
}

function rangeOf(values: Float32Array): { cmin: number; cmax: number } {
  let cmin = Infinity;
  let cmax = -Infinity;
  for (const value of values) {
    cmin = Math.min(cmin, value);
    cmax = Math.max(cmax, value);
  }
  return { cmin, cmax };
}

function screePicture(ratios: readonly number[], theme: Theme): Picture {
  const numbers = ratios.map((_, at) => at + 1);
  const colour = theme.categorical[0] ?? theme.foreground;
  let sum = 0;
  const cumulative = ratios.map((ratio) => (sum += ratio));
  return {
    traces: [
      {
        type: 'scatter',
        mode: 'lines+markers',
        name: 'component',
        x: numbers,
        y: [...ratios],
        marker: { color: colour, size: 7 },
        line: { color: colour },
      },
      {
        type: 'scatter',
        mode: 'lines+markers',
        name: 'cumulative',
        x: numbers,
        y: cumulative,
        marker: { color: theme.muted, size: 5, symbol: 'square-open' },
        line: { color: theme.muted, dash: 'dot' },
      },
    ],
    layout: {
      xaxis: { ...axis(theme, 'Component'), dtick: ratios.length > 12 ? 5 : 1, showgrid: false },
      yaxis: { ...axis(theme, 'Share of variance'), range: [0, 1.03] },
    },
  };
}

function correlationTable(shown: ShownReplicate): Table {
  const { correlation, components } = shown.layer.pca;
  return {
    columns: ['label', ...Array.from({ length: components }, (_, at) => `PC${at + 1}`)],
    rows: Object.entries(correlation).map(([label, values]) => [label, ...values]),
  };
}

function correlationPicture(table: Table, theme: Theme): Picture {
  const labels = table.rows.map(([label]) => (typeof label === 'string' ? label : ''));
  return {
    traces: [
      {
        type: 'heatmap',
        x: table.columns.slice(1),
        y: labels.map((_, at) => at),
        z: table.rows.map((row) => row.slice(1)) as (number | null)[][],
        text: labels.map((label) => table.columns.slice(1).map(() => plain(label))) as unknown as string[],
        hovertemplate: '%{text}, %{x}: r = %{z:.3f}<extra></extra>',
        zmin: -1,
        zmax: 1,
        colorscale: colourScale(theme.diverging),
        colorbar: colourBar(theme, 'Correlation r'),
        hoverongaps: false,
      },
    ],
    layout: {
      plot_bgcolor: theme.undefinedValue,
      xaxis: { ...axis(theme, 'Component'), showgrid: false },
      yaxis: {
        ...axis(theme, ''),
        autorange: 'reversed',
        showgrid: false,
        zeroline: false,
        tickmode: 'array',
        tickvals: labels.map((_, at) => at),
        ticktext: labels.map((label) => plain(label.length > 16 ? `${label.slice(0, 15)}…` : label)),
      },
    },
  };
}

function scoreTable(shown: ShownReplicate): Table {
  const { scores, components } = shown.layer.pca;
  return {
    columns: [
      'stimulus',
      ...shown.columns.map(({ name }) => name),
      ...Array.from({ length: components }, (_, at) => `PC${at + 1}`),
    ],
    rows: Array.from({ length: shown.stimuli.count }, (_, i) => [
      i,
      ...shown.columns.map((column) =>
        column.classes === null ? (column.values[i] ?? null) : valueName(column, i),
      ),
      ...Array.from({ length: components }, (_unused, at) => scores[i * components + at] ?? null),
    ]),
  };
}
