import { parse } from 'papaparse';
import type { NumberArray } from '../core/number-array';
import { FormatError } from './format-error';

/** A number as programs write it; what is not finite by its name. */
const written = /^\s*([+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?|[+-]?nan|([+-]?)inf(inity)?)\s*$/i;

/**
 * The numbers of a CSV text (separated by commas, semicolons or tabs), rows × columns. A first line that is not all numbers is the head, and
 * a first column whose head is empty the row names that pandas writes: both are left out.
 *
 * @throws FormatError where it holds anything else, with its place, or rows are of different lengths
 */
export function csvNumbers(text: string): NumberArray {
  const { data: lines, errors } = parse<string[]>(text.replace(/^\uFEFF/, ''), {
    delimitersToGuess: [',', ';', '\t'],
    skipEmptyLines: true,
  });
  const error = errors.find(({ type }) => type === 'Quotes');
  if (error) throw new FormatError(`Row ${(error.row ?? 0) + 1}: a quotation mark is not closed.`);
  const first = lines.length > 0 ? lines[0] : [];
  const hasHead = !first.every((field) => written.test(field));
  if (first.length > 2 && first.every((field, at) => field.trim() === String(at)))
    throw new FormatError(
      'Its first line counts 0, 1, 2, …: if that is a head, write it without one, else save the numbers as .npy.',
    );
  const skipped = hasHead && first[0].trim() === '' ? 1 : 0;
  const cols = first.length - skipped;
  const rows = lines.slice(hasHead ? 1 : 0);
  const data = new Float64Array(rows.length * cols);
  rows.forEach((fields, row) => {
    const line = row + (hasHead ? 2 : 1);
    if (fields.length !== first.length)
      throw new FormatError(`Row ${line} has ${fields.length} fields, and the first ${first.length}.`);
    for (let col = 0; col < cols; col++) data[row * cols + col] = numberOf(fields[col + skipped], line, col);
  });
  return { shape: [rows.length, cols], data };
}

function numberOf(field: string, line: number, col: number): number {
  if (!written.test(field))
    throw new FormatError(
      `Row ${line}, column ${col + 1} has '${field.slice(0, 30)}', which is no number (decimals are written with a point).`,
    );
  const value = Number(field);
  if (!Number.isNaN(value)) return value;
  if (/nan/i.test(field)) return NaN;
  return field.includes('-') ? -Infinity : Infinity;
}
