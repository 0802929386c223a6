import type { Matrix } from '../core/matrix';
import type { NumberArray } from '../core/number-array';
import { quote } from '../experiment/names';
import { counted } from '../language/wording';
import { UserError } from './user-error';

/** Columns of a table of texts, by their heads. */
export type Columns = ReadonlyMap<string, readonly string[]>;

/** A file of activations, as verbs are asked for it. */
export const activationsKey = {
  type: 'string',
  description:
    'array file, rows (stimuli) × units: .npy, .csv, or one array of a .npz, .safetensors, .h5 or .mat file as FILE:NAME',
} as const;

/** Its labels, and the column that is asked about. */
export const labelsKey = {
  type: 'string',
  description: 'CSV file with a head and a row for each row of the array',
} as const;
export const labelKey = {
  type: 'string',
  description: 'column of the labels; rows where it is empty or nan are left out',
} as const;

/** More numbers than this are refused: 4 GB in double precision. */
const most = 2 ** 29;

/**
 * An array as rows × units, in double precision.
 *
 * @param file what it is called in messages
 * @throws UserError where it is none, or a number is not finite, with its place
 */
export function activationsOf(file: string, { shape, data }: NumberArray): Matrix<Float64Array> {
  const [rows, cols] = shape;
  if (shape.length !== 2)
    throw new UserError(
      `${file} has ${shape.length} ${shape.length === 1 ? 'dimension' : 'dimensions'}, shape (${shape.join(', ')}): activations have two, rows (stimuli) × units.`,
    );
  if (rows < 2 || cols < 1)
    throw new UserError(
      `${file} has ${counted(rows, 'row')} of ${counted(cols, 'unit')}: there must be two rows of one unit at least.`,
    );
  if (data.length > most)
    throw new UserError(`${file} has ${data.length} numbers: more than ${most} are not read.`);
  const wrong = data.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0)
    throw new UserError(
      `${file} has ${data[wrong]} in row ${Math.floor(wrong / cols)}, unit ${wrong % cols} (counted from 0): every number must be finite.`,
    );
  return { rows, cols, data: Float64Array.from(data) };
}

/**
 * A column of a table that has a row for each row of an array.
 *
 * @throws UserError where there is no such column, or it has not as many rows
 */
export function columnOf(file: string, columns: Columns, name: string, rows: number): readonly string[] {
  const column = columns.get(name);
  if (!column)
    throw new UserError(
      `${file} has no column ${quote(name)}. It has ${[...columns.keys()].map(quote).join(', ') || 'none'}.`,
    );
  if (column.length !== rows)
    throw new UserError(
      `${file} has ${column.length} rows, and the array ${rows}: there must be one for each of its rows.`,
    );
  return column;
}

/**
 * The rows that have a label: what is empty or says that it is no number is none.
 *
 * @throws UserError where no row has one
 */
export function labelledRows(file: string, name: string, column: readonly string[]): Uint32Array {
  const rows = Uint32Array.from([...column.keys()].filter((row) => !/^\s*(?:nan)?\s*$/i.test(column[row])));
  if (rows.length === 0) throw new UserError(`${quote(name)} of ${file} is empty in every row.`);
  return rows;
}
