import { findingsOf } from '../../../src/analysis/findings';
import { markAt } from '../../../src/formats/marks';
import { confidenceText } from '../../../src/formats/percent';
import { labelNames } from '../../../src/formats/label-names';
import {
  dictionaryName,
  dictionaryNumbers,
  type RecoveredBy,
  recoveredBy,
  recoveryName,
} from '../../../src/protocol/dictionary-words';
import type { Interval, Results } from '../../../src/protocol/results';
import { intervalCell } from '../cell';
import type { Mark, Panel as Small, Picture, Range } from '../charts/picture';
import { pictureChart } from '../charts/picture-chart';
import type { FigureContent } from '../figure-content';
import { tasksFirst } from '../labels';
import { plural, shown, shownInterval } from '../number';
import { figure, type Panel } from '../panel';
import { measuresNamed } from '../says';

/** Differences of AUROC that are no more are none. */
const MARGIN = 0.02;

/** Of more layers than these captions have no numbers. */
const MOST_TOLD = 2;

/** How far marks of one label stand from each other, in pixels. */
const APART = 9;

const words: Readonly<Record<RecoveredBy, string>> = {
  dictionary: 'best unit of the dictionary',
  units: 'best unit of the layer',
  components: 'best principal component',
  probe: 'probe',
};

interface Label {
  name: string;
  means: Readonly<Record<RecoveredBy, Interval | undefined>>;
}

/** One layer of a network, of which there is a dictionary. */
interface Recovered {
  network: string;
  layer: string;
  labels: readonly Label[];
  numbers: Readonly<Record<(typeof dictionaryNumbers)[number], Interval | undefined>>;
}

/** What sparse autoencoders recover of labels, beside what needs none. */
export const dictionaryPanel: Panel = {
  id: 'dictionary',
  title: 'Dictionary',
  follows: [],
  choices: {},
  offered: ({ results }) => recoveryName('dictionary') in results.measures,
  draw: (_, { results }) => [
    figure('Recovery by a dictionary', recoveryOf(results)),
    figure('The dictionary itself', numbersOf(results)),
  ],
};

/** Those that were recovered: a feature that is a task once, and single bits, which are no labels of the results. */
export function shownLabels(recovered: readonly string[], labels: Results['labels']): string[] {
  const names = labelNames(labels);
  const known = new Set(labels.map(({ name }) => name));
  return recovered.filter((label) => names.has(label) || !known.has(label));
}

function foundIn(results: Results): Recovered[] {
  const findings = findingsOf(results);
  const names = labelNames(results.labels);
  return results.networks.flatMap(({ name: network, layers }) =>
    layers.flatMap(({ name: layer }): Recovered[] => {
      const labels = shownLabels(findings.labels(network, recoveryName('dictionary'), layer), results.labels);
      if (labels.length === 0) return [];
      const of = <K extends string>(keys: readonly K[], measure: (key: K) => string, label?: string) =>
        Object.fromEntries(
          keys.map((key) => [
            key,
            findings.mean(network, measure(key), { site: layer, ...(label === undefined ? {} : { label }) }),
          ]),
        ) as Record<K, Interval | undefined>;
      return [
        {
          ...{ network, layer },
          labels: tasksFirst(labels, results.labels).map((label) => ({
            name: names.get(label) ?? label,
            means: of(recoveredBy, recoveryName, label),
          })),
          numbers: of(dictionaryNumbers, dictionaryName),
        },
      ];
    }),
  );
}

function recoveryOf(results: Results): FigureContent {
  const all = foundIn(results);
  const missing = 'No replicate with a dictionary is finished.';
  return {
    chart: all.length === 0 ? null : pictureChart(() => recoveryPicture(all)),
    description: all.length === 0 ? missing : `${plural(all.length, 'layer')}.`,
    caption:
      all.length === 0
        ? missing
        : `${all.map((one) => verdict(one, all.length <= MOST_TOLD)).join(' ')} AUROC on fresh stimuli of one unit or component that was chosen on others; means over replicates, bars: ${confidenceText(results.confidence)} intervals. Dotted: chance.`,
    says: measuresNamed(results, ...recoveredBy.map(recoveryName)),
    table: {
      columns: ['network', 'layer', 'label', ...recoveredBy.map((by) => words[by])],
      rows: all.flatMap(({ network, layer, labels }) =>
        labels.map(({ name, means }) => [
          ...[network, layer, name],
          ...recoveredBy.map((by) => intervalCell(means[by])),
        ]),
      ),
    },
  };
}

/**
 * What the dictionary is good for, in a sentence or two.
 *
 * @param numbers whether it tells them: of many networks they stand in the table alone
 */
