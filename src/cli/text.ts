import { visible } from '../formats/visible';

let segmenter: Intl.Segmenter | undefined;
/** What is read as one character each. The rules are loaded when a text needs them. */
function graphemesOf(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
}

/** What takes two columns of a terminal: East Asian Wide and Fullwidth (Unicode Standard Annex 11), and emoji. */
const wide =
  /^(?:[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18aff}\u{1aff0}-\u{1b2ff}\u{1f200}-\u{1f2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|.\ufe0f)/u;

/** Columns that a text takes in a terminal. */
export function columns(text: string): number {
  // Of plain letters each takes one.
  if (/^[ -~]*$/.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemesOf(text)) width += columnsOf(segment);
  return width;
}

/** A text with spaces behind it, up to a number of columns. */
export function padColumns(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)));
}

/** As much of the beginning of a text as fits in so many columns. */
export function cutColumns(text: string, width: number): string {
  let cut = '';
  let left = width;
  for (const { segment } of graphemesOf(text)) {
    left -= columnsOf(segment);
    if (left < 0) break;
    cut += segment;
  }
  return cut;
}

/** @param grapheme what is read as one character: a letter with its accents, an emoji of several parts */
function columnsOf(grapheme: string): number {
  if (/^\p{Mark}+$/u.test(grapheme)) return 0;
  return wide.test(grapheme) ? 2 : 1;
}

/**
 * A text in lines of so many columns, cut at blanks, and words only where one is longer than a line.
 *
 * @param indent blanks before all lines but the first, which begins as the text does
 */
export function wrapped(text: string, width: number, indent: number): string[] {
  const start = /^ */.exec(text)?.[0] ?? '';
  const words = text.slice(start.length).split(/ +/);
  const [first, ...rest] = words.flatMap((word) => cutWord(word, width - Math.max(indent, start.length)));
  const lines = [start + first];
  for (const word of rest) {
    const line = lines[lines.length - 1];
    if (columns(line) + 1 + columns(word) <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(' '.repeat(indent) + word);
  }
  return lines;
}

function cutWord(word: string, width: number): string[] {
  if (columns(word) <= width) return [word];
  const part = cutColumns(word, width);
  return [part, ...cutWord(word.slice(part.length), width)];
}

/** Rows of cells as lines in which each column begins at one place; what a terminal would obey is shown. */
export function aligned(cells: readonly (readonly string[])[]): string[] {
  const rows = cells.map((row) => row.map(visible));
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, at) => (widths[at] = Math.max(widths[at] ?? 0, columns(cell))));
  return rows.map((row) =>
    row
      .map((cell, at) => padColumns(cell, widths[at]))
      .join('  ')
      .trimEnd(),
  );
}
