import { decimals } from '../../../src/formats/fixed';
import type { Interval, PairGroup } from '../../../src/protocol/results';
import type { Axis, Colour, LegendEntry, Line, Mark, Picture, Plot, Range } from './picture';

/** A line of a small picture: at each value of the setting a mean with its interval, or null. */
export interface SweepSeries {
  name: string;
  /** Its place among the names. */
  colour: number;
  measured: readonly (Interval | PairGroup | null)[];
  /** Null where it is no task that is trained. */
  accuracy: readonly (Interval | PairGroup | null)[] | null;
  chance: readonly (number | null)[];
  /** What the others are held against: known, and without replicates. */
  reference?: boolean;
}

/** A small picture: what depends on a setting. */
export interface SweepPanel {
  title: string;
  note: string;
  setting: string;
  /** The values of the setting, in the order of the file. */
  steps: readonly string[];
  series: readonly SweepSeries[];
  /** What the measure is held against. */
  lines?: readonly Line[];
}

interface SweepContent {
  panels: readonly SweepPanel[];
  measure: string;
  names: readonly string[];
  /** Of the measure; what is shown, unless it is said. */
  range?: Range;
  panelWidth?: NonNullable<Picture['panelWidth']>;
}

const dashes: readonly (readonly number[])[] = [[], [7, 4], [2, 3], [7, 3, 2, 3], [12, 4]];
/** Pixels between two lines at the same value. */
const APART = 4;
/** From here on values lie on a logarithmic axis: one would not tell the small ones apart on a linear one. */
const LOGARITHMIC = 20;

/** Small pictures with a line for each label: accuracy above, what was chosen below, over the setting. */
export function sweepPicture(content: SweepContent): Picture {
  const { panels, measure, range, panelWidth = { least: 230, most: 420 } } = content;
  const shown = (of: 'measured' | 'accuracy'): number[] =>
    panels.flatMap(({ series }) =>
      series.flatMap((one) => [...numbersOf(one[of]), ...(of === 'accuracy' ? definedOf(one.chance) : [])]),
    );
  const hasAccuracy = shown('accuracy').length > 0;
  const [low, high] = range ?? rangeOf(shown('measured'));
  const least = Math.max(0, Math.min(...shown('accuracy'), 1) - 0.05);
  return {
    panels: panels.map(({ title, note, series, lines = [], ...of }) => {
      const axis = axisOf(of);
      const references = series.filter(({ reference }) => reference === true);
      const measured = series.filter(({ reference }) => reference !== true);
      return {
        ...(title === '' ? {} : { title }),
        ...(note === '' ? {} : { note }),
        plots: [
          ...(hasAccuracy
            ? [
                plotOf('Accuracy', [least, 1.02], 130, axis, [
                  ...series.flatMap((one) => chanceOf(one, axis.x)),
                  ...series.flatMap((one, at) => marksOf(one, one.accuracy ?? [], axis.x, at, series.length)),
                ]),
              ]
            : []),
          plotOf(measure, [low, high], 200, axis, [
            ...lines,
            ...references.flatMap((one) => marksOf(one, one.measured, axis.x, 0, 1)),
            ...measured.flatMap((one, at) => marksOf(one, one.measured, axis.x, at, measured.length)),
          ]),
        ],
      };
    }),
    panelWidth,
    legend: [
      {
        entries: content.names.map((name, at): LegendEntry => {
          const isKnown = panels.some(({ series }) =>
            series.some((one) => one.name === name && one.reference === true),
          );
          return { name, ...lookOf(at), ...(isKnown ? {} : { shape: 'disc' }) };
        }),
      },
    ],
  };
}

function plotOf(title: string, range: Range, height: number, { axis }: Placed, marks: readonly Mark[]): Plot {
  const empty = marks.length === 0 ? { empty: 'Nothing was measured here' } : {};
  return { x: axis, y: { title, range }, height, marks, ...empty };
}

interface Placed {
  readonly axis: Axis;
  /** Where each value stands. */
  readonly x: readonly number[];
}

