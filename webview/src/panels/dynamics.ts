import type { Replicate } from '../../../src/core/replicate';
import { placeOf } from '../../../src/core/values';
import { remark } from '../../../src/formats/remark';
import { labelNames } from '../../../src/formats/label-names';
import { doneReplicates, findingsOf } from '../../../src/analysis/findings';
import type { NetworkResults, ReplicateInfo, Results } from '../../../src/protocol/results';
import { onePanel } from '../charts/one-panel';
import type { Colour, LegendEntry, Line, LinePoint, Mark, Picture, Plot, Range } from '../charts/picture';
import { pictureChart } from '../charts/picture-chart';
import type { Change } from '../choices';
import type { FigureContent } from '../figure-content';
import { plural } from '../number';
import { figure, type Panel, type View } from '../panel';
import { offerOf, shortEpoch } from '../selectors';
import { measuresNamed } from '../says';
import { meanOf, timeOf } from './time-axis';
import { counterpartsOverTraining } from './counterparts-over-training';
import { hazardsAt } from './hazard-places';
import { learningOrder } from './learning-order';
import { modelsOverTraining } from './models-over-training';
import { whichLabels } from './overview';
import type { Table } from '../table';
import { answeredBy } from '../../../src/protocol/answered';
import { allRecorded } from '../../../src/protocol/recorded';
import { defined } from '../defined';

type Checkpoint = ReplicateInfo['checkpoints'][number];

/** The number of a replicate at one of its checkpoints. */
type Read = (seed: number, checkpoint: Checkpoint) => number | null;

/** One curve of each replicate and their mean. */
interface Curve {
  label: string;
  read: Read;
  /** Share of right answers without learning. */
  chance?: number;
}

type Chosen = {
  time: string;
  labels: string;
};

/** How a network came to be what it is: accuracy, variance explained and loss over training. */
export const dynamicsPanel: Panel<Chosen> = {
  id: 'dynamics',
  title: 'Dynamics',
  follows: ['replicate', 'layer', 'checkpoint'],
  offered: ({ results }) => !allRecorded(results),
  choices: {
    time: {
      initial: 'log',
      label: 'Time axis',
      options: () => [
        { value: 'log', label: 'logarithmic' },
        { value: 'linear', label: 'linear' },
      ],
    },
    labels: { initial: '', label: 'Labels', options: () => whichLabels },
  },
  draw(_, view, c, { choose }) {
    const network = view.results.networks.find(({ name }) => name === view.replicate.source);
    if (network === undefined) return [];
    const order = learningOrder(view);
    const models = modelsOverTraining(view, network);
    const counterparts = counterpartsOverTraining(view, network);
    return [
      figure('Training', trainingOf(view, network, c, choose)),
      ...(order ? [figure('Learning order', order)] : []),
      ...(models ? [figure('Model RDMs over training', models)] : []),
      ...(counterparts ? [figure('Counterparts over training', counterparts)] : []),
    ];
  },
};

function trainingOf(
  view: View,
  network: NetworkResults,
  c: Chosen,
  choose: (change: Change) => void,
): FigureContent {
  const { results, layer, offers, replicate } = view;
  const log = c.time === 'log';
  const offer = offerOf(offers, replicate);
  const at = offer?.checkpoints.find(({ step }) => step === view.step) ?? offer?.checkpoints.at(-1);
  const done = doneReplicates(network, replicate.point);
  const steps = new Set(done.flatMap(({ checkpoints }) => checkpoints.map(({ step }) => step)));
  const { names: labels, curves } = curvesOf(results, network, view, c.labels === 'all');
  // Evaluation sets have colours of their own.
  const names = [...new Set([...curves.accuracy.map(({ label }) => label), ...labels])];
  const tasks = results.labels.filter(({ source }) => source === 'task').map(({ name }) => name);
  const colourOf = (label: string): number => (label === 'loss' ? -1 : names.indexOf(label));
  const last = offer?.checkpoints.at(-1)?.step;
  const goTo = (step: number): (() => void) | undefined =>
    offer?.checkpoints.some((one) => one.step === step) === true
      ? () => choose({ step: step === last ? null : step })
      : undefined;
  const ends = phaseEnds(done);
  const asked = results.asked !== undefined;
  const course = {
    asked,
    network,
    done,
    layer,
    curves,
    colourOf,
    log,
    marked: at?.epoch ?? null,
    goTo,
    ends,
  };
  return {
    chart: steps.size < 2 ? null : pictureChart(() => picture(course)),
    description: `Accuracy, variance explained in ${layer} and loss over ${plural(steps.size, 'checkpoint')}.`,
    caption:
      steps.size < 2
        ? `${network.name} has ${plural(steps.size, 'checkpoint')}: there is no course of training to draw.`
        : `${network.name}, ${layer}. Thin lines: each of ${plural(done.length, 'replicate')}; thick lines: their mean, where all have the checkpoint; dotted straight lines: chance. ${results.asked ? 'Accuracy: of documents, by evaluation set; loss: of a token of the first. At' : 'On the test stimuli, at'} ${plural(steps.size, 'checkpoint')}.${log ? ' Epoch 0 (the initial weights) stands at the left end of the logarithmic axis.' : ''}${ends.length > 0 ? ' Dashed upright lines: where a phase of the training ends, mean over replicates.' : ''} A click on a point goes to that checkpoint.${results.asked ? '' : notTrained(network, tasks)}`,
    table: table(done, curves),
    says: measuresNamed(results, 'accuracy', 'varianceExplained', 'loss'),
    hazards: hazardsAt(results.hazards, 'training', { network: network.name }),
  };
}

