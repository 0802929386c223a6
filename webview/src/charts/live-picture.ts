import type { LiveCurve } from '../../../src/protocol/dashboard';
import type { Line, Panel, Picture } from './picture';

/** How lines of a task are drawn. */
type Look = Pick<Line, 'colour' | 'dash'>;

/** Of tasks, so that no colour is needed to tell them apart; the loss has dots. */
const dashes = [[], [7, 3], [7, 3, 2, 3], [12, 3]];
const DOTS = [2, 2];

/**
 * A small picture for each network while it trains: accuracy by task (left axis) and loss (right axis, its own scale) over
 * epochs, one line a replicate.
 */
export function livePicture(curves: readonly LiveCurve[]): Picture {
  const names = [...new Set(curves.map(({ source }) => source))];
  const tasks = [...new Set(curves.flatMap((curve) => curve.tasks))];
  const look = (task: string): Look => {
    const at = tasks.indexOf(task);
    return { colour: { classes: at }, dash: dashes[at % dashes.length] ?? [] };
  };
  return {
    panels: names.map((name) =>
      panelOf(
        name,
        curves.filter(({ source }) => source === name),
        look,
      ),
    ),
    panelWidth: { least: 140, most: Infinity },
    legend: [
      { head: 'accuracy', entries: tasks.map((name) => ({ name, ...look(name) })) },
      { head: 'loss', entries: [{ name: 'right axis', colour: 'muted', dash: DOTS }] },
    ],
  };
}

function panelOf(name: string, curves: readonly LiveCurve[], look: (task: string) => Look): Panel {
  const last = Math.max(
    1e-9,
    ...curves.map(({ epochs, step, totalSteps }) => {
      const epoch = epochs.at(-1) ?? 0;
      return step > 0 ? (epoch * totalSteps) / step : epoch;
    }),
  );
  const highest = Math.max(1e-9, ...curves.flatMap(({ loss }) => loss.map((value) => value ?? 0)));
  const trained = curves.some(({ epochs }) => epochs.length > 0);
  const done = curves.filter(({ status }) => status === 'done').length;
  const going = curves.some(({ status }) => status === 'training' || status === 'analysing');
  return {
    title: name,
    note: `${done}/${curves.length}${going ? ' …' : ''}`,
    plots: [
      {
        x: {
          title: '',
          range: [0, last],
          ticks: trained
            ? [
                { at: 0, name: '0' },
                { at: last, name: `epoch ${Number(last.toPrecision(3))}` },
              ]
            : [],
        },
        y: { title: '', range: [0, 1], ticks: [0, 0.5, 1].map((at) => ({ at, name: String(at) })) },
        height: 72,
        ...(trained
          ? { aside: [{ at: 1, name: highest.toPrecision(2) }] }
          : { empty: nothingToDraw(curves) }),
        marks: curves.flatMap((curve) => linesOf(curve, highest, look)),
      },
    ],
  };
}

function linesOf(
  { epochs, loss, accuracy, tasks, seed }: LiveCurve,
  highest: number,
  look: (task: string) => Look,
): Line[] {
  const line = (name: string, values: readonly (number | null)[], most: number, of: Look): Line => ({
    kind: 'line',
    name: `${name}, seed ${seed}`,
    ...of,
    width: 1.4,
    points: epochs.map((x, at) => {
      const value = values[at] ?? null;
      const note = `epoch ${Number(x.toPrecision(3))}`;
      return value === null ? { x, y: null } : { x, y: value / most, note, value };
    }),
  });
  return [
    line('loss', loss, highest, { colour: 'muted', dash: DOTS }),
    ...tasks.map((task, at) => line(`accuracy, ${task}`, accuracy[at] ?? [], 1, look(task))),
  ];
}

function nothingToDraw(curves: readonly LiveCurve[]): string {
  if (curves.some(({ status }) => status === 'training')) return 'training';
  if (curves.some(({ reused }) => reused)) return 'from the store';
  return curves.some(({ status }) => status === 'waiting') ? 'waiting' : 'nothing to train';
}
