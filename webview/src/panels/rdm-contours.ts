import { type LabelColumn, valueName } from '../labels';
import { shown } from '../number';
import type { Option } from '../panel';

/** What is outlined on an RDM, and what its caption says of it. */
interface Contours {
  outlined: (row: number, column: number) => boolean;
  text: string;
}

/** Of the pairs of different stimuli. */
const SHARE = 0.25;
const NEAREST = '(nearest)';
const FARTHEST = '(farthest)';

/** Around which cells of RDMs lines can be drawn; none by default. */
export function contourOptions(columns: readonly LabelColumn[]): Option[] {
  const alike = columns.filter(({ classes }) => classes !== null);
  return [
    { value: '', label: 'nothing' },
    { value: NEAREST, label: 'nearest quarter' },
    { value: FARTHEST, label: 'farthest quarter' },
    ...alike.map(({ name }) => ({ value: name, label: `alike in ${name}` })),
  ];
}

/**
 * @param values of the RDM, rows in the order in which they are drawn
 * @param stimuli of the rows
 */
export function contoursOf(
  chosen: string,
  values: readonly (readonly (number | null)[])[],
  stimuli: readonly number[],
  columns: readonly LabelColumn[],
): Contours | undefined {
  const column = columns.find(({ name }) => name === chosen);
  if (column !== undefined) {
    const of = stimuli.map((stimulus) => valueName(column, stimulus));
    return {
      outlined: (row, other) => of[row] === of[other],
      text: ` Outlined: pairs alike in ${column.name}.`,
    };
  }
  if (chosen !== NEAREST && chosen !== FARTHEST) return undefined;
  const distances = values
    .flatMap((row, at) => row.slice(at + 1))
    .filter((value) => value !== null)
    .sort((a, b) => a - b);
  const last = distances.length - 1;
  const nearest = chosen === NEAREST;
  const edge = distances[nearest ? Math.floor(SHARE * last) : Math.ceil((1 - SHARE) * last)];
  if (edge === undefined) return undefined;
  return {
    outlined: (row, other) => {
      const value = values[row]?.[other] ?? null;
      return value !== null && (nearest ? value <= edge : value >= edge);
    },
    text: ` Outlined: the ${nearest ? 'nearest' : 'farthest'} quarter of pairs, of distances ${nearest ? 'up to' : 'from'} ${shown(edge)}${nearest ? '' : ' on'}.`,
  };
}
