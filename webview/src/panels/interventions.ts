import { type Findings, findingsOf } from '../../../src/analysis/findings';
import { changeMeasures, doseNames, rangeNames } from '../../../src/protocol/change-words';
import type { Interval, NetworkResults, Results } from '../../../src/protocol/results';
import { intervalCell } from '../cell';
import type {
  Intervals,
  LegendEntry,
  Line,
  Mark,
  Panel as Small,
  Picture,
  Plot,
  Range,
} from '../charts/picture';
import { pictureChart } from '../charts/picture-chart';
import type { FigureContent } from '../figure-content';
import { NO_VALUE, shown } from '../number';
import { figure, type Panel, type View } from '../panel';
import { measuresNamed } from '../says';
import { hazardsAt } from './hazard-places';

type Changed = NetworkResults & Required<Pick<NetworkResults, 'changed'>>;

/** What becomes of answers when a network is changed, and of pictures when its function is not. */
export const interventionsPanel: Panel = {
  id: 'interventions',
  title: 'Interventions',
  follows: [],
  choices: {},
  offered: ({ results }) => changedOf(results).length > 0,
  draw(_, { results }: View) {
    const findings = findingsOf(results);
    const dosed = changedOf(results).filter(({ name }) => dosesOf(findings, name).length > 0);
    const ranged = changedOf(results).filter(({ changed }) => changed.by === 'rewrite');
    return [
      ...(dosed.length > 0 ? [figure('Doses', dosesContent(results, findings, dosed))] : []),
      ...(ranged.length > 0 ? [figure('The same function', rangeContent(results, findings, ranged))] : []),
    ];
  },
};

function changedOf({ networks }: Results): Changed[] {
  return networks.filter((network): network is Changed => network.changed !== undefined);
}

/** As the file lists them. */
function dosesOf(findings: Findings, network: string): string[] {
  return [...findings.parts(network, changeMeasures.accuracy)];
}

function dosesContent(results: Results, findings: Findings, networks: readonly Changed[]): FigureContent {
  const { accuracy, flips, distance, threshold } = changeMeasures;
  const tasks = Object.keys(results.tasks);
  const thresholds = networks.flatMap(({ name, tasks: own }) =>
    own.map((label) => {
      const found = findings.mean(name, threshold, { label });
      return `${name}, ${label}: ${doseText(found)}`;
    }),
  );
  return {
    chart: pictureChart(() => dosesPicture(findings, networks, tasks)),
    description: `What is left of each task, which answers flip, and how far states go, by the dose of ${networks.length} changes. ${thresholds.join('; ')}.`,
    caption:
      'Lines: means over replicates, with their intervals. Dashed: as much changed at random; dotted: the same change in the initial weights. Distance: 1 is as near as natural states are to each other. ' +
      `Dose that counts (steering: half of the answers flip; ablation: a quarter; rebuilding: at most 5 % are others from there on): ${thresholds.join('; ')}.`,
    table: {
      columns: [
        'network',
        'dose',
        'task',
        'accuracy',
        'at random',
        'initial weights',
        'flipped',
        'flipped at random',
        'distance',
      ],
      rows: networks.flatMap(({ name, tasks: own }) =>
        dosesOf(findings, name).flatMap((part) =>
          own.map((label) => [
            ...[name, part, label],
            ...[accuracy, changeMeasures.accuracyAtRandom, changeMeasures.accuracyUntrained].map((measure) =>
              intervalCell(findings.mean(name, measure, { label, part })),
            ),
            ...[flips, changeMeasures.flipsAtRandom].map((measure) =>
              intervalCell(findings.mean(name, measure, { label, part })),
            ),
            intervalCell(findings.mean(name, distance, { part })),
          ]),
        ),
      ),
    },
    says: measuresNamed(results, accuracy, flips, threshold, distance),
    hazards: hazardsAt(results.hazards, 'interventions').filter(({ rule }) => rule !== 'outputs-differ'),
  };
}

/** The dose that counts, and in how many replicates there is one. */
function doseText(found: Interval | undefined): string {
  if (!found || found.mean === null) return 'at no dose';
  const { mean, n, values } = found;
  return `${shown(mean)}${n < values.length ? ` (of ${n} of ${values.length} replicates)` : ''}`;
}

function dosesPicture(findings: Findings, networks: readonly Changed[], tasks: readonly string[]): Picture {
  const entries = tasks.map((name, at): LegendEntry => ({ name, colour: { classes: at }, shape: 'disc' }));
  return {
    panels: networks.map((network) => dosesOfOne(findings, network, tasks)),
    panelWidth: { least: 210, most: 420 },
    legend: [
      { head: 'Task', entries },
      {
        entries: [
          { name: 'at random', colour: 'muted', dash: [6, 4] },
          { name: 'initial weights', colour: 'muted', dash: [1.5, 4] },
        ],
      },
    ],
  };
}

