import { plain, type Trace } from '../charts/plotly';
import type { LabelColumn } from '../labels';
import type { Theme } from '../theme';

/**
 * Entries of the legend: one for each colour and one for each shape, not one for each pair of them. They hold no points.
 *
 * @param symbolOf the shape of a class
 */
export function legendEntries(
  colourBy: LabelColumn | undefined,
  symbolBy: LabelColumn | undefined,
  symbolOf: (value: number) => string,
  flat: boolean,
  theme: Theme,
): Trace[] {
  const colours = colourBy?.classes ?? [];
  const both = colourBy !== undefined && colourBy === symbolBy;
  const shapes = both ? [] : (symbolBy?.classes ?? []);
  const entry = (name: string, color: string, symbol: string): Trace =>
    ({
      type: flat ? 'scatter' : 'scatter3d',
      mode: 'markers',
      name: plain(name),
      x: [null],
      y: [null],
      ...(flat ? {} : { z: [null] }),
      hoverinfo: 'skip',
      showlegend: true,
      marker: { size: flat ? 7 : 5, color, symbol },
    }) as Trace;
  return [
    ...colours.map((name, value) =>
      entry(
        `${colourBy?.name ?? ''}: ${name}`,
        theme.categorical[value % theme.categorical.length] ?? theme.foreground,
        symbolOf(both ? value : 0),
      ),
    ),
    ...shapes.map((name, value) => entry(`${symbolBy?.name ?? ''}: ${name}`, theme.muted, symbolOf(value))),
  ];
}
