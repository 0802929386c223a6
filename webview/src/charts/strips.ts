import { shown } from '../number';
import type { Chart } from './chart';
import { rangeOf } from './extent';
import { onePanel } from './one-panel';
import type { Mark, Picture } from './picture';
import { pictureChart } from './picture-chart';

/** Values in groups: one strip of points for each group, and a line at its mean. */
interface Strips {
  groups: { name: string; mean: number }[];
  values: Float32Array;
  /** Group of each value. */
  of: ArrayLike<number>;
  /** Ringed points. */
  selected: readonly number[];
  nameOf: (at: number) => string;
  title: string;
}

const STRIP = 34;

export function stripsChart(strips: Strips): Chart {
  const picture = stripsPicture(strips);
  return pictureChart(() => picture);
}

export function stripsPicture({ groups, values, of, selected, nameOf, title }: Strips): Picture {
  const points: Mark = {
    kind: 'points',
    x: values,
    // A spread that looks the same every time: the golden ratio's multiples are even.
    y: Array.from(values, (_, at) => (of[at] ?? 0) + 0.56 * (((at * 0.618034) % 1) - 0.5)),
    colour: of,
    shape: 'disc',
    radius: 2,
    selected: { points: selected, by: 'ring' },
    says: (at) => [nameOf(at), shown(values[at], true)],
  };
  const means = groups.map(({ name, mean }, group): Mark => ({
    kind: 'line',
    name,
    colour: 'foreground',
    width: 2,
    halo: 5,
    points: [-0.36, 0.36].map((aside) => ({ x: mean, y: group + aside })),
  }));
  return onePanel([
    {
      x: { title, range: rangeOf(values, 0.012) },
      y: {
        title: '',
        range: [groups.length - 0.5, -0.5],
        names: groups.map(({ name }, at) => ({ at, name })),
        wide: true,
      },
      height: STRIP * groups.length,
      marks: [points, ...means],
    },
  ]);
}
