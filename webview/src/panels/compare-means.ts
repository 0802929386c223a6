import { markAt } from '../../../src/formats/marks';
import type { ComparedValue, Comparison } from '../../../src/protocol/comparison';
import type { Results, Value } from '../../../src/protocol/results';
import { rangeOf } from '../charts/extent';
import { lettersIn } from '../charts/names';
import { onePanel } from '../charts/one-panel';
import type { Mark, Picture } from '../charts/picture';
import { pictureChart } from '../charts/picture-chart';
import type { FigureContent } from '../figure-content';
import { plural, shownInterval } from '../number';
import { measuresNamed, saysOfAll } from '../says';
import { byWeight } from './compare-changes';
import { layerOf, nameOf } from './compare-picture';

/** More rows than this are in the table only. */
const pictured = 16;
/** Height of a line of a name, and of what one run takes. */
const LINE = 13;
const RUN = 12;

interface Mean {
  mean: Value;
  low: Value;
  high: Value;
}

/** One number of one network in all runs: this one, and then the others; undefined where a run does not have it. */
interface Row {
  of: ComparedValue;
  means: (Mean | undefined)[];
}

/**
 * The means of all runs beside each other: what differs most first.
 *
 * @param comparisons of this run with each of the others
 * @param own numbers that differ beyond seed noise in one of the others alone
 */
export function meansInAllRuns(
  comparisons: readonly Comparison[],
  own: boolean,
  results: Results,
): FigureContent {
  const rows = rowsOf(comparisons, own);
  const runs = [comparisons[0]?.name ?? '', ...comparisons.map(({ other }) => other)];
  const drawn = rows
    .filter(({ means }) => means.some((one) => typeof one?.mean === 'number'))
    .slice(0, pictured);
  const says = measuresNamed(results, ...new Set(rows.map(({ of }) => of.measure)));
  return {
    chart:
      drawn.length === 0
        ? null
        : pictureChart((page, whole) => meansPicture(drawn, runs, whole ? Infinity : lettersIn(page, true))),
    description: `${plural(drawn.length, 'number')} in ${plural(runs.length, 'run')}, each a mean over replicates with its interval.`,
    caption:
      drawn.length === 0
        ? 'No number differs beyond seed noise in any of the runs.'
        : `Means over replicates with their intervals, the run here first${rows.length > drawn.length ? `; ${drawn.length} of ${rows.length} are pictured, the table has all` : ''}. Whether two runs differ beyond seed noise is said by the interval of their difference, above: intervals of means may overlap where that leaves 0 out.`,
    table: {
      columns: ['network', 'layer', 'label', 'measure', ...runs],
      says: { measure: saysOfAll(says) },
      rows: rows.map(({ of, means }) => [
        ...[of.network, layerOf(of), of.label, of.title],
        ...means.map((mean) => mean ?? null),
      ]),
    },
    says,
  };
}

function rowsOf(comparisons: readonly Comparison[], own: boolean): Row[] {
  const heaviest = byWeight(comparisons.flatMap(({ rows }) => rows));
  const keys = new Map(heaviest.map((row) => [keyOf(row), row]));
  const found = comparisons.map(({ rows }) => new Map(rows.map((row) => [keyOf(row), row])));
  // A map keeps the place of the first of its like: the weightiest.
  return [...keys].flatMap(([key, of]) => {
    const there = found.map((rows) => rows.get(key));
    if (own && !there.some((row) => row?.beyondSeeds === true)) return [];
    const here: Mean = meanOf(of.here, of.hereEnds);
    const means = there.map((row, at) => {
      if (row) return meanOf(row.there, row.thereEnds);
      return comparisons[at]?.unchanged.includes(of.network) === true ? here : undefined;
    });
    return [{ of, means: [here, ...means] }];
  });
}

function keyOf({ network, measure, layer, other, label }: ComparedValue): string {
  return JSON.stringify([network, measure, layer, other, label]);
}

function meanOf(mean: Value, ends: ComparedValue['hereEnds']): Mean {
  return { mean, low: ends?.[0] ?? null, high: ends?.[1] ?? null };
}

/** In each row a number, in each of its lines a run. @param letters of a line of a name */
function meansPicture(rows: readonly Row[], runs: readonly string[], letters: number): Picture {
  const names = rows.map(({ of }) => nameOf({ ...of, against: undefined }, letters));
  const lines = Math.max(...names.map((name) => name.length));
  const values = rows.flatMap(({ means }) => means.flatMap((mean) => [mean?.mean, mean?.low, mean?.high]));
  const placeOf = (row: number, run: number): number => row + 0.8 * ((run + 0.5) / runs.length - 0.5);
  const marks = runs.flatMap((name, run): Mark[] => {
    const own = rows.flatMap(({ means, of }, row) => {
      const mean = means[run];
      return mean && mean.mean !== null ? [{ mean, of, at: placeOf(row, run) }] : [];
    });
    const colour = { classes: run };
    const at = own.map((one) => one.at);
    return [
      {
        ...{ kind: 'intervals', along: 'x', at, colour, width: 1.5 },
        ends: own.map(({ mean: { low, high } }) => (low === null || high === null ? null : [low, high])),
      },
      {
        ...{ kind: 'points', y: at, colour, shape: markAt(run), radius: 4 },
        x: own.map(({ mean }) => mean.mean ?? NaN),
        says: (point: number) => saidOf(own[point], name),
      },
    ];
  });
  return onePanel(
    [
      {
        x: {
          title: 'Mean over replicates',
          range: rangeOf(values.filter((one) => typeof one === 'number')),
          above: true,
        },
        y: {
          ...{ title: '', range: [rows.length - 0.5, -0.5], wide: true },
          names: names.map((name, at) => ({ at, name: name.join('\n') })),
        },
        height: Math.max(LINE * lines + 12, RUN * runs.length + 8) * rows.length,
        marks,
      },
    ],
    {
      legend: [
        {
          head: 'run',
          entries: runs.map((name, run) => ({ name, colour: { classes: run }, shape: markAt(run) })),
        },
      ],
    },
  );
}

function saidOf(one: { mean: Mean; of: ComparedValue } | undefined, run: string): string[] {
  if (one === undefined) return [];
  return [...nameOf({ ...one.of, against: undefined }, Infinity), `${run}: ${shownInterval(one.mean)}`];
}
