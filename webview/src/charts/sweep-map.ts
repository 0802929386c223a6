import { rangeOf } from './heatmap';
import type { Axis, Picture, Tick } from './picture';

/** A number at each combination of two settings. */
interface SweepMap {
  title: string;
  note: string;
  /** By the values of the setting that runs down, then of the one that runs across; null where there is none. */
  values: readonly (readonly (number | null)[])[];
}

interface SweepMaps {
  maps: readonly SweepMap[];
  across: { title: string; names: readonly string[] };
  down: { title: string; names: readonly string[] };
  measure: string;
}

const CELL = 34;

/** A small map for each network and label, all in one scale; the first value of what runs down is at the foot, as on an axis. */
export function sweepMaps({ maps, across, down, measure }: SweepMaps): Picture {
  const all = maps.flatMap(({ values }) => values);
  const least = Math.min(...all.flat().flatMap((value) => value ?? []));
  const diverging = least < -0.05;
  const [low, high] = rangeOf(all, diverging ? 0 : undefined);
  return {
    panels: maps.map(({ title, note, values }) => ({
      title,
      // Rows have values alone beside them.
      note: [note, `upwards: ${down.title}`].filter((part) => part !== '').join('; '),
      plots: [
        {
          x: axisOf(across, false),
          y: axisOf(down, true),
          height: Math.max(3, down.names.length) * CELL,
          marks: [
            {
              kind: 'cells',
              values: values.toReversed(),
              written: true,
              borders: { rows: [], columns: [] },
              says: (row, column) => [
                title,
                `${down.title} ${down.names[down.names.length - 1 - row] ?? ''}, ${across.title} ${across.names[column] ?? ''}`,
              ],
            },
          ],
        },
      ],
    })),
    panelWidth: { least: 210, most: 340 },
    scale: {
      range: diverging ? [low, high] : [Math.min(0, low), high],
      diverging,
      measure,
      undefinedValues: all.flat().includes(null),
    },
  };
}

function axisOf({ title, names }: SweepMaps['across'], isTurned: boolean): Axis {
  const last = names.length - 1;
  const shown = isTurned ? names.toReversed() : names;
  const ticks = shown.map((name, at): Tick => ({ at, name }));
  return { title, range: isTurned ? [last + 0.5, -0.5] : [-0.5, last + 0.5], names: ticks };
}
