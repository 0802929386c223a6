import { pieceLength } from './pieces';

/** One value of a table: null is an empty cell. */
type Cell = string | number | boolean | null;

/**
 * A table as CSV (RFC 4180), each line with its CRLF, in pieces of about a quarter of a million characters. Numbers are the shortest decimals that read back exactly
 * (NaN and Infinity by name). Text is quoted where it could be misread: with separators, quotation marks, line ends, outer
 * white space or # (which begins a comment for readers that are told so). It is changed in one case: what a spreadsheet would run as a formula gets an apostrophe before it.
 *
 * @throws RangeError if a row has not as many cells as the header
 */
export function* csvPieces(
  header: readonly string[],
  rows: Iterable<readonly Cell[]>,
): Generator<string, void, undefined> {
  // Texts of a table are few, and many cells of one text.
  const texts = new Map<string, string>();
  const cell = (one: Cell): string | number => {
    if (typeof one === 'number') return one;
    if (typeof one !== 'string') return one === null ? '' : String(one);
    let text = texts.get(one);
    if (text === undefined) texts.set(one, (text = written(one)));
    return text;
  };
  let text = line(header, cell);
  for (const row of rows) {
    if (row.length !== header.length)
      throw new RangeError(`A row has ${row.length} cells, but the header has ${header.length}.`);
    text += line(row, cell);
    if (text.length < pieceLength) continue;
    yield text;
    text = '';
  }
  yield text;
}

/** The whole table as one string; see `csvPieces`. */
export function csv(header: readonly string[], rows: Iterable<readonly Cell[]>): string {
  return [...csvPieces(header, rows)].join('');
}

/** The whole table with tabs between its cells, for pasting into a spreadsheet: a tab or a line end in a text becomes a space. */
export function tabbed(header: readonly string[], rows: Iterable<readonly Cell[]>): string {
  const cell = (one: Cell): string =>
    typeof one === 'string' ? inert(one.replaceAll(/[\t\r\n]+/gu, ' ')) : one === null ? '' : String(one);
  return [header, ...rows].map((row) => `${row.map(cell).join('\t')}\n`).join('');
}

function line(cells: readonly Cell[], cell: (one: Cell) => string | number): string {
  // A single empty cell would make an empty line, which many readers skip.
  if (cells.length === 1 && (cells[0] === null || cells[0] === '')) return '""\r\n';
  let text = '';
  for (let at = 0; at < cells.length; at++) {
    if (at > 0) text += ',';
    text += cell(cells[at]);
  }
  return `${text}\r\n`;
}

function written(cell: string): string {
  const text = inert(cell);
  // An empty string is quoted, which tells it from null.
  return text === '' || /[",\r\n#]|^\s|\s$/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Text that no spreadsheet runs as a formula; names come from files of strangers. Numbers such as −1 stay. */
function inert(text: string): string {
  return /^[=+\-@\t\r]/u.test(text) && !Number.isFinite(Number(text)) ? `'${text}` : text;
}
