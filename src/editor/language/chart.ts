import type { Value } from '../../protocol/results';
import { CHART_COLOURS, type ThemeKind } from './chart-colours';
import { plain } from './plain-text';
import { percent } from './wording';

export interface ChartSeries {
  readonly name: string;
  readonly points: readonly { readonly mean: Value; readonly low: Value; readonly high: Value }[];
}

/** Shares (0 to 1) of some series along an axis. */
export interface Chart {
  readonly title: string;
  /** One name per point. */
  readonly axis: readonly string[];
  readonly series: readonly ChartSeries[];
}

const WIDTH = 380;
const HEIGHT = 170;
const FRAME = { left: 40, right: 130, top: 24, bottom: 26 } as const;
export const MOST_SERIES = 6;
const MOST_POINTS = 40;
const MOST_TICKS = 5;

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
  const parts = [text(chart.title, FRAME.left, 14, 'start', colours.text, 44)];
  for (const share of [0, 0.5, 1]) {
    const at = number(y(share));
    parts.push(
      `<path d="M${FRAME.left} ${at}H${right}" stroke="${share === 0 ? colours.axis : colours.grid}"/>`,
      text(percent(share), FRAME.left - 5, y(share) + 4, 'end', colours.text),
    );
  }
  const every = Math.ceil(axis.length / MOST_TICKS);
  axis.forEach((name, i) => {
    if (i % every === 0) parts.push(text(name, x(i), HEIGHT - 8, 'middle', colours.text, 9));
  });
  series.forEach(({ name, points }, i) => {
    const colour = colours.series[i];
    const shown = points.slice(0, axis.length);
    parts.push(`<path d="${line(shown, x, y)}" fill="none" stroke="${colour}" stroke-width="1.5"/>`);
    shown.forEach(({ mean, low, high }, at) => {
      if (mean === null) return;
      if (low !== null && high !== null) {
        parts.push(`<path d="M${number(x(at))} ${number(y(low))}V${number(y(high))}" stroke="${colour}"/>`);
      }
      parts.push(mark(i, x(at), y(mean), colour));
    });
    const row = FRAME.top + 8 + 18 * i;
    parts.push(mark(i, right + 12, row, colour), text(name, right + 21, row + 4, 'start', colours.text, 17));
  });
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" ` +
    `font-family="sans-serif" font-size="11">${parts.join('')}</svg>`
  );
}

/** The chart in words, for who does not see it. */
export function chartText({ title, axis, series }: Chart): string {
  const lines = series.slice(0, MOST_SERIES).map(({ name, points }) => {
    const shown = points.slice(0, 8).map(({ mean }, at) => `${plain(axis[at] ?? '')} ${percent(mean)}`);
    return `${plain(name)}: ${shown.join(', ')}${points.length > shown.length ? ', …' : ''}`;
  });
  return `${plain(title)}. ${lines.join('; ')}`;
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

/** Marks differ in shape, so that colour is never the only difference. */
function mark(series: number, x: number, y: number, colour: string): string {
  const at = (dx: number, dy: number): string => `${number(x + dx)} ${number(y + dy)}`;
  const shapes = [
    `<circle cx="${number(x)}" cy="${number(y)}" r="3.5" fill="${colour}"/>`,
    `<path d="M${at(-3.5, -3.5)}h7v7h-7z" fill="${colour}"/>`,
    `<path d="M${at(0, -4.5)}L${at(4.5, 3.5)}L${at(-4.5, 3.5)}z" fill="${colour}"/>`,
    `<path d="M${at(0, -4.5)}L${at(4.5, 0)}L${at(0, 4.5)}L${at(-4.5, 0)}z" fill="${colour}"/>`,
    `<path d="M${at(-3.5, -3.5)}l7 7m0 -7l-7 7" stroke="${colour}" stroke-width="2"/>`,
    `<circle cx="${number(x)}" cy="${number(y)}" r="3.5" fill="none" stroke="${colour}" stroke-width="1.5"/>`,
  ];
  return shapes[series % shapes.length];
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
