import { findingsOf } from '../../../src/analysis/findings';
import { replicateLabel } from '../../../src/core/replicate';
import { onePanel } from '../charts/one-panel';
import type { Picture, Plot } from '../charts/picture';
import { pictureChart } from '../charts/picture-chart';
import { spatialChart } from '../charts/plotly';
import type { Chart } from '../charts/chart';
import { scatterChart } from '../charts/scatter';
import { stripsChart } from '../charts/strips';
import type { Results } from '../../../src/protocol/results';
import { rdmsAlone } from '../../../src/protocol/recorded';
import type { FigureContent } from '../figure-content';
import { type LabelColumn, selectedOf, stimulusKey, stimulusName, valueName } from '../labels';
import { percent } from '../number';
import {
  type Answers,
  figure,
  type Hands,
  type Option,
  type Panel,
  type View,
  withoutPicture,
} from '../panel';
import { unitsOfComponents } from './few-units';
import { hazardsAt } from './hazard-places';
import { measuresNamed } from '../says';
import {
  noReplicate,
  replicateIn,
  replicateQueries,
  type ShownReplicate,
  unitOf,
  unitQuery,
} from './one-replicate';
import { correlationsOf } from './pca-correlations';
import { scorePicture } from './pca-3d';
import { isDiscrete, labelOptions, NONE, taskColumns } from './pca-choices';
import { legendOf } from './pca-legend';
import { axisName, type Frame, frameOf, looksOf, scoreScatter } from './pca-scores';
import { otherLayer } from './silent-layer';
import type { Table } from '../table';

const SCORES = 'PCA scores';
const ofScores = (name: string): boolean => name === SCORES;
/** Colour by the activation of the chosen unit. */
export const UNIT = '(unit)';

type Chosen = {
  dimensions: string;
  x: number;
  y: number;
  z: number;
  colour: string;
  symbol: string;
  equalAxes: boolean;
  ownComponents: boolean;
  drag: string;
  unit: number;
};

const dragging = [
  { value: 'lasso', as: 'lasso', label: 'Lasso', hint: 'Lasso: dragging selects stimuli' },
  { value: 'select', as: 'box', label: 'Box', hint: 'Box: dragging selects stimuli' },
  {
    value: 'pan',
    as: 'move',
    label: 'Move',
    hint: 'Move: dragging moves the picture, the wheel zooms, a double click resets',
  },
] as const;

const onOff = [
  { value: true, label: 'on' },
  { value: false, label: 'off' },
];

