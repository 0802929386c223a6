import type { Value } from '../protocol/results';
import { cornersOf, markAt } from '../formats/marks';
import { CHART_COLOURS, type ThemeKind } from './chart-colours';
import { shortNames } from '../formats/short-names';
import { plain } from './plain-text';
import { percent } from './wording';

interface ChartSeries {
  readonly name: string;
  readonly points: readonly { readonly mean: Value; readonly low: Value; readonly high: Value }[];
}

/** Shares (0 to 1) of some series along an axis. */
export interface Chart {
  readonly title: string;
  /** What whiskers are. */
  readonly note?: string;
  /** What the series are: networks have other colours than tasks, in every picture. */
  readonly of?: 'networks' | 'tasks';
  /** One name per point. */
  readonly axis: readonly string[];
  readonly series: readonly ChartSeries[];
}

const WIDTH = 380;
/** Low: a hover shows 250 pixels, and the numbers of four networks come before the chart. */
const HEIGHT = 86;
const FRAME = { left: 40, right: 130, top: 20, bottom: 16 } as const;
const ROW = 12;
/** Series stand beside each other, so that equal ones are all seen: this far apart, or closer. */
const APART = 6;
/** About the width of a letter. */
const LETTER = 6.5;
/** Letters of a name beside the chart. */
const NAME = 17;
export const MOST_SERIES = 6;
const MOST_POINTS = 40;

/** A small line chart as SVG, well under 50 kB. Gaps stay gaps; whiskers are intervals. */
export function chartSvg(chart: Chart, theme: ThemeKind): string {
  const colours = CHART_COLOURS[theme];
  const axis = chart.axis.slice(0, MOST_POINTS);
  const series = chart.series.slice(0, MOST_SERIES);
  const right = WIDTH - FRAME.right;
  const bottom = HEIGHT - FRAME.bottom;
  const x = (at: number): number =>
    axis.length < 2
      ? (FRAME.left + right) / 2
      : FRAME.left + 12 + ((right - FRAME.left - 24) * at) / (axis.length - 1);
  const y = (share: number): number => bottom - (bottom - FRAME.top) * Math.max(0, Math.min(1, share));
  const step = (right - FRAME.left - 24) / Math.max(1, axis.length - 1);
  const apart = Math.min(APART, (0.7 * step) / Math.max(1, series.length - 1));
  const colourOf = (at: number): string =>
    colours.series[chart.of === 'networks' ? colours.networks[at] : at] ?? colours.text;
  const title = chart.note === undefined ? chart.title : `${chart.title} · ${chart.note}`;
  const parts = [text(title, FRAME.left, 11, 'start', colours.text, 58)];
  for (const share of [0, 0.5, 1]) {
    const at = number(y(share));
    parts.push(
      `<path d="M${FRAME.left} ${at}H${right}" stroke="${share === 0 ? colours.axis : colours.grid}"/>`,
      text(percent(share), FRAME.left - 5, y(share) + 4, 'end', colours.text),
    );
  }
  const names = namesIn(axis, step);
  const every = Math.ceil(Math.max(...names.map(room), 1) / step);
  names.forEach((name, i) => {
    if (i % every === 0) parts.push(text(name, x(i), HEIGHT - 4, 'middle', colours.text, 9));
  });
  const short = shortNames(
    series.map(({ name }) => plain(name)),
    NAME,
  );
  series.forEach(({ points }, i) => {
    const colour = colourOf(i);
    const beside = (at: number): number => x(at) + apart * (i - (series.length - 1) / 2);
    const shown = points.slice(0, axis.length);
    parts.push(`<path d="${line(shown, beside, y)}" fill="none" stroke="${colour}" stroke-width="1.5"/>`);
    shown.forEach(({ mean, low, high }, at) => {
      if (mean === null) return;
      if (low !== null && high !== null) {
        parts.push(
          `<path d="M${number(beside(at))} ${number(y(low))}V${number(y(high))}" stroke="${colour}"/>`,
        );
      }
      parts.push(mark(i, beside(at), y(mean), colour));
    });
    // Under the title, which reaches over them.
    const row = 22 + ROW * i;
    parts.push(mark(i, right + 12, row, colour), text(short[i], right + 21, row + 4, 'start', colours.text));
  });
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" ` +
    `font-family="sans-serif" font-size="11">${parts.join('')}</svg>`
  );
}

/** The chart in words, for who does not see it. */
export function chartText({ title, note, axis, series }: Chart): string {
  const lines = series.slice(0, MOST_SERIES).map(({ name, points }) => {
    const shown = points.slice(0, 8).map(({ mean }, at) => `${plain(axis[at] ?? '')} ${percent(mean)}`);
    return `${plain(name)}: ${shown.join(', ')}${points.length > shown.length ? ', …' : ''}`;
  });
  return `${plain(title)}. ${lines.join('; ')}${note === undefined ? '' : `; whiskers: ${note}`}`;
}

function line(
  points: ChartSeries['points'],
  x: (at: number) => number,
  y: (share: number) => number,
): string {
  let path = '';
  points.forEach(({ mean }, at) => {
    if (mean === null) return;
    const starts = at === 0 || points[at - 1].mean === null;
    path += `${starts ? 'M' : 'L'}${number(x(at))} ${number(y(mean))}`;
  });
  return path;
}

/** Names of layers in short where they would run together: `h1`, `out`. */
function namesIn(axis: readonly string[], step: number): string[] {
  return axis.every((name) => room(name) <= step)
    ? [...axis]
    : axis.map((name) => name.replace(/^hidden(?=\d)/, 'h').replace(/^output$/, 'out'));
}

function room(name: string): number {
  return LETTER * Math.min(9, name.length) + 8;
}

/** Marks differ in shape, so that colour is never the only difference. */
function mark(series: number, x: number, y: number, colour: string): string {
  const shape = markAt(series);
  if (shape === 'disc') return `<circle cx="${number(x)}" cy="${number(y)}" r="3.5" fill="${colour}"/>`;
  const corners = cornersOf(shape, x, y, 3.5).map(number).join(' ');
  return `<polygon points="${corners}" fill="${colour}"/>`;
}

function text(
  words: string,
  x: number,
  y: number,
  anchor: 'start' | 'middle' | 'end',
  colour: string,
  most = 20,
): string {
  const seen = plain(words);
  const shown =
    seen.length > most
      ? `${Array.from(seen)
          .slice(0, most - 1)
          .join('')}…`
      : seen;
  const safe = shown
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
  return `<text x="${number(x)}" y="${number(y)}" text-anchor="${anchor}" fill="${colour}">${safe}</text>`;
}

function number(value: number): string {
  return String(Math.round(10 * value) / 10);
}
