import { type Findings, findingsOf } from '../../../src/analysis/findings';
import { confidenceText } from '../../../src/formats/percent';
import { type CounterpartsPart, counterpartsName } from '../../../src/protocol/counterpart-words';
import { layerWords } from '../../../src/protocol/measure-names';
import { own } from '../../../src/protocol/own';
import type { Interval, Results } from '../../../src/protocol/results';
import { intervalCell } from '../cell';
import type {
  Axis,
  Colour,
  LegendEntry,
  Mark,
  Panel as Small,
  Picture,
  Plot,
  Range,
} from '../charts/picture';
import { pictureChart } from '../charts/picture-chart';
import type { FigureContent } from '../figure-content';
import { NO_VALUE, plural, shownInterval } from '../number';
import { figure, type Panel, withoutPicture } from '../panel';
import { measuresNamed } from '../says';

/** A number, and how it is drawn. */
interface Drawn {
  readonly part: CounterpartsPart;
  readonly words: string;
  readonly dash: readonly number[];
}

/** What is drawn of counterparts, each with what it is held against. */
const COUNTERPART_PLOTS: readonly {
  readonly title: string;
  readonly of: readonly Drawn[];
  /** What all would have by chance. */
  readonly chance?: number;
  /** The middle 95 % of shuffled items. */
  readonly band?: readonly [CounterpartsPart, CounterpartsPart];
}[] = [
  {
    title: 'Cosine of the states',
    of: [
      { part: 'cosine', words: 'with its counterpart', dash: [] },
      { part: 'others', words: 'with those of others', dash: [2, 3] },
    ],
  },
  {
    title: 'Counterparts told',
    of: [
      { part: 'told', words: 'by the state', dash: [] },
      { part: 'toldByMap', words: 'by a linear map', dash: [7, 4] },
    ],
    chance: 0.5,
  },
  {
    title: 'RSA of both sides',
    of: [{ part: 'rsa', words: 'RSA', dash: [] }],
    band: ['rsa.nullLow', 'rsa.nullHigh'],
  },
];

/** Whether what belongs together on two sides is represented alike: by layer, in all networks. */
export const counterpartsPanel: Panel = {
  id: 'counterparts',
  title: 'Counterparts',
  follows: [],
  choices: {},
  offered: ({ results }) => own(results.measures, counterpartsName('cosine')) !== undefined,
  draw: (_, { results }) => [figure('Counterparts by layer', byLayer(results))],
};

/** What is looked at: comparisons, in all layers of all networks. */
interface Shown {
  readonly names: readonly string[];
  readonly networks: readonly string[];
  readonly layers: readonly string[];
  readonly read: (
    part: CounterpartsPart,
    label: string,
    network: string,
    site: string,
  ) => Interval | undefined;
}

/** The comparisons of which something was measured. */
export function counterpartsIn(findings: Findings, source?: string, site?: string): string[] {
  const rows = findings.values.rows({
    measure: (['cosine', 'rsa'] as const).map(counterpartsName),
    ...(source === undefined ? {} : { source: [source] }),
    ...(site === undefined ? {} : { site: [site] }),
  });
  return [...new Set([...rows].map(({ label = '' }) => label))];
}

/** In all networks, at the end of training. */
export function byLayer(results: Results): FigureContent {
  const findings = findingsOf(results);
  const names = counterpartsIn(findings);
  if (names.length === 0) return withoutPicture('No replicate is finished.');
  const layers = new Set(results.networks.flatMap((network) => network.layers.map(({ name }) => name)));
  const shown: Shown = {
    names,
    networks: results.networks.map(({ name }) => name),
    // Two sites that are compared stand at the first: there are no numbers of the others.
    layers: [...layers].filter((site) => counterpartsIn(findings, undefined, site).length > 0),
    read: (part, label, network, site) => findings.mean(network, counterpartsName(part), { label, site }),
  };
  const parts = COUNTERPART_PLOTS.flatMap(({ of, band = [] }) => [...of.map(({ part }) => part), ...band]);
  return {
    chart: pictureChart(() => pictureOf(shown)),
    description: `${plural(names.length, 'comparison')} in ${plural(shown.layers.length, 'layer')}.`,
    caption: `What belongs together on two sides, by layer, at the end of training; means over replicates, bars: ${confidenceText(results.confidence)} intervals. Above: the cosine of the states of an item on both sides (without the mean of all), beside that with other items. Middle: how often an item is told from another by its state, moved by the mean difference of both sides, and by a linear map that was fitted on other items; half by chance. Below: similarity of the RDMs of both sides; bands: the middle 95 % where items are shuffled.`,
    says: measuresNamed(
      results,
      ...['cosine', 'told', 'toldByMap', 'rsa'].map((part) => counterpartsName(part as CounterpartsPart)),
    ),
    table: {
      columns: [
        'counterparts',
        'network',
        'layer',
        'items',
        ...parts.map(columnOf),
        'p of the cosine',
        'p of the RSA',
      ],
      rows: names.flatMap((label) =>
        shown.networks.flatMap((network) =>
          shown.layers.map((layer) => [
            ...[label, network, layer, shown.read('items', label, network, layer)?.mean ?? null],
            ...parts.map((part) => intervalCell(shown.read(part, label, network, layer))),
            ...(['p', 'rsa.p'] as const).map((part) => intervalCell(shown.read(part, label, network, layer))),
          ]),
        ),
      ),
    },
  };
}

