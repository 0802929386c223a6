import { onePanel } from '../charts/one-panel';
import type { Picture, Plot, Sight } from '../charts/picture';
import { pictureChart } from '../charts/picture-chart';
import { marks } from '../../../src/formats/marks';
import { spatialChart } from '../charts/plotly';
import type { Chart } from '../charts/chart';
import { scatterChart } from '../charts/scatter';
import { stripsChart } from '../charts/strips';
import { button, checkbox, dropdown, setPressed } from '../controls';
import { h } from '../dom';
import { Figure } from '../figure';
import { type LabelColumn, stimulusName, valueName } from '../labels';
import { percent } from '../number';
import type { Bench, Panel, ShownReplicate, View } from '../panel';
import { hazardsAt } from './hazard-places';
import { measuresNamed } from '../says';
import { showCorrelations } from './pca-correlations';
import { scorePicture } from './pca-3d';
import { legendOf } from './pca-legend';
import { axisName, type Frame, frameOf, looksOf, scoreScatter } from './pca-scores';
import { otherLayer } from './silent-layer';
import { selectedOf } from '../selection';
import type { Table } from '../table';

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
    update({ results, shown, choices, capabilities }: View) {
      element.hidden = shown === null;
      if (shown === null) return;
      const { pca, missing } = shown.layer;
      const reason = missing['pca'];
      for (const part of [...bar, tools]) part.hidden = reason !== undefined;
      if (reason !== undefined) {
        for (const figure of [scores, scree, correlation])
          figure.showReason(`${shown.name}. ${reason} ${otherLayer}`);
        return;
      }
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
      for (const part of [x, y, symbol, equal, dimensions]) part.element.hidden = pca.components === 1;
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
      tools.hidden = !flat || pca.components === 1;
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

      const looks = looksOf(shown, colourBy, symbolBy);
      const legend = legendOf(colourBy, symbolBy);
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

      const single = pca.components === 1;
      const drawn = { shown, frame, picks, looks, legend, colourBy, choices, selected };
      scores.show({
        of: shown.name,
        chart: single
          ? oneComponent(shown, frame, colourBy, selected)
          : flat
            ? scatterChart(
                scoreScatter(drawn),
                {
                  drag: drags.find(({ value }) => value === choices.drag)?.as ?? 'lasso',
                  sight,
                  clicked: toggle,
                  enclosed: (points) => bench.choose({ selected: points }),
                },
                (width) => Math.min(460, Math.max(300, 0.72 * width)),
              )
            : spatialChart(
                520,
                (theme) => scorePicture(drawn, of, theme),
                (stimulus) => {
                  if (typeof stimulus === 'number') toggle(stimulus);
                },
              ),
        description: `${shown.stimuli.count} test stimuli on components ${picks.x + 1} and ${picks.y + 1}, coloured by ${colourBy?.name ?? 'nothing'}.`,
        caption: `${shown.name}. One replicate: components of different seeds do not correspond. Each point is one of ${shown.stimuli.count.toLocaleString('en')} test stimuli; axes in units of activation, centred on the ${frame.fixed && !shown.newest ? 'final mean' : 'mean'}.${frame.about}${single ? ' The layer has one component only: its scores by class, spread within it for reading only; line: the mean.' : flat ? ' Drag or click to select stimuli; the list above selects by condition.' : ''}`,
        table: scoreTable(shown, frame),
        hazards: shown.newest
          ? hazardsAt(results.hazards, 'pca', { network: choices.network, layer: shown.layer.name })
          : [],
      });
      scree.show({
        of: shown.name,
        chart: pictureChart(() => screePicture(pca.explainedVarianceRatio)),
        description: `First component ${percent(pca.explainedVarianceRatio[0] ?? 0)}, second ${percent(pca.explainedVarianceRatio[1] ?? 0)}.`,
        caption: 'Share of the layer’s variance over the test stimuli, by component of this checkpoint.',
        says: measuresNamed(results, 'explainedVarianceRatio'),
        table: {
          columns: ['component', 'share of variance', 'cumulative'],
          rows: pca.explainedVarianceRatio.map((ratio, at) => [
            `PC${at + 1}`,
            ratio,
            pca.explainedVarianceRatio.slice(0, at + 1).reduce((sum, value) => sum + value, 0),
          ]),
        },
      });
      showCorrelations(correlation, shown, measuresNamed(results, 'pcaCorrelation'));
    },
  };
}

/** With one component there is no plane: a strip for each class of the label that colours. */
function oneComponent(
  shown: ShownReplicate,
  frame: Frame,
  colourBy: LabelColumn | undefined,
  selected: readonly number[],
): Chart {
  const classes = colourBy?.classes ?? null;
  const of =
    classes === null ? new Uint16Array(shown.stimuli.count) : Uint16Array.from(colourBy?.values ?? []);
  const names =
    classes === null ? ['all stimuli'] : classes.map((name) => `${colourBy?.name ?? ''}: ${name}`);
  const groups = names.map((name, group) => {
    const own = frame.scores.filter((_, i) => of[i] === group);
    return { name, mean: own.reduce((sum, score) => sum + score, 0) / own.length };
  });
  return stripsChart({
    groups,
    values: frame.scores,
    of,
    selected,
    nameOf: (i) => stimulusName(shown.columns, i),
    title: axisName(shown, frame, 0),
  });
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

function screePicture(ratios: readonly number[]): Picture {
  let sum = 0;
  const step = ratios.length > 12 ? 5 : 1;
  const numbers = ratios.map((_, place) => place + 1).filter((number) => number % step === 0);
  const at = (place: number, y: number) => ({ x: place + 1, y, note: `PC${place + 1}` });
  const own = { colour: { classes: 0 }, shape: 'disc' } as const;
  const cumulative = { colour: 'muted', shape: 'square' } as const;
  const plot: Plot = {
    x: {
      title: 'Component',
      range: [0.5, ratios.length + 0.5],
      ticks: numbers.map((number) => ({ at: number, name: String(number) })),
    },
    y: { title: 'Share of variance', range: [0, 1.03] },
    height: 206,
    marks: [
      {
        kind: 'line',
        name: 'component',
        ...own,
        width: 2,
        points: ratios.map((ratio, place) => at(place, ratio)),
      },
      {
        kind: 'line',
        name: 'cumulative',
        ...cumulative,
        width: 2,
        dash: [2, 3],
        points: ratios.map((ratio, place) => at(place, (sum += ratio))),
      },
    ],
  };
  const entries = [
    { name: 'component', ...own },
    { name: 'cumulative', ...cumulative },
  ];
  return onePanel([plot], { legend: [{ entries }] });
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