/** Principal components of the chosen layer: scores, variances, and what the components have to do with the labels. */
export const pcaPanel: Panel<Chosen> = {
  id: 'pca',
  title: 'PCA',
  follows: ['replicate', 'layer', 'checkpoint'],
  ofReplicate: true,
  offered: ({ results }) => !rdmsAlone(results),
  choices: {
    dimensions: {
      initial: '2',
      label: 'View',
      changes: ofScores,
      options: (answers, view) => {
        const count = componentsIn(answers, view);
        if (count < 2) return [];
        return [{ value: '2', label: '2-D' }, ...(count < 3 ? [] : [{ value: '3', label: '3-D' }])];
      },
    },
    x: { initial: 0, label: 'x', changes: ofScores, options: (...at) => axes(0, ...at) },
    y: { initial: 1, label: 'y', changes: ofScores, options: (...at) => axes(1, ...at) },
    z: {
      initial: 2,
      label: 'z',
      changes: ofScores,
      options: (...at) => (isFlat(...at) ? [] : axes(2, ...at)),
    },
    colour: {
      initial: '',
      label: 'Colour',
      changes: ofScores,
      options: (answers, view, { unit }) => {
        const shown = drawable(answers, view);
        if (shown === null) return [];
        const offersUnit = view.capabilities.units === true;
        return [
          { value: NONE, label: 'none' },
          ...labelOptions(shown.columns, taskColumns(shown.columns)[0]),
          ...(offersUnit ? [{ value: UNIT, label: `activation of unit ${unitOf(shown, unit)}` }] : []),
        ];
      },
    },
    symbol: {
      initial: '',
      label: 'Shape',
      changes: ofScores,
      options: (answers, view) => {
        const shown = drawable(answers, view);
        if (shown === null || shown.layer.pca.components === 1) return [];
        const discrete = shown.columns.filter(isDiscrete);
        return [{ value: NONE, label: 'none' }, ...labelOptions(discrete, taskColumns(shown.columns)[1])];
      },
    },
    equalAxes: {
      initial: true,
      label: 'Equal axes',
      changes: ofScores,
      options: (answers, view) => (componentsIn(answers, view) < 2 ? [] : onOff),
    },
    ownComponents: {
      initial: false,
      label: 'Own PCs',
      changes: ofScores,
      hint: 'Each checkpoint on its own components, and not on those of the final one',
      options: (answers, view) =>
        view.capabilities.checkpoints && drawable(answers, view)?.layer.pca.axes !== undefined ? onOff : [],
    },
    drag: {
      initial: 'lasso',
      label: 'Dragging',
      changes: ofScores,
      as: 'buttons',
      options: (answers, view, c) =>
        componentsIn(answers, view) > 1 && isFlat(answers, view, c) ? dragging : [],
    },
    unit: { initial: -1 },
  },
  wants(answers, view, { colour, unit }) {
    const shown = colour === UNIT ? replicateIn(answers, view, 'pca') : null;
    return [
      ...replicateQueries(view, 'pca'),
      ...(shown === null || view.capabilities.units !== true ? [] : [unitQuery(shown, unitOf(shown, unit))]),
    ];
  },
  draw(answers, view, c, hands) {
    const shown = replicateIn(answers, view, 'pca');
    if (shown === null) return [{ block: 'note', text: noReplicate(view) }];
    const reason = shown.layer.missing['pca'];
    const mend = shown.layer.units === 0 ? '' : ` ${otherLayer}`;
    const missing = withoutPicture(`${shown.name}. ${reason ?? ''}${mend}`);
    const of = (content: () => FigureContent): FigureContent => (reason === undefined ? content() : missing);
    return [
      figure(
        SCORES,
        of(() => scoresOf(answers, view, c, shown, hands)),
      ),
      {
        block: 'row',
        as: 'pair',
        of: [
          figure(
            'Variance of each component',
            of(() => screeOf(shown, view.results)),
          ),
          figure(
            'Correlation of components with labels',
            of(() => correlationsOf(shown, measuresNamed(view.results, 'pcaCorrelation'))),
          ),
        ],
      },
    ];
  },
};

/** The replicate where its layer has components. */
function drawable(answers: Answers, view: View): ShownReplicate | null {
  const shown = replicateIn(answers, view, 'pca');
  return shown === null || shown.layer.missing['pca'] !== undefined ? null : shown;
}

function componentsIn(answers: Answers, view: View): number {
  return drawable(answers, view)?.layer.pca.components ?? 0;
}

/** Whether two dimensions are drawn. */
function isFlat(answers: Answers, view: View, { dimensions }: Chosen): boolean {
  return dimensions !== '3' || componentsIn(answers, view) < 3;
}

/** The components, of which one lies along an axis. */
function axes(byDefault: number, answers: Answers, view: View, { ownComponents }: Chosen): Option<number>[] {
  const shown = drawable(answers, view);
  if (shown === null || shown.layer.pca.components === 1) return [];
  const { components } = shown.layer.pca;
  const { share } = frameOf(shown, ownComponents);
  return Array.from({ length: components }, (_, at) => ({
    value: at,
    label: `PC${at + 1} · ${percent(share[at] ?? 0)}`,
    byDefault: at === Math.min(byDefault, components - 1),
  }));
}

