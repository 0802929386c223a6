import type { Interval } from '../../../src/protocol/results';
import { onePanel } from './one-panel';
import type { Axis, LegendEntry, Picture, Plot, Range } from './picture';
import { lookOf, marksOf, rangeOf, numbersOf } from './sweep-picture';

/** One label in networks that learned tasks in other orders; null where a network has no such number. */
export interface OrderSeries {
  name: string;
  /** Its place among the labels. */
  colour: number;
  share: readonly (Interval | null)[];
  steps: readonly (Interval | null)[];
}

/** What is compared, by network. */
interface OrderContent {
  networks: readonly string[];
  series: readonly OrderSeries[];
  /** On the axis of shares. */
  measure: string;
}

/** The share of variance of each label against the order of learning, and below it how many steps each took, over one axis of networks. */
export function orderPicture({ networks, series, measure }: OrderContent): Picture {
  const range: Range = [-0.5, networks.length - 0.5];
  const axes = {
    share: { title: '', range, names: [] },
    steps: { title: 'Network', range, names: networks.map((name, at) => ({ at, name })) },
  } satisfies Record<string, Axis>;
  const plot = (title: string, of: 'share' | 'steps', height: number, reach: Range): Plot => ({
    ...{ x: axes[of], height },
    y: { title, range: reach },
    marks: series.flatMap((one, at) =>
      marksOf(
        one,
        one[of],
        networks.map((_, place) => place),
        at,
        series.length,
      ),
    ),
  });
  const all = (of: 'share' | 'steps'): number[] => series.flatMap((one) => numbersOf(one[of]));
  const entries = series.map(({ name, colour }): LegendEntry => ({ name, ...lookOf(colour), shape: 'disc' }));
  return onePanel(
    [
      plot(measure, 'share', 215, rangeOf(all('share'))),
      plot('Steps to criterion', 'steps', 150, rangeOf(all('steps'))),
    ],
    { legend: [{ entries }] },
  );
}
