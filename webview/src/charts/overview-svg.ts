import { decimals } from '../../../src/formats/fixed';
import type { Interval } from '../../../src/protocol/results';
import { svg } from '../dom';
import { remarkedMean } from '../../../src/formats/remark';
import { plural, shown, shownInterval } from '../number';
import { cornersOf, markAt } from '../../../src/formats/marks';
import { textWidth } from './pen';
import { niceTicks } from './ticks';
import type { Theme } from '../theme';
import { visible } from '../../../src/formats/visible';
import { shortNames } from '../../../src/formats/short-names';

/** One label in one network. */
export interface Series {
  label: string;
  accuracy: Interval | null;
  chance: number | null;
  /** By layer. */
  layers: (Interval | null)[];
  /** Of the replicates that are done, in the order of `Interval.values`. */
  seeds: number[];
}

interface Content {
  measure: string;
  /** The measure has an axis of its own, from 0 on; else that of accuracy. */
  apart: boolean;
  labels: string[];
  /** `note`: what is particular about the network's numbers; beside its name. */
  networks: { name: string; note: string; layers: string[]; series: Series[] }[];
}

const HEIGHT = 204;
const TOP = 40;
const BOTTOM = 34;
const LEFT = 40;
/** How far to the left of the mean the replicates stand. */
const DOTS = 7;
const NAME = 13;
const SMALL = 11;
const NOTE = 15;

/** A small picture for each network: accuracy on the left, variance explained by layer on the right, on one axis. */
export function overviewSvg(page: number, theme: Theme, content: Content, whole: boolean): SVGSVGElement {
  const names = content.networks.map(({ name }) => name);
  // In a file no name is shortened: the pictures are as wide as the longest.
  const longest = whole ? Math.max(0, ...names.map((name) => titleWidth(name, theme))) + LEFT + 10 : 0;
  const least = Math.max(280, longest);
  const fitting = Math.max(1, Math.min(content.networks.length, Math.floor(page / least)));
  const rows = Math.ceil(content.networks.length / fitting);
  const columns = Math.ceil(content.networks.length / rows); // no row much emptier than the others
  const each = Math.max(Math.min(page / columns, 620), longest);
  const legend = legendOf(content.labels, page, theme, whole);
  const width = Math.max(page, columns * each, legend.width);
  const short = shortNames(names, whole ? Infinity : each / 8);
  const room = each - LEFT - 10;
  // A note that finds no room beside its network's name stands below it; in all pictures, whose axes stay in line.
  const besides = content.networks.every(
    ({ note }, at) => titleWidth(`${short[at] ?? ''}  `, theme) + textWidth(note, theme.font, SMALL) <= room,
  );
  const head = besides ? 0 : NOTE;
  const height = legend.height + rows * (HEIGHT + head);
  const beside = content.apart
    ? content.networks.flatMap(({ series }) => series.map((one) => ({ ...one, layers: [] })))
    : content.networks.flatMap(({ series }) => series);
  const low = Math.min(0, ...beside.flatMap(allValues));
  const bottom = low < -0.005 ? Math.max(-1, Math.floor(low * 20) / 20) : 0;

  const pictures = content.networks.map((network, at) => {
    const x = (at % columns) * each;
    const y = legend.height + Math.floor(at / columns) * (HEIGHT + head);
    const group = svg('g', { transform: `translate(${x} ${y})` });
    group.append(title(network, short[at] ?? '', theme, besides));
    const picture = svg('g', { transform: `translate(0 ${head})` });
    drawNetwork(
      picture,
      each,
      theme,
      { ...content, bottom, top: content.apart ? topOf(content) : null },
      network,
    );
    group.append(picture);
    return group;
  });
  return svg(
    'svg',
    {
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      xmlns: 'http://www.w3.org/2000/svg',
      'font-family': theme.font,
      'font-size': 12,
      fill: theme.foreground,
    },
    svg('rect', { width, height, fill: theme.background }),
    legend.element,
    ...pictures,
  );
}

/** Bold letters are a little wider. */
function titleWidth(name: string, theme: Theme): number {
  return textWidth(visible(name), theme.font, 1.08 * NAME);
}

function title(
  { name, note }: Content['networks'][number],
  short: string,
  theme: Theme,
  beside: boolean,
): SVGGElement {
  return svg(
    'g',
    {},
    svg(
      'text',
      { x: LEFT, y: 14 },
      svg('tspan', { 'font-weight': 600, 'font-size': NAME }, short),
      svg('title', {}, name),
      ...(beside && note !== ''
        ? [svg('tspan', { dx: 8, fill: theme.muted, 'font-size': SMALL }, note)]
        : []),
    ),
    ...(beside ? [] : [svg('text', { x: LEFT, y: 14 + NOTE, fill: theme.muted, 'font-size': SMALL }, note)]),
  );
}

