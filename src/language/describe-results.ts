import { findingsOf } from '../analysis/findings';
import { decimals } from '../formats/fixed';
import { confidenceText } from '../formats/percent';
import { remark } from '../formats/remark';
import { mainLayer } from '../protocol/layers';
import { allRecorded } from '../protocol/recorded';
import { type ProbeKind, probeKindsOf, probeMeasureName, type ProbePart } from '../protocol/probe-words';
import type { Interval, NetworkResults, Results } from '../protocol/results';
import type { AnalysisState } from './analysis-state';
import { chartSvg, chartText, MOST_SERIES, type Chart } from './chart';
import type { ThemeKind } from './chart-colours';
import { areInProblems, placeOf } from './hazard-places';
import { escaped, escapedText, picture, strong, table } from './markdown';
import type { Outline } from './outline';
import { ago, clock, counted, percent, withInterval } from './wording';
import { own } from '../protocol/own';

const MOST_ROWS = 12;
const MOST_HAZARDS = 3;

/** The state of the analysis with its results, where there are some. */
export interface Known {
  readonly state: AnalysisState;
  readonly results: Results;
}

/** Said before numbers of a file that has changed since. */
export function staleness({ state }: Known): string[] {
  return state.stale ? ['⚠ **Stale:** the file has changed since these numbers were computed.'] : [];
}

/** One line on where numbers come from, after them: how old they are, and what their intervals are. */
export function provenance({ state, results }: Known, now: number): string {
  return `*Means over ${allRecorded(results) ? 'replicates' : 'seeds'} with ${intervalName(results)}; ${whichRun(state, now).join(', ')}*`;
}

function whichRun(state: AnalysisState, now: number): string[] {
  const { status, foundBy, finishedAt } = state;
  const run = finishedAt === null ? 'a run' : `the run of ${clock(finishedAt, now)}`;
  if (foundBy === 'older') return [`**of ${run}, not the newest**`];
  if (foundBy === 'before') return [`**of ${run}: the newest has found nothing yet**`];
  if (status === 'running') return [`${state.finished} of ${counted(state.planned, 'replicate')} so far`];
  return [
    finishedAt === null ? 'last run' : `last run ${ago(finishedAt, now)}`,
    ...(status === 'done' ? [] : [`${status} before its end`]),
  ];
}

/** `95 % intervals`. */
function intervalName({ confidence }: Results): string {
  return `${confidenceText(confidence)} intervals`;
}

/** What a chart's intervals are, and which of its means are of fewer seeds than there are. */
function noteOf(results: Results, means: readonly (readonly [string, Interval | undefined])[]): string {
  const fewer = means.flatMap(([layer, interval]) => {
    const said = interval && interval.n > 0 ? remark({ n: interval.n, of: interval.values.length }) : '';
    return said === '' ? [] : [`${layer} ${said} seeds`];
  });
  return [intervalName(results), ...new Set(fewer)].join('; ');
}

/** The layer that numbers of a network are of where none is named. */
export function mainLayerName({ layers }: NetworkResults): string | null {
  return mainLayer(layers)?.name ?? null;
}

/** The variance that a label explains in a layer, over seeds. */
export function explained(
  results: Results,
  { name }: NetworkResults,
  layer: string | null,
  label: string,
): Interval | undefined {
  if (layer === null) return undefined;
  return findingsOf(results).mean(name, 'varianceExplained', { site: layer, label });
}

/** The accuracy for a task, over seeds. */
export function accuracyOf(results: Results, { name }: NetworkResults, task: string): Interval | undefined {
  return findingsOf(results).mean(name, 'accuracy', { label: task });
}

/** Networks by task: accuracy and variance explained in the last hidden layer, and what is decoded from it, where something was. */
export function taskNumbers({ results }: Known, task: string): string | null {
  const [probe] = probeKindsOf(results.measures);
  const rows = results.networks.slice(0, MOST_ROWS).flatMap((network) => {
    const accuracy = accuracyOf(results, network, task);
    const layer = mainLayerName(network);
    const share = explained(results, network, layer, task);
    if (!accuracy && !share) return [];
    return [
      [
        strong(network.name),
        accuracy ? withInterval(accuracy) : 'not trained on it',
        share ? `${withInterval(share)} of ${escaped(layer ?? '')}` : '—',
        ...(probe ? [decodedText(results, network, probe, layer, task)] : []),
        String((accuracy ?? share)?.n ?? 0),
      ],
    ];
  });
  const decoded = probe ? [`Decoded (${escaped(probe)})`] : [];
  const head = ['Network', 'Accuracy', 'Variance explained', ...decoded, 'Seeds'];
  return rows.length > 0 ? table(head, rows) : null;
}