function dosesOfOne(findings: Findings, network: Changed, tasks: readonly string[]): Small {
  const { name, changed } = network;
  const parts = dosesOf(findings, name).sort((a, b) => Number(a) - Number(b));
  const doses = parts.map(Number);
  const [least, most] = [Math.min(...doses), Math.max(...doses)];
  const margin = 0.04 * (most - least || 1);
  const x = { title: doseNames[changed.by] ?? '', range: [least - margin, most + margin] as Range };
  const found = (measure: string, label?: string): (Interval | undefined)[] =>
    parts.map((part) => findings.mean(name, measure, { part, label }));
  const curve = (measure: string, label: string | undefined, dash: number[] = []): Mark[] => {
    const at = label === undefined ? -1 : tasks.indexOf(label);
    const colour = at < 0 ? 'foreground' : { classes: at };
    const means = found(measure, label);
    const line: Line = {
      ...{ kind: 'line', name: label ?? 'distance', colour, width: dash.length > 0 ? 1.5 : 2.5, dash },
      ...(dash.length > 0 ? { opacity: 0.8 } : { shape: 'disc' as const }),
      points: doses.map((dose, k) => ({ x: dose, y: means[k]?.mean ?? null, note: `dose ${parts[k]}` })),
    };
    const bars: Intervals = {
      ...{ kind: 'intervals', along: 'y', at: doses, colour, width: 1.5 },
      ends: means.map((one) => (one && one.low !== null && one.high !== null ? [one.low, one.high] : null)),
    };
    return dash.length > 0 ? [line] : [line, bars];
  };
  const { accuracy, accuracyAtRandom, accuracyUntrained, flips, flipsAtRandom, distance } = changeMeasures;
  const own = tasks.filter((task) => network.tasks.includes(task));
  const far = Math.max(1, ...found(distance).map((one) => one?.high ?? one?.mean ?? 0));
  const plots: Plot[] = [
    {
      ...{ x, y: { title: 'Accuracy', range: [0, 1.02] }, height: 150 },
      marks: own.flatMap((label) => [
        ...curve(accuracyUntrained, label, [1.5, 4]),
        ...curve(accuracyAtRandom, label, [6, 4]),
        ...curve(accuracy, label),
      ]),
    },
    {
      ...{ x, y: { title: 'Answers flipped', range: [-0.02, 1.02] }, height: 150 },
      marks: own.flatMap((label) => [...curve(flipsAtRandom, label, [6, 4]), ...curve(flips, label)]),
    },
    {
      ...{ x, y: { title: 'Distance', range: [0, 1.05 * far] }, height: 90 },
      marks: curve(distance, undefined),
      ...(found(distance).every((one) => (one?.mean ?? null) === null)
        ? { empty: 'test stimuli are fit stimuli, too' }
        : {}),
    },
  ];
  return { title: `${name} (of ${changed.of})`, plots };
}

/** One number of a layer that a rewriting moves. */
interface Ranged {
  name: string;
  measure: string;
  label?: string;
  part?: string;
  /** It compares the layer with itself before, which is alike by 1. */
  isWithItself: boolean;
}

function rangeContent(results: Results, findings: Findings, networks: readonly Changed[]): FigureContent {
  const rows = networks.flatMap((network) =>
    sitesOf(findings, network).flatMap((site) =>
      rangedOf(results, findings, network, site).map((one) => {
        const at = { site, label: one.label, part: one.part };
        const { least, most } = rangeNames(one.measure);
        const balanced = balancedOf(results, network);
        return [
          ...[network.name, site, one.name],
          intervalCell(findings.mean(network.name, least, at)),
          intervalCell(findings.mean(network.name, most, at)),
          one.isWithItself ? 1 : intervalCell(findings.mean(network.changed.of, one.measure, at)),
          one.isWithItself || !balanced ? null : intervalCell(findings.mean(balanced, one.measure, at)),
        ];
      }),
    ),
  );
  const outputs = networks.map(
    ({ name }) => `${name}: ${shown(findings.mean(name, changeMeasures.outputs)?.mean)}`,
  );
  return {
    chart: pictureChart(() => rangePicture(results, findings, networks)),
    description: `How far pictures of layers move over weights of the same function. Largest change of an output: ${outputs.join('; ')}.`,
    caption: `Bars: from the least to the most over draws of weights that leave every output as it is, each end the mean over replicates. Discs: the network as it was trained; diamonds: its balanced form, where the file has one. VE: variance explained by a task; RSA: with the RDM of a task; PC: share of variance; with itself: the layer compared with the layer before. Largest change of an output, of the largest output: ${outputs.join('; ')}.`,
    table: { columns: ['network', 'layer', 'number', 'least', 'most', 'as trained', 'balanced'], rows },
    says: measuresNamed(results, 'varianceExplained', 'modelRsa', 'explainedVarianceRatio', 'linearCka'),
    hazards: hazardsAt(results.hazards, 'interventions').filter(({ rule }) => rule === 'outputs-differ'),
  };
}

