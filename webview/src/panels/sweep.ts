import { layerWords } from '../../../src/protocol/measure-names';
import { own } from '../../../src/protocol/own';
import { resultsAt } from '../../../src/protocol/results-at';
import type { Interval, MeasureInfo, PairGroup, Results, SweepResults } from '../../../src/protocol/results';
import { settingNames } from '../../../src/protocol/setting-text';
import { type Cell, groupCell, intervalCell } from '../cell';
import { sweepMaps } from '../charts/sweep-map';
import { sweepPicture, type SweepSeries } from '../charts/sweep-picture';
import { pictureChart } from '../charts/picture-chart';
import type { FigureContent } from '../figure-content';
import { plural } from '../number';
import { figure, type Option, type Panel, withoutPicture } from '../panel';
import { measuresNamed, saysText } from '../says';
import type { Table } from '../table';
import { whichLabels } from './overview';
import { averages } from './sweep-averages';
import { answersAgainst, setChoice } from './sweep-answers';
import {
  groupsOf,
  LAST,
  networkRows,
  pairRows,
  type Read,
  type Row,
  stepsOf,
  type SweptMeasure,
  variedOf,
} from './sweep-rows';

const ANSWERS = 'Answers against a setting';
const FIGURE = 'A measure against a setting';
const AVERAGES = 'A measure against each setting';
const MAP = 'A measure over two settings';
/** More small maps are not drawn. */
const MOST_MAPS = 24;
/** Before the name of a measure of pairs of networks. */
const PAIR = 'pair ';

type Chosen = {
  sweptMeasure: string;
  sweptSetting: string;
  sweptLayer: string;
  labels: string;
  sweptSet: string;
};

/** How what is measured depends on what was varied. */
export const sweepPanel: Panel<Chosen> = {
  id: 'sweep',
  title: 'Sweep',
  follows: [],
  ofSweep: true,
  offered: ({ whole }) => whole.sweep !== undefined,
  choices: {
    sweptMeasure: {
      initial: 'varianceExplained',
      label: 'Measure',
      options: (_, { whole }) => measuresOf(whole),
    },
    sweptSetting: {
      initial: '',
      label: 'Against',
      options: (_, { whole: { sweep } }) => {
        const varied = sweep ? variedOf(sweep) : [];
        const names = settingNames(sweep?.settings ?? []);
        return varied.length < 2 ? [] : varied.map((at) => ({ value: String(at), label: names[at] ?? '' }));
      },
    },
    sweptLayer: {
      initial: LAST,
      label: 'Layer',
      options: (_, { whole }, { sweptMeasure }) => {
        const { of } = own(whole.measures, sweptMeasure) ?? {};
        const names = layersOf(whole);
        return of === 'site' && names.length > 1
          ? [{ value: LAST, label: 'last hidden' }, ...names.map((name) => ({ value: name, label: name }))]
          : [];
      },
    },
    labels: { initial: '', label: 'Labels', options: () => whichLabels },
    sweptSet: setChoice,
  },
  draw: (_, { whole }, c) => {
    const asked = askedOf(whole, c);
    if (typeof asked === 'string') return [figure(FIGURE, withoutPicture(asked))];
    const answers = answersAgainst(whole, asked, c.sweptSet);
    const each = averages(whole, asked);
    const map = overTwo(asked);
    return [
      ...(answers ? [figure(ANSWERS, answers)] : []),
      ...(each ? [figure(AVERAGES, each)] : []),
      figure(FIGURE, against(whole, asked)),
      ...(map ? [figure(MAP, map)] : []),
    ];
  },
};

function layersOf(whole: Results): string[] {
  const points = whole.sweep?.points ?? [];
  const all = points.flatMap((_, point) => resultsAt(whole, point).networks.flatMap(({ layers }) => layers));
  return [...new Set(all.map(({ name }) => name))];
}

/** What has one number of a replicate, of a layer, or of a layer and a label; and what pairs of networks have. */
function measuresOf(whole: Results): Option[] {
  const measured = Object.entries(whole.measures).filter(
    ([, { of, by, beside }]) => of !== 'pair' && by.every((one) => one === 'label') && beside === undefined,
  );
  const pairs = [...new Set([...whole.rsa, ...whole.pairs].map(({ measure }) => measure))];
  const option = (value: string, info: MeasureInfo, group: string): Option => ({
    ...{ value, label: info.title, group, hint: saysText(info) },
  });
  return [
    ...measured
      // Of tasks it is always shown above.
      .filter(([name]) => name !== 'accuracy' || whole.asked !== undefined)
      .map(([name, info]) => option(name, info, info.of === 'site' ? 'Of a layer' : 'Of a network')),
    ...pairs.flatMap((name) => {
      const info = own(whole.measures, name);
      return info ? [option(`${PAIR}${name}`, info, 'Of two networks')] : [];
    }),
  ];
}

/** @returns a sentence where there is nothing to draw */
function askedOf(whole: Results, c: Chosen): SweptMeasure | string {
  const { sweep } = whole;
  if (!sweep) return 'Nothing was varied in this experiment.';
  const isPair = c.sweptMeasure.startsWith(PAIR);
  const measure = isPair ? c.sweptMeasure.slice(PAIR.length) : c.sweptMeasure;
  const info = own(whole.measures, measure);
  if (!info) return 'Nothing was measured yet: no replicate is done.';
  const rows = isPair ? pairRows(whole, measure) : networkRows(whole, { ...c, sweptMeasure: measure }, info);
  const varied = variedOf(sweep);
  const setting = varied.includes(Number(c.sweptSetting || NaN)) ? Number(c.sweptSetting) : (varied[0] ?? 0);
  const layer = c.sweptLayer === LAST ? 'last hidden layer' : layerWords(c.sweptLayer);
  const title = info.of === 'site' ? `${info.title}, ${layer}` : info.title;
  return { sweep, info, title, isPair, measure, rows, varied, setting };
}

