import { doneReplicates } from '../../../src/analysis/findings';
import { markAt } from '../../../src/formats/marks';
import { remarkedMean } from '../../../src/formats/remark';
import { runsOf } from '../../../src/protocol/layers';
import type { ProbePart } from '../../../src/protocol/probe-words';
import type { Interval, NetworkResults } from '../../../src/protocol/results';
import type { Axis, Colour, Line, Mark, Panel, Picture, Range } from '../charts/picture';
import { plural, shown, shownInterval } from '../number';

/** One curve over layers. */
interface Series {
  readonly name: string;
  readonly part: ProbePart;
  readonly at: number;
}

export const scored: readonly Series[] = [
  { name: 'score', part: 'score', at: 0 },
  { name: 'initial weights', part: 'untrained', at: 1 },
  { name: 'control task', part: 'control', at: 2 },
];
export const followed: readonly Series[] = [
  { name: 'score', part: 'conflict', at: 0 },
  { name: 'initial weights', part: 'conflict.untrained', at: 1 },
];

const HEIGHT = 150;
const WIDTH = { least: 280, most: 560 };
/** How far series of one layer stand apart, and replicates from their mean, in pixels. */
const SLOT = 16;
const DOTS = 6;

export const inputsLook: { colour: Colour; dash: number[] } = { colour: 'foreground', dash: [7, 4] };
export const chanceLook: { colour: Colour; dash: number[] } = { colour: 'muted', dash: [1.5, 4] };

export function picture(panels: readonly Panel[], series: readonly Series[], hasChance: boolean): Picture {
  return {
    panels,
    panelWidth: WIDTH,
    legend: [
      {
        entries: [
          ...series.map(({ name, at }) => ({ name, colour: { classes: at }, shape: markAt(at) })),
          { name: 'inputs', ...inputsLook },
          { name: hasChance ? 'chance' : 'as often either', ...chanceLook },
        ],
      },
    ],
  };
}

/** A label, or a pair: curves over layers with what they are held against. */
export function panelOf(
  title: string,
  measure: string,
  network: NetworkResults,
  curves: readonly { series: Series; means: readonly (Interval | undefined)[] }[],
  lines: readonly Line[],
): Panel {
  const values = curves.flatMap(({ means }) => means.flatMap((mean) => mean?.values ?? []));
  const low = Math.max(-1, Math.min(0, ...values.filter((value) => value !== null)));
  const y: Axis = { title: measure, range: [low < -0.005 ? low - 0.05 : -0.02, 1.02], ticks: ticksFrom(low) };
  const seeds = doneReplicates(network).map(({ seed }) => seed);
  const names = network.layers.map(({ name }) => name);
  const runs = runsOf(network.layers);
  return {
    title,
    plots: [
      {
        x: { title: '', range: [-0.5, names.length - 0.5], names: names.map((name, at) => ({ at, name })) },
        ...{ y, height: HEIGHT },
        marks: [
          ...lines,
          ...curves.flatMap(({ series, means }) =>
            curveMarks(series, means, {
              title,
              ...{ names, runs },
              seeds,
              axis: y,
              shift: (series.at - (curves.length - 1) / 2) * SLOT,
            }),
          ),
        ],
      },
    ],
  };
}

function ticksFrom(low: number): { at: number; name: string }[] {
  const first = low < -0.25 ? -1 : 0;
  return [first, 0, 0.25, 0.5, 0.75, 1]
    .filter((at, place, all) => all.indexOf(at) === place)
    .map((at) => ({ at, name: shown(at, true).replace(/0+$/, '').replace(/\.$/, '') }));
}

interface CurveLook {
  readonly title: string;
  readonly names: readonly string[];
  /** Places of layers that a line goes through. */
  readonly runs: readonly (readonly number[])[];
  readonly seeds: readonly number[];
  readonly axis: Axis;
  readonly shift: number;
}

/** The mean in each layer with its interval, each replicate beside it, and a line. */
function curveMarks(
  { name, at }: Series,
  means: readonly (Interval | undefined)[],
  { title, names, runs, seeds, axis: { range }, shift }: CurveLook,
): Mark[] {
  const within = (value: number): number => Math.max(range[0], Math.min(range[1], value));
  const colour = { classes: at };
  const own = means.flatMap((mean, x) =>
    mean && mean.mean !== null ? [{ ...mean, mean: mean.mean, x }] : [],
  );
  const dots = own.flatMap(({ x, values }) =>
    values.flatMap((value, seed) => (value === null ? [] : [{ x, value, seed: seeds[seed] ?? seed }])),
  );
  const places = own.map(({ x }) => x);
  return [
    ...runs.map((run): Line => ({
      ...{ kind: 'line', name, colour, width: 1.5, opacity: 0.7, shift },
      points: own.flatMap(({ x, mean }) => (run.includes(x) ? [{ x, y: within(mean) }] : [])),
    })),
    {
      ...{ kind: 'points', colour, shape: 'disc', radius: 2, opacity: 0.7, shift: shift - DOTS },
      x: dots.map(({ x }) => x),
      y: dots.map(({ value }) => within(value)),
      says: (dot: number) => {
        const { x = 0, value = null, seed = 0 } = dots[dot] ?? {};
        return [`${title}, ${names[x] ?? ''}, ${name}, seed ${seed}: ${shown(value)}`];
      },
    },
    {
      ...{ kind: 'intervals', along: 'y', at: places, colour, width: 1.5, shift },
      ends: own.map(({ low, high }): Range | null => (low === null || high === null ? null : [low, high])),
    },
    {
      ...{ kind: 'points', colour, shape: markAt(at), radius: 4.2, rim: true, shift },
      x: places,
      y: own.map(({ mean }) => within(mean)),
      says: (which: number) => {
        const one = own[which];
        if (!one) return [];
        const said = shownInterval({ ...one, ...remarkedMean(one) });
        return [`${title}, ${names[one.x] ?? ''}, ${name}: mean ${said}, ${plural(one.n, 'replicate')}`];
      },
    },
  ];
}

/** What is the same for all layers. */
export function straight(name: string, look: typeof inputsLook, y: number | null, layers: number): Line {
  return {
    ...{ kind: 'line', name, ...look, width: 1.5 },
    points: y === null ? [] : [-0.5, layers - 0.5].map((x) => ({ x, y, note: name })),
  };
}
