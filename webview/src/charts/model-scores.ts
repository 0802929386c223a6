import type { ModelScores } from '../../../src/protocol/model-scores';
import { decimals } from '../../../src/formats/fixed';
import { NO_VALUE } from '../number';
import type { Boxes, LegendEntry, Mark, Picture, Plot, Range } from './picture';

/** Half of a bar, of the distance of two. */
const HALF = 0.34;
/** Pixels of a line that says that two models differ. */
const EACH = 9;
/** How far the band of the ceiling covers what is under it; a small sample of it needs twice as much to be seen. */
const BAND = 0.25;
/** More lines than these say less than a table. */
const MOST_LINES = 40;

/**
 * The figure of model comparison: a bar for each model with its interval and the scores of single subjects, the band of the noise ceiling,
 * what is above 0 and below the ceiling, and above the bars a line for each two models that differ.
 */
export function modelScoresPicture(scores: ModelScores): Picture {
  const lines = differing(scores);
  const rows = inRows(lines);
  const names = scores.models.map(({ name }, at) => ({ at, name }));
  const across: Range = [-0.6, scores.models.length - 0.4];
  const bars: Plot = {
    x: { title: '', range: across, names },
    y: { title: scores.measure, range: heights(scores) },
    height: 260,
    marks: [...ceilingOf(scores, across), ...barsOf(scores), ...signsOf(scores)],
  };
  const above: Plot = {
    x: { title: '', range: across, ticks: [] },
    y: { title: '', range: [-0.5, rows.length - 0.5], ticks: [] },
    plain: true,
    height: rows.length * EACH,
    marks: rows.flatMap((row, at) => row.map((pair) => differenceLine(pair, at))),
  };
  return {
    panels: [{ plots: lines.length === 0 ? [bars] : [above, bars] }],
    legend: [{ entries: entriesOf(scores, lines.length) }],
  };
}

/** Pairs of places that differ, those near to each other first. */
function differing({ models, differences, level }: ModelScores): [number, number][] {
  const place = new Map(models.map(({ name }, at) => [name, at]));
  return differences
    .filter(({ corrected }) => corrected !== null && corrected < level)
    .map(({ first, second }): [number, number] => [place.get(first) ?? 0, place.get(second) ?? 0])
    .sort((a, b) => a[1] - a[0] - (b[1] - b[0]) || a[0] - b[0])
    .slice(0, MOST_LINES);
}

/** Lines that have a row to themselves or share it with others aside, the shortest nearest to the bars. */
function inRows(lines: readonly (readonly [number, number])[]): (readonly [number, number])[][] {
  const rows: (readonly [number, number])[][] = [];
  for (const line of lines) {
    const free = rows.find((row) => row.every(([from, to]) => line[1] < from || line[0] > to));
    if (free) free.push(line);
    else rows.push([line]);
  }
  return rows;
}

function differenceLine([from, to]: readonly [number, number], row: number): Mark {
  return {
    kind: 'line',
    name: '',
    colour: 'foreground',
    shape: 'disc',
    width: 1.2,
    points: [
      { x: from, y: row },
      { x: to, y: row },
    ],
  };
}

/** From what is lowest to what is highest, and 0. */
function heights({ models, ceiling }: ModelScores): Range {
  const all = [
    ...[0, ceiling.lower, ceiling.upper],
    ...models.flatMap(({ value, low, high, bySubject }) => [value, low, high, ...bySubject]),
  ].filter((one) => one !== null);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const room = 0.06 * (high - low);
  // Signs of what is above 0 stand at the foot of the bars.
  return [low - 1.6 * room, high + room];
}

function ceilingOf(scores: ModelScores, across: Range): Mark[] {
  const { lower, upper } = scores.ceiling;
  if (lower === null || upper === null) return [];
  const band: Boxes = {
    kind: 'boxes',
    boxes: [{ x: across, y: [lower, upper] }],
    colour: 'muted',
    opacity: BAND,
    says: () => [nameOfCeiling(scores), `${decimals(lower, 3)} to ${decimals(upper, 3)}`],
  };
  return [band];
}

function nameOfCeiling({ ceilingName = 'noise ceiling' }: ModelScores): string {
  return ceilingName;
}

