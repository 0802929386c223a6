import { visible } from '../formats/visible';
import { plain } from './plain-text';

const PUNCTUATION = /[!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~]/g;

/** A name of a file inside Markdown: every mark that could mean something (links, HTML, emphasis, tables) is escaped. */
export function escaped(name: string): string {
  return plain(name).replace(PUNCTUATION, '\\$&');
}

/** As `escaped`, for a text that holds names: it may be long. */
export function escapedText(text: string): string {
  return visible(text).replace(PUNCTUATION, '\\$&');
}

/** A name, set off from the text around it. */
export function strong(name: string): string {
  // Emphasis marks beside blanks are no marks.
  return name.trim() === name ? `**${escaped(name)}**` : `“${escaped(name)}”`;
}

/** A formula in code type; a fence longer than any run of back-ticks in it cannot be closed from inside. */
export function code(text: string): string {
  const inside = plain(text);
  // A table cell ends at a bar even within code.
  if (inside.includes('|')) return escaped(text);
  const longest = Math.max(0, ...[...inside.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 || inside.trim() !== inside || inside === '' ? ' ' : '';
  return `${fence}${pad}${inside}${pad}${fence}`;
}

/** A table; cells are Markdown already. Numbers align right: all columns but the first. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  // Hovers set columns side by side without a gap.
  const apart = (cells: readonly string[]): string =>
    line(cells.map((cell, at) => (at === 0 ? cell : `\u2003${cell}`)));
  const rule = header.map((_, column) => (column === 0 ? ':--' : '--:'));
  return [apart(header), line(rule), ...rows.map(apart)].join('\n');
}

/** A picture from text; what the alternative text may hold is kept to what no renderer reads as a mark. */
export function picture(svg: string, alternative: string): string {
  const base64 = Buffer.from(svg, 'utf8').toString('base64');
  return `![${alternativeText(alternative)}](data:image/svg+xml;base64,${base64})`;
}

const MAX_ALTERNATIVE = 800;

function alternativeText(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[^\p{L}\p{M}\p{N} .,:;%()=−–…-]/gu, '·')
    .replace(/[()]/g, ' ')
    .slice(0, MAX_ALTERNATIVE);
}

/**
 * A link that runs one of our commands.
 *
 * @param argument is handed to the command
 */
export function commandLink(title: string, command: string, argument: unknown): string {
  const query = encodeURIComponent(JSON.stringify([argument])).replace(
    /[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `[${escaped(title)}](command:${command}?${query})`;
}
