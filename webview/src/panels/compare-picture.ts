import type { ComparedValue } from '../../../src/protocol/comparison';
import { visible } from '../../../src/formats/visible';
import { rangeOf } from '../charts/extent';
import { onePanel } from '../charts/one-panel';
import type { Mark, Picture } from '../charts/picture';
import { shown, shownInterval } from '../number';

/** Height of a row whose name has two lines, and of each line more. */
const ROW = 38;
const LINE = 13;

/** A difference in each row, with its interval. @param letters of a line of a name */
export function differencePicture(rows: readonly ComparedValue[], letters: number): Picture {
  const drawn = rows.map((row, at) => ({ ...row, at, lines: nameOf(row, letters) }));
  const most = Math.max(...drawn.map(({ lines }) => lines.length));
  const ends = rows.flatMap(({ difference, low, high }) =>
    [difference, low, high].filter((end) => end !== null),
  );
  const marksOf = (clear: boolean): Mark[] => {
    const own = drawn.filter(({ beyondSeeds }) => (beyondSeeds === true) === clear);
    const colour = clear ? ({ classes: 0 } as const) : 'muted';
    const at = own.map((row) => row.at);
    return [
      {
        kind: 'intervals',
        along: 'x',
        at,
        ends: own.map(({ low, high }) => (low === null || high === null ? null : [low, high])),
        colour,
        width: clear ? 2.5 : 1.2,
      },
      {
        kind: 'points',
        x: own.map(({ difference }) => difference ?? NaN),
        y: at,
        colour,
        shape: 'disc',
        radius: 5,
        hollow: !clear,
        says: (point) => saidOf(own[point]),
      },
    ];
  };
  const zero: Mark = {
    kind: 'line',
    name: 'no difference',
    colour: 'foreground',
    width: 1,
    points: [-0.5, rows.length - 0.5].map((y) => ({ x: 0, y })),
  };
  return onePanel([
    {
      // The picture can be higher than the page: its axis is seen first.
      x: { title: 'Difference, here − there', range: rangeOf([0, ...ends]), above: true },
      y: {
        title: '',
        range: [rows.length - 0.5, -0.5],
        names: drawn.map((row) => ({ at: row.at, name: row.lines.join('\n') })),
        wide: true,
      },
      height: (ROW + LINE * (most - 2)) * rows.length,
      marks: [zero, ...marksOf(true), ...marksOf(false)],
    },
  ]);
}

function saidOf(row: ComparedValue | undefined): string[] {
  if (row === undefined) return [];
  const { here, there, difference, low, high } = row;
  return [
    ...nameOf(row, Infinity),
    `${shown(here, true)} here, ${shown(there, true)} there`,
    `difference ${shownInterval({ mean: difference, low, high })}`,
  ];
}

/** In two lines, what and where; in more where these are longer than so many letters. */
export function nameOf(row: ComparedValue, letters: number): string[] {
  const what = row.other === undefined ? `${row.label}, ${row.title}` : row.title;
  const where = [networkOf(row), layerOf(row)].filter((part) => part !== '').join(', ');
  return [what, where].flatMap((text) => inLines(visible(text), letters));
}

/** A text in lines of at most so many letters: broken at commas, and between words where a part is longer even so. */
function inLines(text: string, letters: number): string[] {
  const parts = joined(text.split(/(?<=,) /), letters);
  return parts.flatMap((part) => joined(part.split(' '), letters));
}

/** Pieces of a text in lines, as many in each as it has letters for. */
function joined(pieces: readonly string[], letters: number): string[] {
  const lines: string[] = [];
  for (const piece of pieces) {
    const longer = `${lines.at(-1) ?? ''} ${piece}`;
    if (lines.length > 0 && longer.length <= letters) lines.splice(-1, 1, longer);
    else lines.push(piece);
  }
  return lines;
}

/** The network, or the two that are compared, where they have two names. */
export function networkOf({ network, against }: ComparedValue): string {
  return against === undefined ? network : `${network} − ${against}`;
}

/** The layer, or the two that are compared. */
export function layerOf({ layer, other }: ComparedValue): string {
  return other === undefined ? layer : `${layer} – ${other}`;
}
