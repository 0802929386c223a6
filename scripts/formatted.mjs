import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'oxfmt';

const settings = join(import.meta.dirname, '..', '.oxfmtrc.json');

/**
 * A text as `npm run format` would write it into a file.
 *
 * @param file its name says what language the text is in
 * @throws Error where the text is not of that language
 */
export async function formatted(file, text) {
  const { ignorePatterns: _, ...style } = JSON.parse(await readFile(settings, 'utf8'));
  const { code, errors } = await format(file, text, style);
  if (errors.length > 0) throw new Error(`${file} cannot be formatted: ${errors[0].message}`);
  return code;
}