export function verdict(
  { network, layer, labels }: Pick<Recovered, 'network' | 'layer' | 'labels'>,
  numbers = true,
): string {
  const told = labels.flatMap(({ name, means }) => {
    const { dictionary, units, components, probe } = means;
    const [own, one, other] = [dictionary, units, components].map((found) => found?.mean ?? NaN);
    const others = Math.max(one ?? NaN, other ?? NaN);
    if (own === undefined || Number.isNaN(own - others)) return [];
    return [{ name, own, other: others, probe: probe?.mean ?? null }];
  });
  const said = (one: (typeof told)[number]): string =>
    !numbers
      ? one.name
      : `${one.name} (${shown(one.own, true)}, the layer’s ${shown(one.other, true)}${one.probe === null ? '' : `, a probe ${shown(one.probe, true)}`})`;
  const listed = (of: typeof told): string => of.map(said).join(', ');
  const better = told.filter(({ own, other }) => own > other + MARGIN);
  const worse = told.filter(({ own, other }) => own < other - MARGIN);
  const alike = told.filter((one) => !better.includes(one) && !worse.includes(one));
  const parts = [
    ...(better.length > 0 ? [`Better: ${listed(better)}.`] : []),
    ...(alike.length > 0 ? [`As well: ${listed(alike)}.`] : []),
    ...(worse.length > 0 ? [`Worse: ${listed(worse)}.`] : []),
  ];
  if (parts.length === 0) return `${network}, ${layer}: nothing could be recovered.`;
  const none = better.length === 0 ? 'no label better than' : 'labels beside';
  return `${network}, ${layer}: the best unit of the dictionary recovers ${none} the best unit or component of the layer. ${parts.join(' ')}`;
}

function recoveryPicture(all: readonly Recovered[]): Picture {
  const values = all.flatMap(({ labels }) =>
    labels.flatMap(({ means }) =>
      recoveredBy.flatMap((by) => [means[by]?.mean ?? 0.5, means[by]?.low ?? 0.5]),
    ),
  );
  const range: Range = [Math.max(0, Math.min(0.48, ...values) - 0.02), 1.02];
  return {
    panels: all.map((one): Small => panelOf(one, range)),
    panelWidth: { least: 240, most: 620 },
    legend: [
      {
        entries: recoveredBy.map((by, at) => ({
          name: words[by],
          colour: { classes: at },
          shape: markAt(at),
        })),
      },
    ],
  };
}

function panelOf({ network, layer, labels }: Recovered, range: Range): Small {
  const across: Range = [-0.6, labels.length - 0.4];
  const chance: Mark = {
    kind: 'line',
    name: 'chance',
    colour: 'muted',
    width: 1.2,
    dash: [2, 3],
    points: across.map((x) => ({ x, y: 0.5 })),
  };
  const marks = recoveredBy.flatMap((by, at): Mark[] => {
    const found = labels.flatMap(({ name, means }, place) => {
      const mean = means[by];
      return mean === undefined || mean.mean === null ? [] : [{ name, place, mean, value: mean.mean }];
    });
    const shift = (at - (recoveredBy.length - 1) / 2) * APART;
    return [
      {
        kind: 'intervals',
        along: 'y',
        at: found.map(({ place }) => place),
        ends: found.map(({ mean: { low, high } }) => (low === null || high === null ? null : [low, high])),
        colour: { classes: at },
        width: 1.6,
        shift,
      },
      {
        kind: 'points',
        x: found.map(({ place }) => place),
        y: found.map(({ value }) => value),
        colour: { classes: at },
        shape: markAt(at),
        radius: 4.5,
        shift,
        rim: true,
        says: (point) => {
          const one = found[point];
          return one === undefined ? [] : [`${one.name}, ${words[by]}`, shownInterval(one.mean)];
        },
      },
    ];
  });
  return {
    title: network,
    note: layer,
    plots: [
      {
        x: { title: '', range: across, names: labels.map(({ name }, at) => ({ at, name })) },
        y: { title: 'AUROC, fresh stimuli', range },
        height: 220,
        marks: [chance, ...marks],
      },
    ],
  };
}

function numbersOf(results: Results): FigureContent {
  const all = foundIn(results);
  return {
    chart: null,
    tableOpen: true,
    description: '',
    caption:
      'How much of the layer’s variance it rebuilds on fresh stimuli, how many of its units are active for one, and which share of them never is.',
    says: measuresNamed(results, ...dictionaryNumbers.map(dictionaryName)),
    table: {
      columns: ['network', 'layer', 'variance rebuilt', 'active units', 'dead units'],
      rows: all.map(({ network, layer, numbers }) => [
        ...[network, layer],
        ...dictionaryNumbers.map((number) => intervalCell(numbers[number])),
      ]),
    },
  };
}