/** The curves of a network. @param all features, too, and not tasks alone */
function curvesOf(
  results: Results,
  network: NetworkResults,
  { replicate, layer }: Pick<View, 'replicate' | 'layer'>,
  all: boolean,
) {
  const read = reader(results, replicate);
  const named = (wanted: string): string[] =>
    results.labels.filter(({ source }) => source === wanted).map(({ name }) => name);
  // A feature that is a task is shown as that.
  const once = labelNames(results.labels);
  const tasks = named('task');
  const names = all ? [...new Set([...tasks, ...named('feature').filter((name) => once.has(name))])] : tasks;
  const accuracy = answeredBy(results, network)
    .filter(({ name }) => results.asked !== undefined || names.includes(name))
    .map(({ name: label, chance }): Curve => ({ label, read: read('accuracy', { label }), chance }));
  const share = names.map((label): Curve => ({
    label,
    read: read('varianceExplained', { site: layer, label }),
  }));
  const loss: Curve[] = [{ label: 'loss', read: read('loss') }];
  return { names, curves: { accuracy, share, loss } };
}

/** Why a task has no line of accuracy. */
function notTrained({ tasks: own }: NetworkResults, tasks: readonly string[]): string {
  const others = tasks.filter((task) => !own.includes(task));
  return others.length === 0
    ? ''
    : ` Not trained on ${others.map((task) => `“${task}”`).join(', ')}: no accuracy there.`;
}

/** Numbers of one network, at the point of a replicate, at its checkpoints. */
function reader(
  results: Results,
  { source, point }: Replicate,
): (measure: string, where?: { site?: string; label?: string }) => Read {
  const { values } = findingsOf(results);
  return (measure, where = {}) =>
    (seed, { step }) =>
      values.at({ measure, ...placeOf({ source, point, seed }), checkpoint: String(step), ...where })
        ?.value ?? null;
}

interface Course {
  /** Evaluation sets of documents are asked, in place of tasks. */
  asked: boolean;
  network: NetworkResults;
  /** Its replicates that are shown. */
  done: readonly ReplicateInfo[];
  layer: string;
  curves: { accuracy: Curve[]; share: Curve[]; loss: Curve[] };
  colourOf: (label: string) => number;
  /** Whether epochs stand on a logarithmic axis. */
  log: boolean;
  /** The epoch that is looked at. */
  marked: number | null;
  goTo: (step: number) => (() => void) | undefined;
  /** Epochs at which phases end, mean over replicates: all but the last. */
  ends: readonly number[];
}

/** Where one phase gives way to the next, in epochs, mean over replicates; none where phases last as long as the file says. */
function phaseEnds(done: readonly ReplicateInfo[]): number[] {
  const all = done.map(({ phaseEnds = [], epochs, steps }) =>
    phaseEnds.slice(0, -1).map((end) => (end * epochs) / Math.max(1, steps)),
  );
  const [first = []] = all;
  return first.map((_, at) => meanOf(all.map((ends) => ends[at] ?? null)) ?? 0);
}

