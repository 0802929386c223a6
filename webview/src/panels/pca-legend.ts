import { markAt } from '../../../src/formats/marks';
import type { LegendGroup } from '../charts/picture';
import type { LabelColumn } from '../labels';

/** One entry for each colour and one for each shape, not one for each pair of them. */
export function legendOf(
  colourBy: LabelColumn | undefined,
  symbolBy: LabelColumn | undefined,
): LegendGroup[] {
  const both = colourBy !== undefined && colourBy === symbolBy;
  const groups: LegendGroup[] = [];
  if (colourBy?.classes)
    groups.push({
      head: colourBy.name,
      entries: colourBy.classes.map((name, at) => ({
        name,
        colour: { classes: at },
        shape: markAt(both ? at : 0),
      })),
    });
  if (symbolBy?.classes && !both)
    groups.push({
      head: symbolBy.name,
      entries: symbolBy.classes.map((name, at) => ({ name, colour: 'muted', shape: markAt(at) })),
    });
  return groups;
}