/** Numbers stand where they are, on a logarithmic axis where they span much; all else side by side. */
function axisOf({ steps, setting }: Pick<SweepPanel, 'steps' | 'setting'>): Placed {
  const numbers = steps.map(Number);
  const isNumeric = steps.every((step, at) => step.trim() !== '' && Number.isFinite(numbers[at]));
  const isLog =
    isNumeric && Math.min(...numbers) > 0 && Math.max(...numbers) / Math.min(...numbers) >= LOGARITHMIC;
  const x = isLog ? numbers.map(Math.log10) : isNumeric ? numbers : steps.map((_, at) => at);
  const [low, high] = [Math.min(...x), Math.max(...x)];
  const room = 0.06 * (high - low || 1);
  const names = steps.map((name, at) => ({ at: x[at] ?? 0, name }));
  const range: Range = [low - room, high + room];
  return { x, axis: { title: setting, range, ...(isNumeric ? { ticks: names } : { names }) } };
}

export function lookOf(at: number): { colour: Colour; dash: readonly number[] } {
  return { colour: { classes: at }, dash: dashes[at % dashes.length] ?? [] };
}

/** Means with their line and intervals, and the replicates beside them. */
export function marksOf(
  { name, colour, reference = false }: Pick<SweepSeries, 'name' | 'colour' | 'reference'>,
  values: readonly (Interval | PairGroup | null)[],
  x: readonly number[],
  at: number,
  of: number,
): Mark[] {
  if (numbersOf(values).length === 0) return [];
  const shift = APART * (at - (of - 1) / 2);
  const look = lookOf(colour);
  const note = (one: Interval | PairGroup | null): string => (reference ? 'known' : noteOf(one));
  const points = values.map((one, step) => ({ x: x[step] ?? 0, y: one?.mean ?? null, note: note(one) }));
  if (reference) return [{ kind: 'line', name, ...look, width: 1.4, points }];
  const line: Line = { kind: 'line', name, ...look, width: 2, shape: 'disc', shift, points };
  const single = values.flatMap((one, step) =>
    (one !== null && 'values' in one ? one.values : []).flatMap((value, seed) =>
      value === null ? [] : [{ x: x[step] ?? 0, y: value, seed }],
    ),
  );
  return [
    {
      kind: 'points',
      ...{ colour: look.colour, shape: 'disc', radius: 1.6, shift, opacity: 0.6 },
      x: single.map((one) => one.x),
      y: single.map((one) => one.y),
      says: (point) => [
        name,
        `replicate ${(single[point]?.seed ?? 0) + 1}: ${decimals(single[point]?.y ?? 0, 3)}`,
      ],
    },
    {
      ...{ kind: 'intervals', along: 'y', colour: look.colour, width: 1.4, shift },
      at: x,
      ends: values.map((one) =>
        one === null || one.low === null || one.high === null ? null : [one.low, one.high],
      ),
    },
    line,
  ];
}

function noteOf(one: Interval | PairGroup | null): string {
  if (one === null || one.low === null || one.high === null) return 'mean';
  return `mean, interval ${decimals(one.low, 3)} to ${decimals(one.high, 3)}`;
}

function chanceOf({ name, colour, accuracy, chance }: SweepSeries, x: readonly number[]): Line[] {
  if (accuracy === null || definedOf(chance).length === 0) return [];
  const points = chance.map((y, at) => ({ x: x[at] ?? 0, y, note: 'chance' }));
  return [{ kind: 'line', name, ...lookOf(colour), width: 1.2, dash: [1.5, 4], points }];
}

export function numbersOf(values: readonly (Interval | PairGroup | null)[] | null): number[] {
  return definedOf(
    (values ?? []).flatMap((one) =>
      one === null ? [] : [one.mean, one.low, one.high, ...('values' in one ? one.values : [])],
    ),
  );
}

function definedOf(values: readonly (number | null)[]): number[] {
  return values.filter((value): value is number => value !== null && Number.isFinite(value));
}

/** From the least to the greatest, and a little more. */
export function rangeOf(values: readonly number[]): Range {
  if (values.length === 0) return [0, 1];
  const [low, high] = [Math.min(...values, 0), Math.max(...values)];
  const room = 0.04 * (high - low || 1);
  return [low < 0 ? low - room : 0, high + room];
}