/** The end of the measure's own axis: a round number that no replicate passes, nor an interval that is not very long. */
function topOf({ networks }: Content): number {
  const layers = networks.flatMap(({ series }) => series.flatMap((one) => one.layers));
  const greatest = Math.max(
    0,
    ...layers.flatMap((one) => one?.values.filter((value) => value !== null) ?? []),
  );
  const most = Math.max(greatest, ...layers.map((one) => Math.min(one?.high ?? 0, 2 * greatest)));
  if (most === 0) return 1;
  const [, step = most] = niceTicks(0, most, 4);
  return Math.ceil(most / step - 1e-9) * step;
}

function allValues(series: Series): number[] {
  return [series.accuracy, ...series.layers].flatMap((interval) =>
    interval === null ? [] : interval.values.filter((value) => value !== null),
  );
}

function drawNetwork(
  group: SVGGElement,
  width: number,
  theme: Theme,
  { measure, bottom, top }: { measure: string; bottom: number; top: number | null },
  network: Content['networks'][number],
): void {
  const accuracyWidth = Math.min(90, width * 0.2);
  const gap = top === null ? 18 : LEFT;
  const shareLeft = LEFT + accuracyWidth + gap;
  const shareWidth = width - shareLeft - 14;
  const y = (value: number): number =>
    TOP + (1 - (Math.max(bottom, Math.min(1, value)) - bottom) / (1 - bottom)) * (HEIGHT - TOP - BOTTOM);
  const yMeasure =
    top === null
      ? y
      : (value: number): number =>
          TOP + (1 - Math.max(0, Math.min(top, value)) / top) * (HEIGHT - TOP - BOTTOM);
  const text = (
    x: number,
    at: number,
    anchor: string,
    content: string,
    colour = theme.foreground,
    size = 11,
  ) => svg('text', { x, y: at, 'text-anchor': anchor, fill: colour, 'font-size': size }, content);

  group.append(text(LEFT + accuracyWidth / 2, 31, 'middle', 'Accuracy', theme.muted));
  group.append(text(shareLeft + shareWidth / 2, 31, 'middle', measure, theme.muted));
  const axis = (
    ticks: readonly number[],
    at: (value: number) => number,
    from: number,
    length: number,
  ): void => {
    for (const tick of ticks)
      group.append(
        svg('line', {
          ...{ x1: from, x2: from + length, y1: at(tick), y2: at(tick) },
          stroke: Math.abs(tick) < 1e-9 ? theme.muted : theme.line,
        }),
      );
  };
  const written = (
    ticks: readonly number[],
    at: (value: number) => number,
    x: number,
    digits: number,
  ): void => {
    for (const tick of ticks)
      group.append(text(x - 6, at(tick) + 4, 'end', decimals(tick, digits), theme.muted));
  };
  const first = bottom <= -0.25 ? Math.ceil(bottom * 4) : 0;
  const quarters = Array.from({ length: 5 - first }, (_, at) => (first + at) / 4);
  axis(quarters, y, LEFT, accuracyWidth);
  written(quarters, y, LEFT, 2);
  const ticks = top === null ? quarters : niceTicks(0, top, 4);
  axis(ticks, yMeasure, shareLeft, shareWidth);
  if (top !== null) written(ticks, yMeasure, shareLeft, ticks.every(Number.isInteger) ? 0 : top < 1 ? 2 : 1);

  const count = network.series.length;
  const inLayers = network.series.filter(({ layers }) => layers.some((one) => one !== null));
  const spread = Math.min(24, (accuracyWidth - 16) / Math.max(1, count));
  const layerAt = (layer: number): number =>
    shareLeft + ((layer + 0.5) / Math.max(1, network.layers.length)) * shareWidth;
  network.layers.forEach((layer, at) =>
    group.append(
      text(
        layerAt(at),
        HEIGHT - BOTTOM + 16,
        'middle',
        layerName(layer, shareWidth / network.layers.length),
        theme.muted,
      ),
    ),
  );
  network.series.forEach((series, at) => {
    const colour = theme.categorical[at % theme.categorical.length] ?? theme.foreground;
    const offset = (at - (count - 1) / 2) * spread;
    const among = inLayers.length;
    const slot = Math.min(22, (0.9 * shareWidth) / Math.max(1, network.layers.length) / Math.max(1, among));
    const shift = (inLayers.indexOf(series) - (among - 1) / 2) * slot + DOTS / 2;
    const x = LEFT + (accuracyWidth + DOTS) / 2 + offset;
    if (series.accuracy !== null) {
      if (series.chance !== null) {
        group.append(
          svg('line', {
            x1: x - 7,
            x2: x + 7,
            y1: y(series.chance),
            y2: y(series.chance),
            stroke: colour,
            'stroke-dasharray': '3 2',
          }),
        );
      }
      const name = `${network.name}, accuracy of ${series.label}`;
      drawInterval(
        group,
        series.accuracy,
        { x, y, top: 1 },
        { name, seeds: series.seeds, shape: at, colour },
        theme,
      );
    }
    const path = series.layers.flatMap((interval, layer) =>
      interval === null || interval.mean === null
        ? []
        : [`${layerAt(layer) + shift} ${yMeasure(interval.mean)}`],
    );
    group.append(
      svg('polyline', {
        points: path.join(' '),
        fill: 'none',
        stroke: colour,
        'stroke-width': 1.5,
        opacity: 0.7,
      }),
    );
    series.layers.forEach((interval, layer) => {
      if (interval === null) return;
      const name = `${network.name}, ${network.layers[layer] ?? ''}, ${series.label}`;
      const place = { x: layerAt(layer) + shift, y: yMeasure, top: top ?? 1 };
      drawInterval(group, interval, place, { name, seeds: series.seeds, shape: at, colour }, theme);
    });
  });
  if (!network.series.some((series) => series.accuracy !== null)) {
    group.append(text(LEFT + accuracyWidth / 2, y((1 + bottom) / 2), 'middle', 'none', theme.muted));
  }
}

