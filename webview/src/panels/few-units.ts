import { type Findings, findingsOf } from '../../../src/analysis/findings';
import { percent } from '../../../src/formats/percent';
import { comparisonNames, metricNames } from '../../../src/protocol/measure-names';
import type { Interval, Results } from '../../../src/protocol/results';
import type { Cell } from '../cell';
import { intervalCell } from '../cell';
import { onePanel } from '../charts/one-panel';
import type { Colour, LegendEntry, Mark, Picture, Plot, Range } from '../charts/picture';
import { pictureChart } from '../charts/picture-chart';
import type { FigureContent } from '../figure-content';
import { NO_VALUE, shown } from '../number';
import { measuresNamed } from '../says';
import { hazardsAt } from './hazard-places';

/** What is left out, and how it is drawn. */
const choices = [
  { of: 'Active', name: 'the most active units', dash: [] },
  { of: 'Random', name: 'units at random', dash: [2, 4] },
] as const;

/** Means of a measure by the share of the units that is left out. */
interface Curve {
  name: string;
  colour: Colour;
  dash: readonly number[];
  means: (Interval | undefined)[];
}

/**
 * What becomes of the RDM of a layer, and of its similarity with those of tasks, without some of its units; null where that was not measured.
 *
 * @param source the network, or recording
 */
export function withoutUnitsOf(results: Results, source: string, layer: string): FigureContent | null {
  const findings = findingsOf(results);
  const shares = findings.parts(source, 'rdmWithoutActive', layer);
  if (shares.length === 0) return null;
  const tasks = findings
    .labels(source, 'modelRsaWithoutActive', layer)
    .filter((name) => results.labels.some((label) => label.name === name && label.source === 'task'));
  const meansOf = (measure: string, label?: string): (Interval | undefined)[] =>
    shares.map((part) => findings.mean(source, measure, { site: layer, part, label }));
  const whole = choices.map(({ of, name, dash }): Curve => ({
    ...{ name: `RDM without ${name}`, dash },
    colour: of === 'Active' ? 'foreground' : 'muted',
    means: meansOf(`rdmWithout${of}`),
  }));
  const byTask = tasks.flatMap((task, at) =>
    choices.map(({ of, name, dash }): Curve => ({
      ...{ name: `${task}, without ${name}`, colour: { classes: at }, dash },
      means: meansOf(`modelRsaWithout${of}`, task),
    })),
  );
  const { metric, comparison } = results.rdm;
  return {
    title: 'The RDM without some units',
    hazards: hazardsAt(results.hazards, 'withoutUnits', { network: source, layer }),
    chart: pictureChart(() => picture(shares.map(Number), whole, byTask)),
    description: inWords(shares, whole),
    says: measuresNamed(results, 'rdmWithoutActive', 'modelRsaWithoutActive', 'varianceOfActive'),
    caption: `${source}, ${layer} (${metricNames[metric]}, ${comparisonNames[comparison]}), at the end; means over replicates. Solid: without the most active units (mean of |activation|), with intervals; dotted: without as many at random, mean of five draws. Above: similarity with the RDM of all units${tasks.length === 0 ? '' : '; below: with the RDMs of tasks'}. A picture of all units stays near the dotted lines.`,
    table: {
      columns: ['left out', ...[...whole, ...byTask].map(({ name }) => name), 'variance of the most active'],
      rows: shares.map((share, at): Cell[] => [
        percent(Number(share)),
        ...[...whole, ...byTask].map(({ means }) => intervalCell(means[at])),
        intervalCell(findings.mean(source, 'varianceOfActive', { site: layer, part: share })),
      ]),
    },
  };
}

/** What is known of how few units make the components of a layer, in sentences; empty where that was not measured. */
export function unitsOfComponents(findings: Findings, source: string, site: string): string {
  const plane = findings.mean(source, 'planeReliability', { site })?.mean ?? null;
  const [share] = findings.parts(source, 'varianceOfActive', site);
  const variance = findings.mean(source, 'varianceOfActive', { site, part: share })?.mean ?? null;
  return [
    ...(plane === null
      ? []
      : [` Halves of the units show the same plane by ${shown(plane)} (1: the same; mean over replicates).`]),
    ...(share === undefined || variance === null
      ? []
      : [
          ` The most active ${percent(Number(share))} of the units have ${percent(variance)} of the variance.`,
        ]),
  ].join('');
}

function picture(shares: readonly number[], whole: readonly Curve[], byTask: readonly Curve[]): Picture {
  const plot = (title: string, curves: readonly Curve[], height: number): Plot => {
    const values = curves.flatMap(({ means }) => means.flatMap((one) => [one?.low ?? 0, one?.mean ?? 0]));
    return {
      x: {
        title: 'Share of the units that is left out',
        range: [0, 1.05 * Math.max(...shares)],
        ticks: shares.map((share) => ({ at: share, name: percent(share) })),
      },
      y: { title, range: [Math.max(-1, Math.min(0, ...values) - 0.02), 1.03] },
      height,
      marks: curves.flatMap((curve) => marksOf(curve, shares)),
    };
  };
  const entries = [
    { name: 'without the most active', colour: 'foreground', shape: 'disc' },
    { name: 'without as many at random', colour: 'muted', dash: [2, 4] },
    ...byTask
      .filter((_, at) => at % choices.length === 0)
      .map(({ name, colour }) => ({
        name: name.split(', without')[0] ?? name,
        colour,
        shape: 'disc' as const,
      })),
  ] satisfies LegendEntry[];
  return onePanel(
    [
      plot('Similarity with the whole RDM', whole, 190),
      ...(byTask.length === 0 ? [] : [plot('RSA with the task', byTask, 190)]),
    ],
    { legend: [{ entries }] },
  );
}

/** Intervals of those without the most active units alone: those of both would lie on each other (the table has them). */
function marksOf({ name, colour, dash, means }: Curve, shares: readonly number[]): Mark[] {
  const points = shares.map((x, at) => ({ x, y: means[at]?.mean ?? null, note: `${name} ${percent(x)}` }));
  if (dash.length > 0) return [{ kind: 'line', name, colour, dash, width: 2, points }];
  const ends = means.map((one): Range | null =>
    one === undefined || one.low === null || one.high === null ? null : [one.low, one.high],
  );
  return [
    { kind: 'line', name, colour, width: 2.5, shape: 'disc', points },
    { kind: 'intervals', along: 'y', at: shares, ends, colour, width: 1.5 },
  ];
}

function inWords(shares: readonly string[], curves: readonly Curve[]): string {
  const said = curves.map(({ name, means }) => {
    const mean = means[0]?.mean ?? null;
    return `${name} ${percent(Number(shares[0]))}: ${mean === null ? NO_VALUE : shown(mean)}`;
  });
  return `Similarity with the RDM of all units. ${said.join('; ')}.`;
}
