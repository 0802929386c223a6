import { markAt } from '../../../src/formats/marks';
import { remarkedMean } from '../../../src/formats/remark';
import type { Interval } from '../../../src/protocol/results';
import { plural, shown, shownInterval } from '../number';
import { tickText } from './axes';
import type { Axis, Line, Mark, Panel, Picture, Plot, Range, Tick } from './picture';
import { niceTicks } from './ticks';

/** One label in one network. */
export interface Series {
  label: string;
  accuracy: Interval | null;
  chance: number | null;
  /** By layer. */
  layers: (Interval | null)[];
  /** What the replicates that are done are called, in the order of `Interval.values`. */
  seeds: string[];
}

interface Network {
  name: string;
  /** What is particular about the network's numbers; beside its name. */
  note: string;
  layers: string[];
  /** Places of layers that a line goes through, as `runsOf`. */
  runs: readonly (readonly number[])[];
  series: Series[];
  /** It answers no tasks: it has no accuracy. */
  silent?: boolean;
  /** None of its replicates is finished, and a run goes on. */
  coming: boolean;
}

interface Content {
  measure: string;
  /** The measure has an axis of its own, from 0 on; else that of accuracy. */
  apart: boolean;
  labels: string[];
  networks: Network[];
}

/** The axes of all panels. */
interface Scales {
  accuracy: Axis;
  measure: Axis;
}

const HEIGHT = 130;
/** How far to the left of the mean the replicates stand, in pixels. */
const DOTS = 7;
/** The greatest distance of labels of one layer, in pixels, … */
const SLOT = 22;
/** … and the width of the plot of layers, about. */
const WIDTH = { least: 150, most: 480 };

/** More labels than these have no room beside each other in the narrow plot of accuracy. */
const MANY = 8;

/** A panel for each network: accuracy on the left, a measure by layer on the right. */
export function overviewPicture(content: Content, page: number): Picture {
  const scales = scalesOf(content);
  const fitting = Math.max(1, Math.min(content.networks.length, Math.floor(page / 280)));
  const width = Math.min(WIDTH.most, Math.max(WIDTH.least, page / fitting - 160));
  return {
    panels: content.networks.map((network) => panelOf(network, content.measure, scales, width)),
    panelWidth: { least: 280, most: 620 },
    legend: [
      {
        entries: content.labels.map((name, at) => ({ name, colour: { classes: at }, shape: markAt(at) })),
      },
    ],
  };
}

function scalesOf({ apart, networks }: Content): Scales {
  const all = networks.flatMap(({ series }) => series);
  const beside = all.flatMap(({ accuracy, layers }) => [accuracy, ...(apart ? [] : layers)]);
  const low = Math.min(0, ...beside.flatMap(valuesOf));
  const bottom = low < -0.005 ? Math.max(-1, Math.floor(low * 20) / 20) : 0;
  const first = bottom <= -0.25 ? Math.ceil(bottom * 4) : 0;
  const quarters = Array.from({ length: 5 - first }, (_, at) => (first + at) / 4).map(tickAt);
  const accuracy: Axis = { title: '', range: [bottom, 1], ticks: quarters };
  if (!apart) return { accuracy, measure: { ...accuracy, bare: true } };
  const top = topOf(all.flatMap(({ layers }) => layers));
  return { accuracy, measure: { title: '', range: [0, top], ticks: niceTicks(0, top, 4).map(tickAt) } };
}

function tickAt(at: number): Tick {
  return { at, name: tickText(at) };
}

function valuesOf(interval: Interval | null): number[] {
  return interval?.values.filter((value) => value !== null) ?? [];
}

/** The end of the measure's own axis: a round number that no replicate passes, nor an interval that is not very long. */
function topOf(layers: readonly (Interval | null)[]): number {
  const greatest = Math.max(0, ...layers.flatMap(valuesOf));
  const most = Math.max(greatest, ...layers.map((one) => Math.min(one?.high ?? 0, 2 * greatest)));
  if (most === 0) return 1;
  const [, step = most] = niceTicks(0, most, 4);
  return Math.ceil(most / step - 1e-9) * step;
}