function rangePicture(results: Results, findings: Findings, networks: readonly Changed[]): Picture {
  return {
    panels: networks.flatMap((network) =>
      sitesOf(findings, network).map((site) => rangePanel(results, findings, network, site)),
    ),
    panelWidth: { least: 400, most: 420 },
    legend: [
      {
        entries: [
          { name: 'as trained', ...looks.trained },
          { name: 'balanced', ...looks.balanced },
        ],
      },
    ],
  };
}

const looks = {
  trained: { colour: { classes: 0 }, shape: 'disc' },
  balanced: { colour: { classes: 1 }, shape: 'diamond' },
} as const;

/** Of what is often alike each stands above the other, in rows. */
const APART = 0.19;

function rangePanel(results: Results, findings: Findings, network: Changed, site: string): Small {
  const all = rangedOf(results, findings, network, site);
  const balanced = balancedOf(results, network);
  const numberOf = (source: string, { measure, label, part }: Ranged, name = measure): number | null =>
    findings.mean(source, name, { site, label, part })?.mean ?? null;
  const ends = all.map((one): Range | null => {
    const { least, most } = rangeNames(one.measure);
    const [low, high] = [numberOf(network.name, one, least), numberOf(network.name, one, most)];
    return low === null || high === null ? null : [low, high];
  });
  const points = (
    source: string | undefined,
    what: string,
    look: (typeof looks)[keyof typeof looks],
    below: number,
  ): Mark[] => {
    if (source === undefined) return [];
    const at = all.map((one) =>
      one.isWithItself ? (source === network.changed.of ? 1 : null) : numberOf(source, one),
    );
    const known = [...at.keys()].filter((k) => at[k] !== null);
    return [
      {
        ...{ kind: 'points', ...look, radius: 4.5, rim: true },
        x: known.map((k) => at[k] ?? NaN),
        y: known.map((k) => k + below),
        says: (k: number) => [`${all[known[k] ?? 0]?.name ?? ''}, ${what}`, shown(at[known[k] ?? 0], true)],
      },
    ];
  };
  const numbers = ends.flatMap((range) => range ?? []);
  const boxes: Mark = {
    ...{ kind: 'boxes', colour: 'muted', opacity: 0.55 },
    boxes: ends.map((range, k) => ({ x: range ?? [0, 0], y: [k - 0.22, k + 0.22] })),
    says: (k: number) => [
      `${all[k]?.name ?? ''}, over the same function`,
      ends[k] ? `${shown(ends[k][0], true)} to ${shown(ends[k][1], true)}` : NO_VALUE,
    ],
  };
  const plot: Plot = {
    x: { title: '', range: [Math.min(0, ...numbers) - 0.02, 1.03] },
    y: {
      title: '',
      range: [all.length - 0.5, -0.5],
      names: all.map(({ name }, at) => ({ at, name })),
      wide: true,
    },
    height: 24 * all.length,
    marks: [
      boxes,
      ...points(network.changed.of, 'as trained', looks.trained, balanced ? -APART : 0),
      ...points(balanced, 'balanced', looks.balanced, APART),
    ],
  };
  return { title: `${network.name}, ${site}`, plots: [plot] };
}

function sitesOf(findings: Findings, { name, layers }: Changed): string[] {
  const { least } = rangeNames('linearCka');
  return layers.flatMap(({ name: site }) => (findings.mean(name, least, { site }) ? [site] : []));
}

/** The numbers of a layer, tasks alone of the labels and three components. */
function rangedOf(results: Results, findings: Findings, { name }: Changed, site: string): Ranged[] {
  const tasks = Object.keys(results.tasks);
  const ofTasks = (measure: string, words: string): Ranged[] =>
    tasks.map((label) => ({ name: `${words} ${label}`, measure, label, isWithItself: false }));
  const isOf = (measure: string): boolean =>
    findings.mean(name, rangeNames(measure).least, { site }) !== undefined;
  const ofPairs = Object.entries(results.measures).flatMap(([measure, { of, title }]): Ranged[] =>
    of === 'pair' && isOf(measure)
      ? [{ name: `${title.split(' by ')[0] ?? title}, with itself`, measure, isWithItself: true }]
      : [],
  );
  return [
    ...ofTasks('varianceExplained', 'VE'),
    ...ofTasks('modelRsa', 'RSA'),
    ...['PC1', 'PC2', 'PC3'].map((part): Ranged => ({
      ...{ name: `${part} share`, measure: 'explainedVarianceRatio', part, isWithItself: false },
    })),
    ...ofPairs,
  ];
}

/** The balanced form of the same network, or of this one. */
function balancedOf(results: Results, { name, changed }: Changed): string | undefined {
  return changedOf(results).find(
    ({ changed: other }) => other.by === 'balance' && (other.of === changed.of || other.of === name),
  )?.name;
}
