import { doneReplicates, findingsOf } from '../../../src/analysis/findings';
import { placeOf } from '../../../src/core/values';
import { type CounterpartsPart, counterpartsName } from '../../../src/protocol/counterpart-words';
import type { NetworkResults, ReplicateInfo } from '../../../src/protocol/results';
import type { Line, Panel, Picture, Range } from '../charts/picture';
import { pictureChart } from '../charts/picture-chart';
import type { FigureContent } from '../figure-content';
import { plural } from '../number';
import type { View } from '../panel';
import { measuresNamed } from '../says';
import { shortEpoch } from '../selectors';
import type { Table } from '../table';
import { chanceLine, counterpartsIn } from './counterparts';
import { meanOf, sharedBy, timeOf } from './time-axis';

/** A small picture: a number, and what it is held against. */
const PLOTS: readonly {
  readonly title: string;
  readonly part: CounterpartsPart;
  readonly against?: { readonly part: CounterpartsPart; readonly words: string };
  readonly chance: number;
}[] = [
  {
    ...{ title: 'Cosine of the states', part: 'cosine', chance: 0 },
    against: { part: 'others', words: 'with those of others' },
  },
  { title: 'Told by the state', part: 'told', chance: 0.5 },
  { title: 'Told by a linear map', part: 'toldByMap', chance: 0.5 },
  {
    ...{ title: 'RSA of both sides', part: 'rsa', chance: 0 },
    against: { part: 'rsa.nullHigh', words: '97.5 % of shuffled items' },
  },
];

interface Course {
  readonly names: readonly string[];
  readonly done: readonly ReplicateInfo[];
  readonly read: (part: CounterpartsPart, label: string, seed: number, step: number) => number | null;
}

/** How alike what belongs together on two sides is in a layer of a network, over training; null where that was not measured. */
export function counterpartsOverTraining(
  { results, replicate: { point }, layer }: View,
  network: NetworkResults,
): FigureContent | null {
  const findings = findingsOf(results);
  const names = counterpartsIn(findings, network.name, layer);
  const done = doneReplicates(network, point);
  const shared = sharedBy(done);
  if (shared.length < 2 || names.length === 0) return null;
  const course: Course = {
    ...{ names, done },
    read: (part, label, seed, step) =>
      findings.values.at({
        ...{ measure: counterpartsName(part), site: layer, label, checkpoint: String(step) },
        ...placeOf({ source: network.name, point, seed }),
      })?.value ?? null,
  };
  return {
    chart: pictureChart(() => pictureOf(course)),
    description: `${names.join(', ')} in ${layer} of ${network.name}, over ${plural(shared.length, 'checkpoint')}.`,
    caption: `${network.name}, ${layer}: what belongs together on two sides, over training. Thin lines: each of ${plural(done.length, 'replicate')}; thick lines: their mean. Dotted: the cosine with other items, and the RSA that 2.5 % of shuffles of the items are above; grey: by chance. Epoch 0 (the initial weights) stands at the left end of the logarithmic axis.`,
    table: tableOf(course),
    says: measuresNamed(results, ...PLOTS.map(({ part }) => counterpartsName(part))),
  };
}

function tableOf({ names, done, read }: Course): Table {
  const columns = PLOTS.flatMap(({ title, part, against }) => [
    { title, part },
    ...(against ? [{ title: `${title}, ${against.words}`, part: against.part }] : []),
  ]);
  return {
    columns: ['counterparts', 'seed', 'step', 'epoch', ...columns.map(({ title }) => title)],
    rows: names.flatMap((label) =>
      done.flatMap(({ seed, checkpoints }) =>
        checkpoints.map(({ step, epoch }) => [
          ...[label, seed, step, epoch],
          ...columns.map(({ part }) => read(part, label, seed, step)),
        ]),
      ),
    ),
  };
}

function pictureOf(course: Course): Picture {
  const time = timeOf(course.done, true);
  return {
    panels: PLOTS.map(({ title, part, against, chance }): Panel => {
      const lines = course.names.flatMap((label, at) => [
        ...linesOf(course, { label, at, part, x: time.x }),
        ...(against ? [meanLine(course, { label, at, part: against.part, x: time.x }, against.words)] : []),
      ]);
      return {
        title,
        plots: [
          {
            ...{ x: time.axis, y: { title: '', range: rangeOf(lines, chance) }, height: 150 },
            marks: [chanceLine(chance, time.axis), ...lines],
          },
        ],
      };
    }),
    panelWidth: { least: 220, most: 420 },
    legend: [
      { entries: course.names.map((name, at) => ({ name, colour: { classes: at }, shape: 'disc' })) },
      { entries: [{ name: 'others, shuffled', colour: 'foreground', dash: DOTTED }] },
    ],
  };
}

const DOTTED = [2, 3];

interface Drawn {
  readonly label: string;
  /** Its place among the names. */
  readonly at: number;
  readonly part: CounterpartsPart;
  readonly x: (epoch: number) => number;
}

/** Of each replicate, and of their mean. */
function linesOf(course: Course, drawn: Drawn): Line[] {
  const { done, read } = course;
  const { label, at, part, x } = drawn;
  const single = done.map(({ seed, checkpoints }): Line => ({
    ...{ kind: 'line', name: label, colour: { classes: at }, width: 0.75, opacity: 0.5 },
    points: checkpoints.map(({ step, epoch }) => ({
      ...{ x: x(epoch), y: read(part, label, seed, step) },
      note: `seed ${seed}, epoch ${shortEpoch(epoch)}`,
    })),
  }));
  return [...(done.length > 1 ? single : []), meanLine(course, drawn)];
}

/** @param words what it is, where it is what another is held against */
function meanLine({ done, read }: Course, { label, at, part, x }: Drawn, words?: string): Line {
  const look =
    words === undefined
      ? { name: label, width: 2.25, shape: 'disc' as const }
      : { name: `${label}, ${words}`, width: 1.3, dash: DOTTED };
  return {
    ...{ kind: 'line', colour: { classes: at }, ...look },
    points: sharedBy(done).map(({ step, epoch }) => ({
      ...{ x: x(epoch), y: meanOf(done.map(({ seed }) => read(part, label, seed, step))) },
      note: `mean, epoch ${shortEpoch(epoch)}`,
    })),
  };
}

function rangeOf(lines: readonly Line[], chance: number): Range {
  const all = lines.flatMap(({ points }) => points.flatMap(({ y }) => y ?? []));
  const [low, high] = [Math.min(chance, ...all), Math.max(chance + 0.1, ...all)];
  const room = 0.05 * (high - low);
  return [low - room, high + room];
}
