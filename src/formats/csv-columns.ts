import { parse } from 'papaparse';
import { FormatError } from './format-error';

/**
 * The columns of a CSV text (RFC 4180; separated by commas, semicolons or tabs) by the names in its first line. Empty lines do not count.
 *
 * @throws FormatError where there is no head, two columns have one name, or a row has not as many fields as the head
 */
export function csvColumns(text: string): Map<string, string[]> {
  const { data, errors } = parse<string[]>(text.replace(/^\uFEFF/, ''), {
    delimitersToGuess: [',', ';', '\t'],
    skipEmptyLines: true,
  });
  // A single column has no separator that could be found, which is no fault.
  const error = errors.find(({ type }) => type === 'Quotes');
  if (error) throw new FormatError(`Row ${(error.row ?? 0) + 1}: a quotation mark is not closed.`);
  const [head, ...rows] = data;
  if (head === undefined) throw new FormatError('It is empty: the first line must name the columns.');
  const twice = head.find((name, at) => head.indexOf(name) !== at);
  if (twice !== undefined) throw new FormatError(`Two columns are named '${twice}'.`);
  const wrong = rows.findIndex((row) => row.length !== head.length);
  if (wrong >= 0)
    throw new FormatError(`Row ${wrong + 2} has ${rows[wrong].length} fields, and the head ${head.length}.`);
  return new Map(head.map((name, at) => [name, rows.map((row) => row[at])]));
}
