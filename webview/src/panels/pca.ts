import { opaque } from '../charts/colours';
import { type Line, linesChart, type LinesPicture } from '../charts/lines';
import { markAt, marks } from '../../../src/formats/marks';
import { colourBar, plain, plotlyChart, type Picture, symbols3d, type Trace } from '../charts/plotly';
import { type Scatter, scatterChart, type Sight } from '../charts/scatter';
import { button, checkbox, dropdown, setPressed } from '../controls';
import { h } from '../dom';
import { Figure } from '../figure';
import { type LabelColumn, stimulusName, valueName } from '../labels';
import { percent } from '../number';
import { colourScale } from '../palettes';
import type { Bench, Panel, ShownReplicate, View } from '../panel';
import type { Choices } from '../choices';
import { showCorrelations } from './pca-correlations';
import { legendOf, type Look } from './pca-legend';
import { selectedOf } from '../selection';
import type { Table } from '../table';
import type { Theme } from '../theme';

const NONE = '(none)';
/** Colour by the activation of the chosen unit. */
export const UNIT = '(unit)';

/** Principal components of the chosen layer: scores, variances, and what the components have to do with the labels. */
export function pcaPanel(bench: Bench): Panel {
  const dimensions = dropdown('View', (value) => bench.choose({ dimensions: value }));
  const x = dropdown('x', (value) => bench.choose({ x: Number(value) }));
  const y = dropdown('y', (value) => bench.choose({ y: Number(value) }));
  const z = dropdown('z', (value) => bench.choose({ z: Number(value) }));
  const colour = dropdown('Colour', (value) => bench.choose({ colour: value }));
  const symbol = dropdown('Shape', (value) => bench.choose({ symbol: value }));
  const equal = checkbox('Equal axes', (on) => bench.choose({ equalAxes: on }));
  const own = checkbox(
    'Own PCs',
    (on) => bench.choose({ ownComponents: on }),
    'Each checkpoint on its own components, and not on those of the final one',
  );
  const drags = [
    {
      value: 'lasso',
      as: 'lasso',
      tool: button('Lasso', () => bench.choose({ drag: 'lasso' }), 'Lasso: dragging selects stimuli'),
    },
    {
      value: 'select',
      as: 'box',
      tool: button('Box', () => bench.choose({ drag: 'select' }), 'Box: dragging selects stimuli'),
    },
    {
      value: 'pan',
      as: 'move',
      tool: button(
        'Move',
        () => bench.choose({ drag: 'pan' }),
        'Move: dragging moves the picture, the wheel zooms, a double click resets',
      ),
    },
  ] as const;
  let sight: Sight = { of: '' };
  const tools = h('div', { class: 'steps', attributes: { role: 'group', 'aria-label': 'Dragging' } });
  tools.append(...drags.map(({ tool }) => tool));
  const scores = new Figure('PCA scores', bench);
  const scree = new Figure('Variance of each component', bench);
  const correlation = new Figure('Correlation of components with labels', bench);
  const bar = [dimensions, x, y, z, colour, symbol, equal, own].map(({ element }) => element);

  const element = h(
    'div',
    {},
    h('div', { class: 'bar' }, ...bar, tools),
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
    update({ shown, choices, capabilities }: View) {
      element.hidden = shown === null;
      if (shown === null) return;
      const { pca } = shown.layer;
      const frame = frameOf(shown, choices.ownComponents);
      own.show(choices.ownComponents);
      own.element.hidden = pca.axes === undefined || !capabilities.checkpoints;
      const components = Array.from({ length: pca.components }, (_, at) => ({
        value: String(at),
        label: `PC${at + 1} · ${percent(frame.share[at] ?? 0)}`,
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
      const { unit } = shown;
      const unitColumn: LabelColumn[] =
        unit === undefined
          ? []
          : [{ name: `activation of unit ${unit.at}`, source: 'unit', classes: null, values: unit.values }];
      const colourBy =
        choices.colour === UNIT && unitColumn[0] !== undefined
          ? unitColumn[0]
          : pick(shown.columns, choices.colour, tasks[0]);
      const offersUnit = capabilities.units === true;
      const selected = selectedOf(choices.selected, shown.stimuli.count);
      tools.hidden = !flat;
      for (const { value, tool } of drags) setPressed(tool, value === choices.drag);
      const symbolBy = pick(discrete, choices.symbol, tasks[1]);
      colour.show(
        [
          { value: NONE, label: 'none' },
          ...named,
          ...(offersUnit ? [{ value: UNIT, label: `activation of unit ${shown.unitAt}` }] : []),
        ],
        colourBy?.source === 'unit' ? UNIT : (colourBy?.name ?? NONE),
      );
      symbol.show(
        [{ value: NONE, label: 'none' }, ...discrete.map(({ name }) => ({ value: name, label: name }))],
        symbolBy?.name ?? NONE,
      );

      const groups = groupsOf(shown, colourBy, symbolBy);
      const looks = legendOf(colourBy, symbolBy);
      const toggle = (stimulus: number): void => {
        const others = selected.filter((item) => item !== stimulus);
        bench.choose({ selected: others.length < selected.length ? others : [...selected, stimulus] });
      };
      // Who looks at other axes, or at other representations, begins anew.
      const of = [
        choices.network,
        choices.seed,
        shown.layer.name,
        picks.x,
        picks.y,
        ...(flat ? [] : [picks.z]),
        choices.equalAxes,
      ].join();
      if (sight.of !== of) sight = { of };

      scores.show({
        chart: flat
          ? scatterChart(
              scoreScatter(shown, frame, picks, groups, looks, colourBy, choices, selected),
              {
                drag: drags.find(({ value }) => value === choices.drag)?.as ?? 'lasso',
                sight,
                clicked: toggle,
                enclosed: (points) => bench.choose({ selected: points }),
              },
              (width) => Math.min(460, Math.max(300, 0.72 * width)),
            )
          : plotlyChart(
              520,
              (theme) =>
                scorePicture(shown, frame, picks, groups, looks, colourBy, choices, selected, of, theme),
              {
                clicked: ({ customdata }) => {
                  if (typeof customdata === 'number') toggle(customdata);
                },
              },
            ),
        description: `${shown.stimuli.count} test stimuli on components ${picks.x + 1} and ${picks.y + 1}, coloured by ${colourBy?.name ?? 'nothing'}.`,
        caption: `${shown.name}. One replicate: components of different seeds do not correspond. Each point is one of ${shown.stimuli.count.toLocaleString('en')} test stimuli; axes in units of activation, centred on the ${frame.fixed && !shown.newest ? 'final mean' : 'mean'}.${frame.about}${flat ? ' Drag or click to select stimuli; the list above selects by condition.' : ''}`,
        table: scoreTable(shown, frame),
      });
      scree.show({
        chart: linesChart(280, (theme) => screePicture(pca.explainedVarianceRatio, theme)),
        description: `First component ${percent(pca.explainedVarianceRatio[0] ?? 0)}, second ${percent(pca.explainedVarianceRatio[1] ?? 0)}.`,
        caption: 'Share of the layer’s variance over the test stimuli, by component of this checkpoint.',
        table: {
          columns: ['component', 'share of variance', 'cumulative'],
          rows: pca.explainedVarianceRatio.map((ratio, at) => [
            `PC${at + 1}`,
            ratio,
            pca.explainedVarianceRatio.slice(0, at + 1).reduce((sum, value) => sum + value, 0),
          ]),
        },
      });
      showCorrelations(correlation, shown);
    },
  };
}

function isDiscrete({ classes }: LabelColumn): boolean {
  return classes !== null && classes.length <= marks.length;
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

/** The components that points are drawn on. */
interface Frame {
  scores: Float32Array;
  /** Of the variance of this checkpoint that each takes. */
  share: readonly number[];
  /** The final components, with the same axes at every checkpoint. */
  fixed: { low: number[]; high: number[] } | null;
  about: string;
}

function frameOf({ layer: { pca }, newest }: ShownReplicate, own: boolean): Frame {
  const { projected } = pca;
  if (own || (projected === undefined && !newest))
    return { scores: pca.scores, share: pca.explainedVarianceRatio, fixed: null, about: '' };
  const fixed = pca.axes ?? null;
  if (projected === undefined)
    return { scores: pca.scores, share: pca.explainedVarianceRatio, fixed, about: '' };
  return {
    ...projected,
    fixed,
    about:
      ' On the components of the final checkpoint, with the same axes at every checkpoint; percentages: share of this checkpoint’s variance.',
  };
}

function component(
  { scores }: Frame,
  { components }: ShownReplicate['layer']['pca'],
  at: number,
  stimuli: readonly number[],
): number[] {
  return stimuli.map((i) => scores[i * components + at] ?? NaN);
}

/** Stimuli that look alike. */
interface Group {
  colour: number;
  mark: number;
  points: number[];
}

function groupsOf(
  { stimuli }: ShownReplicate,
  colourBy: LabelColumn | undefined,
  symbolBy: LabelColumn | undefined,
): Group[] {
  const classOf = (column: LabelColumn | undefined, i: number): number =>
    column === undefined || column.classes === null ? 0 : (column.values[i] ?? 0);
  const groups = new Map<string, Group>();
  for (let i = 0; i < stimuli.count; i++) {
    const [colour, mark] = [classOf(colourBy, i), classOf(symbolBy, i)];
    const key = `${colour} ${mark}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { colour, mark, points: [i] });
    else known.points.push(i);
  }
  return [...groups.values()].sort((a, b) => a.colour - b.colour || a.mark - b.mark);
}

interface Picks {
  x: number;
  y: number;
  z: number;
}

function axisName({ newest }: ShownReplicate, { fixed, share }: Frame, at: number): string {
  return `${fixed !== null && !newest ? 'Final ' : ''}PC${at + 1} (${percent(share[at] ?? 0)} of variance)`;
}

/** Where the axis of a component reaches, where that is the same at every checkpoint. */
function rangeOf({ fixed }: Frame, at: number): [number, number] | undefined {
  const [low, high] = [fixed?.low[at], fixed?.high[at]];
  if (low === undefined || high === undefined) return undefined;
  const margin = 0.05 * (high - low || 1);
  return [low - margin, high + margin];
}

function scoreScatter(
  shown: ShownReplicate,
  frame: Frame,
  { x, y }: Picks,
  groups: Group[],
  looks: Look[],
  colourBy: LabelColumn | undefined,
  { equalAxes }: Choices,
  selected: readonly number[],
): Scatter {
  const all = Array.from({ length: shown.stimuli.count }, (_, i) => i);
  const [xRange, yRange] = [rangeOf(frame, x), rangeOf(frame, y)];
  return {
    x: component(frame, shown.layer.pca, x, all),
    y: component(frame, shown.layer.pca, y, all),
    xTitle: axisName(shown, frame, x),
    yTitle: axisName(shown, frame, y),
    ...(xRange === undefined ? {} : { xRange }),
    ...(yRange === undefined ? {} : { yRange }),
    equal: equalAxes,
    groups,
    legend: looks,
    ...(colourBy !== undefined && colourBy.classes === null
      ? { measure: { title: colourBy.name, values: colourBy.values } }
      : {}),
    selected,
    nameOf: (i) => stimulusName(shown.columns, i),
  };
}

/** In three dimensions. */
function scorePicture(
  shown: ShownReplicate,
  frame: Frame,
  picks: Picks,
  groups: readonly Group[],
  looks: readonly Look[],
  colourBy: LabelColumn | undefined,
  choices: Choices,
  selected: readonly number[],
  of: string,
  theme: Theme,
): Picture {
  const { pca } = shown.layer;
  const real = colourBy !== undefined && colourBy.classes === null;
  const placed = (stimuli: readonly number[]) => ({
    text: stimuli.map((i) => plain(stimulusName(shown.columns, i))),
    customdata: [...stimuli],
    x: component(frame, pca, picks.x, stimuli),
    y: component(frame, pca, picks.y, stimuli),
    z: component(frame, pca, picks.z, stimuli),
  });
  const colourOf = (at: number): string =>
    theme.categorical[at % theme.categorical.length] ?? theme.foreground;
  const symbolOf = (at: number): string => symbols3d[markAt(at)];
  // Entries of the legend hold no points.
  const legend = looks.map(({ name, colour, mark }): Trace => ({
    type: 'scatter3d',
    mode: 'markers',
    name: plain(name),
    x: [null],
    y: [null],
    z: [null],
    hoverinfo: 'skip',
    showlegend: true,
    marker: { size: 5, color: colour === null ? theme.muted : colourOf(colour), symbol: symbolOf(mark) },
  }));
  const traces = groups.map(({ colour, mark, points }, at): Trace => ({
    ...placed(points),
    type: 'scatter3d',
    mode: 'markers',
    name: 'stimuli',
    showlegend: false,
    hovertemplate: '%{text}<br>%{x:.3f}, %{y:.3f}, %{z:.3f}<extra></extra>',
    marker: {
      size: 2.5,
      opacity: 0.85,
      line: { width: 0 },
      symbol: symbolOf(mark),
      ...(real
        ? {
            color: points.map((i) => colourBy.values[i] ?? NaN),
            colorscale: colourScale(theme.sequential),
            showscale: at === 0,
            colorbar: colourBar(theme, plain(colourBy.name)),
            ...limitsOf(colourBy.values),
          }
        : { color: colourOf(colour) }),
    },
  }));
  const ring: Trace[] =
    selected.length === 0
      ? []
      : [
          {
            ...placed(selected),
            type: 'scatter3d',
            mode: 'markers',
            name: 'selected',
            hovertemplate: '%{text}<extra></extra>',
            marker: { size: 8, color: theme.foreground, symbol: 'circle-open' },
          },
        ];
  const grid = opaque(theme.line, theme.background);
  const spatial = (at: number) => {
    const range = rangeOf(frame, at);
    return {
      title: { text: axisName(shown, frame, at) },
      color: theme.foreground,
      gridcolor: grid,
      zerolinecolor: theme.muted,
      backgroundcolor: theme.background,
      ...(range === undefined ? {} : { range }),
    };
  };
  return {
    traces: [...legend, ...traces, ...ring],
    layout: {
      margin: { l: 0, r: 0, t: 12, b: 0 },
      legend: {
        orientation: 'h',
        x: 0,
        y: 1.02,
        yanchor: 'bottom',
        itemsizing: 'constant',
        itemclick: false,
        itemdoubleclick: false,
      },
      scene: {
        // How the user has turned it stays, as long as it shows the same.
        uirevision: of,
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

function limitsOf(values: Float32Array): { cmin: number; cmax: number } {
  let cmin = Infinity;
  let cmax = -Infinity;
  for (const value of values) {
    cmin = Math.min(cmin, value);
    cmax = Math.max(cmax, value);
  }
  return { cmin, cmax };
}

function screePicture(ratios: readonly number[], theme: Theme): LinesPicture {
  const colour = theme.categorical[0] ?? theme.foreground;
  let sum = 0;
  const step = ratios.length > 12 ? 5 : 1;
  const at = (place: number, y: number) => ({ x: place + 1, y, note: `PC${place + 1}` });
  const own: Line = {
    name: 'component',
    colour,
    mark: 'disc',
    width: 2,
    points: ratios.map((ratio, place) => at(place, ratio)),
  };
  const cumulative: Line = {
    name: 'cumulative',
    colour: theme.muted,
    mark: 'square',
    width: 2,
    dash: [2, 3],
    points: ratios.map((ratio, place) => at(place, (sum += ratio))),
  };
  return {
    x: {
      title: 'Component',
      range: [0.5, ratios.length + 0.5],
      ticks: ratios.map((_, place) => place + 1).filter((number) => number % step === 0),
    },
    panes: [{ y: { title: 'Share of variance', range: [0, 1.03] }, share: 1, lines: [own, cumulative] }],
    legend: [
      { name: 'component', colour, mark: 'disc' },
      { name: 'cumulative', colour: theme.muted, mark: 'square' },
    ],
  };
}

function scoreTable(shown: ShownReplicate, { scores }: Frame): Table {
  const { components } = shown.layer.pca;
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