function drawInterval(
  group: SVGGElement,
  interval: Interval,
  { x, y, top }: { x: number; y: (value: number) => number; top: number },
  { name, seeds, shape, colour }: { name: string; seeds: readonly number[]; shape: number; colour: string },
  theme: Theme,
): void {
  interval.values.forEach((value, at) => {
    if (value === null) return;
    group.append(
      svg(
        'circle',
        { cx: x - DOTS, cy: y(value), r: 2, fill: colour, 'fill-opacity': 0.7 },
        svg('title', {}, `${name}, seed ${seeds[at] ?? at}: ${shown(value)}`),
      ),
    );
  });
  if (interval.mean === null) return;
  if (interval.low !== null && interval.high !== null) {
    group.append(
      svg('line', {
        x1: x,
        x2: x,
        y1: y(interval.low),
        y2: y(interval.high),
        stroke: colour,
        'stroke-width': 1.5,
      }),
    );
    // An end beyond the axis gets no cap.
    for (const end of [interval.low, interval.high].filter((value) => value <= top && value >= -1)) {
      group.append(
        svg('line', { x1: x - 3, x2: x + 3, y1: y(end), y2: y(end), stroke: colour, 'stroke-width': 1.5 }),
      );
    }
  }
  const mark = marker(shape, x, y(interval.mean), 4.2, colour, theme);
  mark.append(
    svg(
      'title',
      {},
      `${name}: mean ${shownInterval({ ...interval, ...remarkedMean(interval) })}, ${plural(interval.n, 'replicate')}`,
    ),
  );
  group.append(mark);
}

/** A shape of its own for each label, so that colour is not needed to tell them apart. */
function marker(shape: number, x: number, y: number, r: number, colour: string, theme: Theme): SVGElement {
  const paint = { fill: colour, stroke: theme.background, 'stroke-width': 1 };
  const mark = markAt(shape);
  return mark === 'disc'
    ? svg('circle', { ...paint, cx: x, cy: y, r })
    : svg('polygon', { ...paint, points: cornersOf(mark, x, y, r).join(' ') });
}

function legendOf(
  labels: readonly string[],
  width: number,
  theme: Theme,
  whole: boolean,
): { element: SVGGElement; height: number; width: number } {
  const element = svg('g');
  let x = LEFT;
  let y = 12;
  let widest = 0;
  shortNames(labels, whole ? Infinity : 40).forEach((name, at) => {
    const room = 28 + textWidth(visible(name), theme.font);
    if (x + room > width && x > LEFT) {
      x = LEFT;
      y += 18;
    }
    element.append(
      marker(
        at,
        x + 5,
        y - 4,
        4.6,
        theme.categorical[at % theme.categorical.length] ?? theme.foreground,
        theme,
      ),
    );
    element.append(svg('text', { x: x + 16, y, fill: theme.foreground }, name));
    x += room;
    widest = Math.max(widest, x);
  });
  return { element, height: y + 12, width: widest };
}

function layerName(name: string, room: number): string {
  return room < 48 ? name.replace('hidden', 'h').replace('output', 'out') : name;
}
