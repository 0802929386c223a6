import { createHash } from 'node:crypto';

/** Long enough for any name that people read, short enough for every file system, with room for an ending. */
const maximumLength = 120;

/**
 * A file or folder name for any text, safe on Linux, macOS and Windows, different for different texts (on file systems
 * that ignore case: for texts that differ in more than case). Everything outside `A–Z a–z 0–9 . _ -` and the space is
 * percent-encoded UTF-8, and so are a leading dot, outer spaces, a trailing dot, and the first letter of what Windows
 * reserves. A very long text is cut, and ends in `~` and a part of its SHA-256.
 */
export function fileName(text: string): string {
  if (text === '') return '%';
  let name = '';
  for (const byte of new TextEncoder().encode(text)) {
    const character = String.fromCharCode(byte);
    name += /[A-Za-z0-9 ._-]/.test(character) ? character : encoded(byte);
  }
  if (/^[ .]/.test(name)) name = encoded(name.charCodeAt(0)) + name.slice(1);
  if (/[ .]$/.test(name)) name = name.slice(0, -1) + encoded(name.charCodeAt(name.length - 1));
  if (/^(con|prn|aux|nul|com[0-9]|lpt[0-9]) *(\.|$)/i.test(name))
    name = encoded(name.charCodeAt(0)) + name.slice(1);
  if (name.length <= maximumLength) return name;
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return `${name.slice(0, maximumLength - 17)}~${digest}`;
}

function encoded(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}