function picture(course: Course): Picture {
  const { network, done, layer, curves, marked, ends } = course;
  const time = timeOf(done, course.log);
  const linesOf = (wanted: readonly Curve[]): Line[] =>
    wanted.flatMap((curve) => curveLines(curve, course, done, time.x));
  const chances = curves.accuracy.flatMap(({ label, chance }): Line[] => {
    if (chance === undefined) return [];
    const points = time.axis.range.map((x) => ({ x, y: chance, note: 'chance' }));
    return [{ kind: 'line', ...lookOf(course, label), width: 1.5, dash: [1.5, 4], points }];
  });
  const empty = course.asked
    ? 'There are no tasks: choose features, too, in Labels'
    : `${network.name} was not trained on these tasks`;
  const plot = (title: string, range: Range, height: number, lines: readonly Mark[]): Plot => ({
    x: time.axis,
    y: { title, range },
    height,
    ...(lines.length === 0 ? { empty } : {}),
    marks: [
      ...ends.map((end, at) => uprightLine(`end of phase ${at + 1}`, time.x(end), range, 'muted', [7, 4])),
      ...lines,
      // Where one looks.
      ...(marked === null ? [] : [uprightLine('epoch', time.x(marked), range, 'foreground', [2, 3])]),
    ],
  });
  const lowest = (wanted: readonly Curve[]): number =>
    Math.max(
      -1,
      Math.min(1, ...wanted.flatMap((curve) => [curve.chance ?? 1, ...numbersOf(done, curve)])) - 0.05,
    );
  const highest = 1.05 * Math.max(1e-9, ...curves.loss.flatMap((curve) => numbersOf(done, curve)));
  const shares = `Variance explained, ${layer}`;
  const plots = [
    plot('Accuracy', [Math.min(0.4, lowest(curves.accuracy)), 1.02], 175, [
      ...linesOf(curves.accuracy),
      ...chances,
    ]),
    plot(shares, [Math.min(-0.02, lowest(curves.share)), 1.02], 215, linesOf(curves.share)),
    plot('Cross-entropy (nats)', [0, highest], 116, linesOf(curves.loss)),
  ];
  const names = [...new Set([...curves.accuracy, ...curves.share].map(({ label }) => label)), 'loss'];
  const entries = names.map((name): LegendEntry => ({ ...lookOf(course, name), shape: 'disc' }));
  return onePanel(plots, { legend: [{ entries }], enter: 'go to the checkpoint' });
}

const dashes = [[], [7, 4], [2, 3], [7, 3, 2, 3], [12, 4]];

function lookOf({ colourOf }: Course, name: string): { name: string; colour: Colour; dash: number[] } {
  const at = colourOf(name);
  const colour: Colour = at < 0 ? 'foreground' : { classes: at };
  return { name, colour, dash: dashes[Math.max(0, at) % dashes.length] ?? [] };
}

/** One curve over training: of each replicate, and their mean where all have the checkpoint. */
function curveLines(
  { label, read }: Curve,
  course: Course,
  done: readonly ReplicateInfo[],
  x: (epoch: number) => number,
): Line[] {
  const look = { kind: 'line', ...lookOf(course, label) } as const;
  const point = ({ epoch, step }: Checkpoint, y: number | null, of: string): LinePoint => ({
    x: x(epoch),
    y,
    note: `${of}, epoch ${shortEpoch(epoch)}`,
    ...defined({ pick: course.goTo(step) }),
  });
  const shared = (done[0]?.checkpoints ?? []).filter(({ epoch }) =>
    done.every(({ checkpoints }) => checkpoints.some((one) => one.epoch === epoch)),
  );
  const mean = shared.map((at) => {
    const values = done.map(({ seed, checkpoints }) => {
      const same = checkpoints.find((one) => one.epoch === at.epoch);
      return same === undefined ? null : read(seed, same);
    });
    const said = remark({ n: values.filter((value) => value !== null).length, of: values.length });
    return point(at, meanOf(values), said === '' ? 'mean' : `mean of ${said}`);
  });
  const single = done.map(({ seed, checkpoints }): Line => {
    const points = checkpoints.map((at) => point(at, read(seed, at), `seed ${seed}`));
    return { ...look, width: 1, opacity: 0.8, points };
  });
  return [...single, { ...look, width: 2.5, shape: 'disc', points: mean }];
}

function uprightLine(name: string, x: number, range: Range, colour: Colour, dash: number[]): Mark {
  return { kind: 'line', name, colour, width: 1.5, dash, points: range.map((y) => ({ x, y })) };
}

/** The numbers of a curve that are defined. */
function numbersOf(done: readonly ReplicateInfo[], { read }: Curve): number[] {
  const values = done.flatMap(({ seed, checkpoints }) => checkpoints.map((at) => read(seed, at)));
  return values.filter((value) => value !== null);
}

function table(
  replicates: readonly ReplicateInfo[],
  { accuracy, share, loss }: { accuracy: Curve[]; share: Curve[]; loss: Curve[] },
): Table {
  return {
    columns: [
      'seed',
      'step',
      'epoch',
      'loss',
      ...accuracy.map(({ label }) => `accuracy ${label}`),
      ...share.map(({ label }) => `variance explained ${label}`),
    ],
    rows: replicates.flatMap(({ seed, checkpoints }) =>
      checkpoints.map((at) => [
        seed,
        at.step,
        at.epoch,
        ...[...loss, ...accuracy, ...share].map(({ read }) => read(seed, at)),
      ]),
    ),
  };
}