const COLUMNS: Readonly<Partial<Record<CounterpartsPart, string>>> = {
  cosine: 'cosine',
  others: 'cosine with others',
  told: 'told by the state',
  toldByMap: 'told by a linear map',
  rsa: 'RSA',
  'rsa.nullLow': 'RSA of shuffled items, 2.5 %',
  'rsa.nullHigh': 'RSA of shuffled items, 97.5 %',
};

function columnOf(part: CounterpartsPart): string {
  return COLUMNS[part] ?? part;
}

/** Pixels of a letter of a title. */
const LETTER = 7.3;
/** Pixels between two networks in a layer. */
const APART = 5;

function pictureOf(shown: Shown): Picture {
  const { names, networks, layers } = shown;
  const x: Axis = {
    title: '',
    range: [-0.5, layers.length - 0.5],
    names: layers.map((layer, at) => ({ at, name: layerWords(layer) })),
  };
  const ranges = COUNTERPART_PLOTS.map((plot) => rangeOf(plot, shown));
  return {
    panels: names.map((label): Small => ({
      title: label,
      plots: COUNTERPART_PLOTS.map((plot, at): Plot => ({
        ...{ x, height: 130, title: plot.title },
        y: { title: '', range: ranges[at] ?? [0, 1] },
        marks: networks
          .flatMap((network, place) => marksOf(plot, shown, { label, network, place, x }))
          .concat(chanceLine(plot.chance ?? 0, x)),
      })),
    })),
    // Names of one's own stand over the small pictures, whole.
    panelWidth: { least: 45 + LETTER * Math.max(26, ...names.map(({ length }) => length)), most: 460 },
    legend: [
      {
        entries: networks.map((name, at): LegendEntry => ({ name, colour: { networks: at }, shape: 'disc' })),
      },
      {
        entries: [
          ...COUNTERPART_PLOTS.slice(0, 2).flatMap(({ of }) =>
            of.map(({ words, dash }): LegendEntry => ({
              name: words,
              colour: 'foreground',
              dash: [...dash],
            })),
          ),
          { name: 'shuffled items, 95 %', colour: 'muted', shape: 'square', opacity: 0.5 },
        ],
      },
    ],
  };
}

export function chanceLine(y: number, { range }: Pick<Axis, 'range'>): Mark {
  return {
    ...{ kind: 'line', name: 'by chance', colour: 'muted', width: 1 },
    points: range.map((x) => ({ x, y })),
  };
}

interface Place {
  readonly label: string;
  readonly network: string;
  readonly place: number;
  readonly x: Axis;
}

function marksOf(
  { of, band }: (typeof COUNTERPART_PLOTS)[number],
  { networks, layers, read }: Shown,
  { label, network, place }: Place,
): Mark[] {
  const colour: Colour = { networks: place };
  const shift = APART * (place - (networks.length - 1) / 2);
  const half = 0.4 / networks.length;
  const boxes = band
    ? layers.flatMap((site, at) => {
        const [low = null, high = null] = band.map((part) => read(part, label, network, site)?.mean);
        const middle = at + 2 * half * (place - (networks.length - 1) / 2);
        return low === null || high === null
          ? []
          : [{ x: [middle - half, middle + half] as Range, y: [low, high] as Range }];
      })
    : [];
  return [
    { kind: 'boxes', boxes, colour, opacity: 0.22 },
    ...of.flatMap(({ part, words, dash }, which): Mark[] => {
      const found = layers.map((site) => read(part, label, network, site));
      const points = found.map((one, at) => ({
        ...{ x: at, y: one?.mean ?? null },
        note: `${network}, ${layers[at] ?? ''}, ${words}: ${one ? shownInterval(one) : NO_VALUE}`,
      }));
      const line: Mark = {
        ...{ kind: 'line', name: words, colour, dash: [...dash], shift, width: which === 0 ? 1.8 : 1.3 },
        ...(which === 0 ? { shape: 'disc' as const } : {}),
        points,
      };
      const ends = found.map((one): Range | null =>
        one === undefined || one.low === null || one.high === null ? null : [one.low, one.high],
      );
      const bars: Mark = {
        ...{ kind: 'intervals', along: 'y', width: 1.2, at: layers.map((_, at) => at), ends, colour, shift },
      };
      return which === 0 ? [bars, line] : [line];
    }),
  ];
}

/** From the least to the greatest of what is drawn, and what is by chance. */
function rangeOf({ of, band, chance = 0 }: (typeof COUNTERPART_PLOTS)[number], shown: Shown): Range {
  const { names, networks, layers, read } = shown;
  const parts = [...of.map(({ part }) => part), ...(band ?? [])];
  const all = names.flatMap((label) =>
    networks.flatMap((network) =>
      layers.flatMap((site) =>
        parts.flatMap((part) => {
          const { mean = null, low = null, high = null } = read(part, label, network, site) ?? {};
          return [mean, low, high].filter((one) => one !== null);
        }),
      ),
    ),
  );
  const [low, high] = [Math.min(chance, ...all), Math.max(chance, ...all)];
  const room = 0.05 * (high - low || 1);
  return [low - room, high + room];
}
