import { shown } from '../number';
import type { Chart } from './chart';
import { extent, rangeOf } from './extent';
import { onePanel } from './one-panel';
import type { Hand, LegendGroup, Picture, Plot, Points, Range } from './picture';
import { pictureChart } from './picture-chart';
import { defined } from '../defined';

/** Points on a plane. */
export interface Scatter {
  /** One entry a point, as are colours and shapes (places among their like). */
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  colour: Points['colour'];
  shape: Points['shape'];
  xTitle: string;
  yTitle: string;
  /** How far the axes reach; as far as the points where absent. */
  xRange?: Range;
  yRange?: Range;
  /** One unit is as long on both axes. */
  equal: boolean;
  legend: readonly LegendGroup[];
  /** Colours by a number, in place of the classes' colours. */
  measure?: { title: string; values: Float32Array };
  /** Points that stand out; the others fade where there are any. */
  selected: readonly number[];
  nameOf: (point: number) => string;
  thumb?: Points['thumb'];
}

interface ScatterHands extends Hand {
  clicked: (point: number) => void;
}

export function scatterChart(
  scatter: Scatter,
  hands: ScatterHands,
  heightAt: (width: number) => number,
): Chart {
  return pictureChart((page) => scatterPicture(scatter, hands, heightAt(page)));
}

export function scatterPicture(
  scatter: Scatter,
  { clicked, ...hand }: ScatterHands,
  height: number,
): Picture {
  const { x, y, colour, shape, measure, selected, nameOf, thumb } = scatter;
  const points: Points = {
    kind: 'points',
    x,
    y,
    colour,
    shape,
    ...defined({ values: measure?.values }),
    radius: 3,
    opacity: 0.75,
    selected: { points: selected, by: 'fading' },
    says: (point) => [
      nameOf(point),
      `${shown(x[point], true)}, ${shown(y[point], true)}`,
      ...(measure === undefined ? [] : [`${measure.title} ${shown(measure.values[point], true)}`]),
      ...(selected.includes(point) ? ['selected'] : []),
    ],
    ...defined({ thumb }),
    pick: clicked,
  };
  const plot: Plot = {
    x: { title: scatter.xTitle, range: scatter.xRange ?? rangeOf(x) },
    y: { title: scatter.yTitle, range: scatter.yRange ?? rangeOf(y) },
    height,
    equal: scatter.equal,
    marks: [points],
  };
  return onePanel([plot], {
    legend: scatter.legend,
    ...defined({ scale: measure && scaleOf(measure) }),
    hand,
    enter: 'select or deselect',
  });
}

function scaleOf({ title, values }: NonNullable<Scatter['measure']>): Picture['scale'] {
  const [low, high] = extent(values);
  return {
    range: [low, high > low ? high : low + 1],
    diverging: false,
    measure: title,
    undefinedValues: values.some(Number.isNaN),
  };
}