function panelOf(
  { name, note, layers, runs, series, coming, silent = false }: Network,
  measure: string,
  scales: Scales,
  width: number,
): Panel {
  const inLayers = series.filter((one) => one.layers.some((interval) => interval !== null));
  const each = width / Math.max(1, layers.length);
  const slot = Math.min(SLOT, (0.9 * each) / Math.max(1, inLayers.length));
  const answered = series.filter(({ accuracy }) => accuracy !== null);
  // Each has its place in all networks; of many those alone are there that the network answers.
  const placed = series.length > MANY ? answered : series;
  const accuracy: Plot = {
    x: { title: '', range: [-0.5, Math.max(1, placed.length) - 0.5], names: [] },
    y: scales.accuracy,
    height: HEIGHT,
    narrow: true,
    title: 'Accuracy',
    ...(answered.length > 0 ? {} : { empty: coming ? 'not yet' : 'none' }),
    marks: placed.flatMap((one, from) => {
      const { label, accuracy: interval, chance, seeds } = one;
      const at = series.indexOf(one);
      return [
        ...(interval === null || chance === null ? [] : [chanceLine(chance, at, from, placed.length)]),
        ...marksOf(
          [interval],
          { at, shift: DOTS / 2, from, seeds, axis: scales.accuracy },
          () => `${name}, accuracy of ${label}`,
        ),
      ];
    }),
  };
  const shares: Plot = {
    x: {
      title: '',
      range: [-0.5, layers.length - 0.5],
      names: layers.map((layer, at) => ({ at, name: layerName(layer, each) })),
    },
    // Beside accuracy the same axis has no numbers of its own.
    y: silent && scales.measure.bare === true ? scales.accuracy : scales.measure,
    height: HEIGHT,
    title: measure,
    ...(inLayers.length > 0 ? {} : { empty: coming ? 'not yet' : 'none' }),
    marks: inLayers.flatMap((one, among) => {
      const shift = (among - (inLayers.length - 1) / 2) * slot + DOTS / 2;
      const look = { at: series.indexOf(one), shift, from: 0, seeds: one.seeds, axis: scales.measure };
      const nameOf = (layer: number): string => `${name}, ${layers[layer] ?? ''}, ${one.label}`;
      return [...runs.map((run) => courseOf(one, run, look)), ...marksOf(one.layers, look, nameOf)];
    }),
  };
  return { title: name, note, across: true, plots: silent ? [shares] : [accuracy, shares] };
}

/** How one label is drawn in a plot. */
interface Look {
  /** Its place among the labels. */
  at: number;
  shift: number;
  /** Where the first interval stands on the horizontal axis. */
  from: number;
  seeds: readonly string[];
  axis: Axis;
}

function chanceLine(chance: number, at: number, from: number, count: number): Line {
  // A short one, however many there are.
  const half = Math.min(0.4, 0.14 * count);
  return {
    kind: 'line',
    name: 'chance',
    colour: { classes: at },
    width: 1,
    dash: [3, 2],
    shift: DOTS / 2,
    points: [-half, half].map((aside) => ({ x: from + aside, y: chance })),
  };
}

/** The means from layer to layer. */
function courseOf({ layers }: Series, run: readonly number[], { at, shift, axis }: Look): Line {
  return {
    kind: 'line',
    name: 'mean',
    colour: { classes: at },
    width: 1.5,
    opacity: 0.7,
    shift,
    points: run.flatMap((x) => {
      const mean = layers[x]?.mean ?? null;
      return mean === null ? [] : [{ x, y: within(axis, mean) }];
    }),
  };
}

/** Every replicate, the interval and the mean, of each interval that there is. */
function marksOf(
  intervals: readonly (Interval | null)[],
  look: Look,
  nameOf: (which: number) => string,
): Mark[] {
  return [dotsOf(intervals, look, nameOf), ...meansOf(intervals, look, nameOf)];
}

function dotsOf(
  intervals: readonly (Interval | null)[],
  { at, shift, from, seeds, axis }: Look,
  nameOf: (which: number) => string,
): Mark {
  const dots = intervals.flatMap((interval, which) =>
    (interval?.values ?? []).flatMap((value, seed) =>
      value === null ? [] : [{ value, which, seed: seeds[seed] ?? '' }],
    ),
  );
  return {
    kind: 'points',
    x: dots.map(({ which }) => from + which),
    y: dots.map(({ value }) => within(axis, value)),
    colour: { classes: at },
    shape: 'disc',
    radius: 2,
    opacity: 0.7,
    shift: shift - DOTS,
    says: (dot) => {
      const { value = null, which = 0, seed = '' } = dots[dot] ?? {};
      return [`${nameOf(which)}, ${seed}: ${shown(value)}`];
    },
  };
}

function meansOf(
  intervals: readonly (Interval | null)[],
  { at, shift, from, axis }: Look,
  nameOf: (which: number) => string,
): Mark[] {
  const means = intervals.flatMap((interval, which) => {
    if (interval === null || interval.mean === null) return [];
    const said = shownInterval({ ...interval, ...remarkedMean(interval) });
    const says = `${nameOf(which)}: mean ${said}, ${plural(interval.n, 'replicate')}`;
    return [{ ...interval, mean: interval.mean, at: from + which, says }];
  });
  const places = means.map((mean) => mean.at);
  const ends = means.map(({ low, high }): Range | null =>
    low === null || high === null ? null : [low, high],
  );
  const colour = { classes: at };
  return [
    { kind: 'intervals', along: 'y', at: places, ends, colour, width: 1.5, shift },
    {
      kind: 'points',
      x: places,
      y: means.map(({ mean }) => within(axis, mean)),
      colour,
      shape: markAt(at),
      radius: 4.2,
      rim: true,
      shift,
      says: (which) => [means[which]?.says ?? ''],
    },
  ];
}

/** What lies beyond the axis stands at its end. */
function within({ range: [low, high] }: Axis, value: number): number {
  return Math.max(low, Math.min(high, value));
}

function layerName(name: string, room: number): string {
  return room < 48 ? name.replace('hidden', 'h').replace('output', 'out') : name;
}