function against(whole: Results, asked: SweptMeasure): FigureContent {
  const { sweep, info, title, isPair, measure, rows, varied, setting } = asked;
  const names = settingNames(sweep.settings);
  // What else is varied tells small pictures apart.
  const others = varied.filter((at) => at !== setting);
  const groups = groupsOf(sweep, others);
  const steps = stepsOf(sweep, setting);
  const panels = [...new Set(rows.map(({ panel }) => panel))].flatMap((panel) =>
    groups.map(({ name, points }) => ({
      title: panel,
      note: name,
      setting: names[setting] ?? '',
      steps,
      series: rows
        .filter((row) => row.panel === panel)
        .map((row): SweepSeries => seriesOf(row, steps, points, sweep, setting)),
    })),
  );
  const most = Math.max(
    0,
    ...rows.flatMap(({ read }) => sweep.points.map((_, point) => countOf(read(point)))),
  );
  return {
    title: `${info.title} against ${names[setting] ?? ''}`,
    tableOpen: true,
    says: measuresNamed(whole, ...(isPair ? [] : ['accuracy']), measure),
    chart: pictureChart(() =>
      sweepPicture({
        panels,
        measure: title,
        names: [...new Set(rows.map(({ name }) => name))],
      }),
    ),
    description: `${title} at ${plural(steps.length, 'value')} of ${names[setting] ?? ''}.`,
    caption: `${title}, at every value of ${sweep.settings[setting] ?? ''}: means over ${isPair ? 'pairs of replicates' : plural(most, 'replicate')} with ${Math.round(100 * whole.confidence)} % intervals${isPair ? '' : '; small dots: each replicate; dotted: chance'}.${others.length === 0 ? '' : ` A small picture for each combination of ${others.map((at) => names[at]).join(', ')}.`}`,
    table: tableOf(sweep, rows, info),
  };
}

/** Where several settings vary: the first two of them, the one that is chosen across. Undefined where fewer do, or there is too much to be drawn. */
function overTwo(asked: SweptMeasure): FigureContent | undefined {
  const { sweep, info, rows, varied, setting: across } = asked;
  const down = varied.find((at) => at !== across);
  if (down === undefined) return undefined;
  const names = settingNames(sweep.settings);
  const side = (at: number) => ({
    title: names[at] ?? '',
    names: [...new Set(sweep.points.map(({ values }) => values[at] ?? ''))],
  });
  const [x, y] = [side(across), side(down)];
  const groups = groupsOf(
    sweep,
    varied.filter((at) => at !== across && at !== down),
  );
  const maps = rows
    .flatMap(({ panel, name, read }) =>
      groups.map(({ name: note, points }) => ({
        title: panel === '' ? name : `${panel}: ${name}`,
        note,
        values: y.names.map((low) =>
          x.names.map((wide) => {
            const point = points.find((one) => {
              const { values } = sweep.points[one] ?? { values: [] };
              return values[across] === wide && values[down] === low;
            });
            return (point === undefined ? undefined : read(point)?.mean) ?? null;
          }),
        ),
      })),
    )
    .filter(({ values }) => values.flat().some((value) => value !== null));
  if (maps.length === 0 || maps.length > MOST_MAPS) return undefined;
  return {
    title: `${info.title} over ${x.title} and ${y.title}`,
    chart: pictureChart(() => sweepMaps({ maps, across: x, down: y, measure: info.title })),
    description: `${info.title} at ${plural(sweep.points.length, 'point')} of ${x.title} and ${y.title}.`,
    caption: `${info.title} at every combination of ${sweep.settings[across] ?? ''} (across) and ${sweep.settings[down] ?? ''} (upwards): means, of which the intervals are above. One scale of colours for all.`,
    table: tableOf(sweep, rows, info),
  };
}

function countOf(interval: Interval | PairGroup | undefined): number {
  return interval === undefined ? 0 : 'n' in interval ? interval.n : interval.pairs;
}

function seriesOf(
  { name, colour, read, accuracy, chance }: Row,
  steps: readonly string[],
  points: readonly number[],
  { points: all }: SweepResults,
  setting: number,
): SweepSeries {
  const at = steps.map((step) => points.find((point) => all[point]?.values[setting] === step));
  const valuesOf = (of: Read | undefined): SweepSeries['measured'] =>
    at.map((point) => (point === undefined ? null : (of?.(point) ?? null)));
  return {
    ...{ name, colour, measured: valuesOf(read) },
    accuracy: accuracy ? valuesOf(accuracy) : null,
    chance: at.map((point) => (point === undefined ? null : (chance?.(point) ?? null))),
  };
}

function tableOf({ settings, points }: SweepResults, rows: readonly Row[], info: MeasureInfo): Table {
  const cell = (interval: Interval | PairGroup | undefined): Cell =>
    interval !== undefined && 'pairs' in interval ? groupCell(interval) : intervalCell(interval);
  const isOfNetworks = rows.some(({ panel }) => panel !== '');
  const hasAccuracy = rows.some(({ accuracy }) => accuracy !== undefined);
  return {
    columns: [
      ...settingNames(settings),
      ...(isOfNetworks ? ['network', 'label'] : ['networks']),
      ...(hasAccuracy ? ['accuracy'] : []),
      info.title,
    ],
    says: { [info.title]: saysText(info) },
    rows: points.flatMap(({ values }, point) =>
      rows.map(({ panel, name, read, accuracy }) => [
        ...values,
        ...(isOfNetworks ? [panel, name] : [name]),
        ...(hasAccuracy ? [cell(accuracy?.(point))] : []),
        cell(read(point)),
      ]),
    ),
  };
}