function barsOf({ models, confidence, subjectNames = [] }: ModelScores): Mark[] {
  const ends = models.map(({ low, high }): Range | null =>
    low === null || high === null ? null : [low, high],
  );
  const bars: Boxes = {
    kind: 'boxes',
    boxes: models.map(({ value }, at) => ({ x: [at - HALF, at + HALF], y: [0, value ?? 0] })),
    colour: { classes: 0 },
    opacity: 0.75,
    says: (at) => {
      const { name = '', value = null } = models[at] ?? {};
      const end = ends[at] ?? null;
      return [
        name,
        value === null ? NO_VALUE : decimals(value, 3),
        ...(end
          ? [`${Math.round(100 * confidence)} %: ${decimals(end[0], 3)} to ${decimals(end[1], 3)}`]
          : []),
      ];
    },
  };
  const single = models.flatMap(({ name, bySubject }, model) =>
    bySubject.flatMap((value, subject) => {
      // Side by side, in the order of the subjects, right of the interval and left of it in turn.
      const step = bySubject.length < 2 ? 0 : subject / (bySubject.length - 1) - 0.5;
      return value === null ? [] : [{ name, subject, x: model + 1.5 * HALF * step, y: value }];
    }),
  );
  return [
    bars,
    {
      kind: 'points',
      x: single.map(({ x }) => x),
      y: single.map(({ y }) => y),
      colour: 'foreground',
      shape: 'disc',
      radius: 2,
      hollow: true,
      says: (at) => {
        const { name = '', subject = 0, y = 0 } = single[at] ?? {};
        return [name, `${subjectNames[subject] ?? `subject ${subject + 1}`}: ${decimals(y, 3)}`];
      },
    },
    { kind: 'intervals', along: 'y', at: models.map((_, at) => at), ends, colour: 'foreground', width: 1.8 },
  ];
}

/** What tests say of each model: a disc under it where it is above 0, a triangle at the ceiling where it is below. */
function signsOf(scores: ModelScores): Mark[] {
  const { models, level, ceiling } = scores;
  const [foot, top] = heights(scores);
  const places = (holds: (model: ModelScores['models'][number]) => boolean): number[] =>
    models.flatMap((model, at) => (holds(model) ? [at] : []));
  const counts = (p: number | null): boolean => p !== null && p < level;
  const above = places(({ aboveZero }) => counts(aboveZero.corrected));
  const { lower } = ceiling;
  const below =
    lower === null
      ? []
      : places(({ ceiling: { corrected }, value }) => counts(corrected) && (value ?? lower) < lower);
  const shared = { kind: 'points', colour: 'foreground', radius: 4 } as const;
  return [
    {
      ...shared,
      x: above,
      y: above.map(() => foot + 0.025 * (top - foot)),
      shape: 'disc',
      says: (at: number) => [models[above[at] ?? 0]?.name ?? '', 'above 0'],
    },
    {
      ...shared,
      x: below,
      y: below.map(() => lower ?? 0),
      shape: 'triangle',
      says: (at: number) => [models[below[at] ?? 0]?.name ?? '', `below the ${nameOfCeiling(scores)}`],
    },
  ];
}

function entriesOf(scores: ModelScores, lines: number): LegendEntry[] {
  const { ceiling, level, tests, confidence, subjects } = scores;
  const name = nameOfCeiling(scores);
  const p = `p < ${String(level).replace(/^0/, '')}`;
  return [
    {
      name: `mean of ${subjects} ${subjects === 1 ? 'RDM' : 'RDMs'}, ${Math.round(100 * confidence)} % interval`,
      colour: { classes: 0 },
      shape: 'square',
    },
    ...(ceiling.lower === null
      ? []
      : [{ name: `${name} (band)`, colour: 'muted', shape: 'square', opacity: 2 * BAND } as const]),
    { name: `above 0, ${p} (${tests})`, colour: 'foreground', shape: 'disc' },
    ...(ceiling.lower === null
      ? []
      : [{ name: `below the band, ${p}`, colour: 'foreground', shape: 'triangle' } as const]),
    ...(lines === 0 ? [] : [{ name: `two models differ, ${p}`, colour: 'foreground', dash: [] } as const]),
  ];
}
