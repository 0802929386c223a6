import type { Dirent } from 'node:fs';

const names = ['.ds_store', 'thumbs.db', 'desktop.ini'];

/**
 * Whether this is a file that macOS or Windows leave in a folder once somebody has looked at it. A folder that holds nothing else
 * counts as empty; such files are never deleted.
 */
export function isDropping(entry: Dirent): boolean {
  return entry.isFile() && names.includes(entry.name.toLowerCase());
}