/** `0.98; initial weights 0.51, inputs 0.50`: the score of a probe, and what it is held against. */
export function decodedText(
  results: Results,
  { name }: NetworkResults,
  probe: ProbeKind,
  layer: string | null,
  label: string,
): string {
  const meanOf = (part: ProbePart): number | null =>
    layer === null
      ? null
      : (findingsOf(results).mean(name, probeMeasureName(probe, part), { site: layer, label })?.mean ?? null);
  const score = meanOf('score');
  if (score === null) return '—';
  const beside = (
    [
      ['initial weights', meanOf('untrained')],
      ['inputs', meanOf('inputs')],
    ] as const
  ).flatMap(([of, mean]) => (mean === null ? [] : [`${of} ${decimals(mean)}`]));
  return [decimals(score), ...(beside.length > 0 ? [beside.join(', ')] : [])].join('; ');
}

/** A label in each network, layer by layer. */
export function labelChart({ results }: Known, label: string, theme: ThemeKind): string | null {
  const means = (network: NetworkResults): (Interval | undefined)[] =>
    network.layers.map(({ name }) => explained(results, network, name, label));
  const networks = results.networks.filter((network) => means(network).some((one) => one !== undefined));
  return chartOf(
    {
      title: `Variance explained by ${label}`,
      note: noteOf(
        results,
        networks.flatMap((network) =>
          means(network).map((mean, at) => [network.layers[at].name, mean] as const),
        ),
      ),
      of: 'networks',
      axis: longest(networks.map(({ layers }) => layers.map(({ name }) => name))),
      series: networks.slice(0, MOST_SERIES).map((network) => ({
        name: network.name,
        points: means(network).map(pointOf),
      })),
    },
    theme,
  );
}

/** The tasks of one network, layer by layer. */
export function networkChart(results: Results, network: NetworkResults, theme: ThemeKind): string | null {
  const tasks = Object.keys(results.tasks).slice(0, MOST_SERIES);
  return chartOf(
    {
      title: `Variance explained in ${network.name}`,
      note: noteOf(
        results,
        network.layers.flatMap(({ name }) =>
          tasks.map((task) => [name, explained(results, network, name, task)] as const),
        ),
      ),
      of: 'tasks',
      axis: network.layers.map(({ name }) => name),
      series: tasks.map((task) => ({
        name: task,
        points: network.layers.map(({ name }) => pointOf(explained(results, network, name, task))),
      })),
    },
    theme,
  );
}

export function chartOf(chart: Chart, theme: ThemeKind): string | null {
  const isEmpty = chart.series.every(({ points }) => points.every(({ mean }) => mean === null));
  return isEmpty ? null : picture(chartSvg(chart, theme), chartText(chart));
}

/** Hazards that speak of something, the gravest first; those that Problems tells at the same key, the hover has from there. */
export function hazardLines(
  { state, results }: Known,
  where: Readonly<Record<string, string>>,
  outline: Outline,
  key: readonly string[],
): string | null {
  const grave = { serious: 0, warning: 1, info: 2 } as const;
  const found = results.hazards
    .filter((hazard) => Object.entries(where).every(([kind, name]) => own(hazard.where, kind) === name))
    .filter((hazard) => !areInProblems(state) || placeOf(hazard, outline).join('\n') !== key.join('\n'))
    .sort((a, b) => grave[a.severity] - grave[b.severity]);
  if (found.length === 0) return null;
  const lines = found
    .slice(0, MOST_HAZARDS)
    .map(
      (hazard) =>
        `- ${hazard.severity === 'info' ? 'ⓘ' : '⚠'} ${escapedText(hazard.message)} ${escapedText(hazard.advice)}`,
    );
  if (found.length > MOST_HAZARDS) lines.push(`- and ${found.length - MOST_HAZARDS} more in the dashboard`);
  return ['**Hazards**', '', ...lines].join('\n');
}

function pointOf(interval: Interval | undefined): {
  mean: number | null;
  low: number | null;
  high: number | null;
} {
  return interval
    ? { mean: interval.mean, low: interval.low, high: interval.high }
    : { mean: null, low: null, high: null };
}

export function accuracyText(results: Results, network: NetworkResults, task: string): string {
  const accuracy = accuracyOf(results, network, task);
  return accuracy ? withInterval(accuracy) : percent(null);
}

function longest(lists: readonly string[][]): string[] {
  return lists.reduce((most, list) => (list.length > most.length ? list : most), []);
}