function scoresOf(
  answers: Answers,
  view: View,
  c: Chosen,
  shown: ShownReplicate,
  { choose, sight }: Hands,
): FigureContent {
  const { pca } = shown.layer;
  const single = pca.components === 1;
  const flat = isFlat(answers, view, c);
  const frame = frameOf(shown, c.ownComponents);
  const picks = single ? { x: 0, y: 0, z: 0 } : { x: c.x, y: c.y, z: c.z };
  const colourBy = c.colour === UNIT ? unitColumn(answers, shown, c) : named(shown.columns, c.colour);
  const symbolBy = single ? taskColumns(shown.columns)[1] : named(shown.columns, c.symbol);
  const selected = selectedOf(view.selected, shown.stimuli.count);
  const looks = looksOf(shown, colourBy, symbolBy);
  const legend = legendOf(colourBy, symbolBy);
  const drawn = { shown, frame, picks, looks, legend, colourBy, equal: c.equalAxes, selected };
  const toggle = (stimulus: number): void => {
    const others = selected.filter((item) => item !== stimulus);
    choose({ selected: others.length < selected.length ? others : [...selected, stimulus] });
  };
  // Who looks at other axes, or at other representations, begins anew.
  const of = [
    replicateLabel(view.replicate),
    shown.layer.name,
    picks.x,
    picks.y,
    ...(flat ? [] : [picks.z]),
    c.equalAxes,
  ].join();
  const plane = (): Chart =>
    scatterChart(
      scoreScatter(drawn),
      {
        drag: dragging.find(({ value }) => value === c.drag)?.as ?? 'lasso',
        sight: sight(of),
        clicked: toggle,
        enclosed: (points) => choose({ selected: points }),
      },
      (width) => Math.min(460, Math.max(300, 0.72 * width)),
    );
  const space = (): Chart =>
    spatialChart(
      520,
      (theme) => scorePicture(drawn, of, theme),
      (stimulus) => {
        if (typeof stimulus === 'number') toggle(stimulus);
      },
    );
  return {
    of: shown.name,
    chart: single ? oneComponent(shown, frame, colourBy, selected) : flat ? plane() : space(),
    description: `${shown.stimuli.count} test stimuli on components ${picks.x + 1} and ${picks.y + 1}, coloured by ${colourBy?.name ?? 'nothing'}.`,
    caption: `${shown.name}. One replicate: components of different seeds do not correspond. Each point is one of ${shown.stimuli.count.toLocaleString('en')} test stimuli; axes in units of activation, centred on the ${frame.fixed && !shown.newest ? 'final mean' : 'mean'}.${frame.about}${single ? ' The layer has one component only: its scores by class, spread within it for reading only; line: the mean.' : flat ? ' Drag or click to select stimuli; the list above selects by condition.' : ''}${shown.newest ? unitsOfComponents(findingsOf(view.results), view.replicate.source, shown.layer.name) : ''}`,
    table: scoreTable(shown, frame),
    hazards: shown.newest
      ? hazardsAt(view.results.hazards, 'pca', { network: view.replicate.source, layer: shown.layer.name })
      : [],
  };
}

/** The activation of the chosen unit; a task where that is not at hand. */
function unitColumn(answers: Answers, shown: ShownReplicate, c: Chosen): LabelColumn | undefined {
  const unit = unitOf(shown, c.unit);
  const values = answers.of(unitQuery(shown, unit));
  return values === undefined
    ? taskColumns(shown.columns)[0]
    : { name: `activation of unit ${unit}`, source: 'unit', classes: null, values };
}

function screeOf({ name, layer: { pca } }: ShownReplicate, results: Results): FigureContent {
  const ratios = pca.explainedVarianceRatio;
  return {
    of: name,
    chart: pictureChart(() => screePicture(ratios)),
    description: `First component ${percent(ratios[0] ?? 0)}, second ${percent(ratios[1] ?? 0)}.`,
    caption: 'Share of the layer’s variance over the test stimuli, by component of this checkpoint.',
    says: measuresNamed(results, 'explainedVarianceRatio'),
    table: {
      columns: ['component', 'share of variance', 'cumulative'],
      rows: ratios.map((ratio, at) => [
        `PC${at + 1}`,
        ratio,
        ratios.slice(0, at + 1).reduce((sum, value) => sum + value, 0),
      ]),
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
    nameOf: (i) => stimulusName(shown.stimuli, i),
    title: axisName(shown, frame, 0),
  });
}

function named(columns: readonly LabelColumn[], name: string): LabelColumn | undefined {
  return columns.find((column) => column.name === name);
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
      stimulusKey(shown.stimuli, i),
      ...shown.columns.map((column) =>
        column.classes === null ? (column.values[i] ?? null) : valueName(column, i),
      ),
      ...Array.from({ length: components }, (_unused, at) => scores[i * components + at] ?? null),
    ]),
  };
}
