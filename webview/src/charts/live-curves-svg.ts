import type { LiveCurve } from '../../../src/protocol/dashboard';
import { svg } from '../dom';
import type { Theme } from '../theme';
import { shortNames } from '../../../src/formats/short-names';

const HEIGHT = 118;
const TOP = 24;
const BOTTOM = 22;
const LEFT = 28;
const RIGHT = 30;
/** Of tasks, so that no colour is needed to tell them apart; the loss has dots. */
const DASHES = ['none', '7 3', '7 3 2 3', '12 3'];
const DOTS = '2 2';

/**
 * A small picture for each network while it trains: accuracy by task (left axis) and loss (right axis, its own scale) over
 * epochs, one line a replicate. Drawn by hand: there before any chart library is.
 */
export function liveCurvesSvg(width: number, theme: Theme, curves: readonly LiveCurve[]): SVGSVGElement {
  const names = [...new Set(curves.map(({ network }) => network))];
  const tasks = [...new Set(curves.flatMap((curve) => curve.tasks))];
  const colour = (task: string): string =>
    theme.categorical[tasks.indexOf(task) % theme.categorical.length] ?? theme.foreground;
  const fitting = Math.max(1, Math.min(names.length, Math.floor(width / 140)));
  // No row much emptier than the others.
  const dash = (task: string): string => DASHES[tasks.indexOf(task) % DASHES.length] ?? 'none';
  const columns = Math.ceil(names.length / Math.ceil(names.length / fitting)) || 1;
  const each = width / columns;
  const legend = 20;
  const height = legend + Math.ceil(names.length / columns) * HEIGHT;

  const short = shortNames(names, Math.max(8, Math.floor((each - LEFT - 42) / 6.2)));

  return svg(
    'svg',
    {
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      'font-family': theme.font,
      'font-size': 11,
      fill: theme.foreground,
    },
    legendOf(tasks, colour, dash, theme),
    ...names.map((name, at) =>
      svg(
        'g',
        { transform: `translate(${(at % columns) * each} ${legend + Math.floor(at / columns) * HEIGHT})` },
        ...networkOf(
          short[at] ?? name,
          curves.filter(({ network }) => network === name),
          each,
          theme,
          colour,
          dash,
        ),
      ),
    ),
  );
}

function legendOf(
  tasks: readonly string[],
  colour: (task: string) => string,
  dashOf: (task: string) => string,
  theme: Theme,
): SVGGElement {
  const group = svg('g');
  let x = LEFT;
  const short = shortNames(tasks, 30);
  for (const [text, stroke, dash] of [
    ...tasks.map((task, at) => [`accuracy, ${short[at] ?? task}`, colour(task), dashOf(task)] as const),
    ['loss (right axis)', theme.muted, DOTS] as const,
  ]) {
    group.append(
      svg('line', { x1: x, x2: x + 18, y1: 9, y2: 9, stroke, 'stroke-width': 2, 'stroke-dasharray': dash }),
      svg('text', { x: x + 22, y: 13 }, text),
    );
    x += 40 + text.length * 6.2;
  }
  return group;
}

function networkOf(
  name: string,
  curves: readonly LiveCurve[],
  width: number,
  theme: Theme,
  colour: (task: string) => string,
  dashOf: (task: string) => string,
): SVGElement[] {
  const right = width - RIGHT;
  const bottom = HEIGHT - BOTTOM;
  const lastEpoch = Math.max(
    1e-9,
    ...curves.map((curve) => {
      const epoch = curve.epochs.at(-1) ?? 0;
      return curve.step > 0 ? (epoch * curve.totalSteps) / curve.step : epoch;
    }),
  );
  const highest = Math.max(1e-9, ...curves.flatMap(({ loss }) => loss.map((value) => value ?? 0)));
  const x = (epoch: number): number => LEFT + ((right - LEFT) * epoch) / lastEpoch;
  const y = (share: number): number => bottom - (bottom - TOP) * share;
  const line = (
    xs: readonly number[],
    ys: readonly (number | null)[],
    stroke: string,
    dash: string,
  ): SVGElement =>
    svg('polyline', {
      points: xs
        .flatMap((epoch, at) => {
          const value = ys[at];
          return value === null || value === undefined
            ? []
            : [`${x(epoch).toFixed(1)},${y(value).toFixed(1)}`];
        })
        .join(' '),
      fill: 'none',
      stroke,
      'stroke-width': 1.4,
      'stroke-dasharray': dash,
      'stroke-linejoin': 'round',
    });
  const trained = curves.some(({ epochs }) => epochs.length > 0);
  const done = curves.filter(({ status }) => status === 'done').length;
  const going = curves.filter(({ status }) => status === 'training' || status === 'analysing').length;

  return [
    svg('text', { x: LEFT, y: 14, 'font-weight': 600 }, name),
    svg(
      'text',
      { x: width - 6, y: 14, 'text-anchor': 'end', fill: theme.muted },
      `${done}/${curves.length}${going > 0 ? ' …' : ''}`,
    ),
    ...[0, 0.5, 1].flatMap((share) => [
      svg('line', { x1: LEFT, x2: right, y1: y(share), y2: y(share), stroke: theme.line }),
      svg('text', { x: LEFT - 5, y: y(share) + 4, 'text-anchor': 'end', fill: theme.muted }, String(share)),
    ]),
    ...(trained
      ? [
          svg('text', { x: right + 5, y: y(1) + 4, fill: theme.muted }, highest.toPrecision(2)),
          svg('text', { x: LEFT, y: HEIGHT - 7, fill: theme.muted }, 'epoch 0'),
          svg(
            'text',
            { x: right, y: HEIGHT - 7, 'text-anchor': 'end', fill: theme.muted },
            String(Number(lastEpoch.toPrecision(3))),
          ),
        ]
      : [
          svg(
            'text',
            { x: (LEFT + right) / 2, y: y(0.25) + 4, 'text-anchor': 'middle', fill: theme.muted },
            nothingToDraw(curves),
          ),
        ]),
    ...curves.flatMap((curve) => [
      line(
        curve.epochs,
        curve.loss.map((value) => (value === null ? null : value / highest)),
        theme.muted,
        DOTS,
      ),
      ...curve.tasks.map((task, at) =>
        line(curve.epochs, curve.accuracy[at] ?? [], colour(task), dashOf(task)),
      ),
    ]),
  ];
}

function nothingToDraw(curves: readonly LiveCurve[]): string {
  if (curves.every(({ reused }) => reused)) return 'from the store';
  if (curves.some(({ status }) => status === 'training')) return 'training';
  return curves.some(({ status }) => status === 'waiting') ? 'waiting' : 'nothing to train';
}
