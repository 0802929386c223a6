import type { Dirent } from 'node:fs';
import { lstat, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDropping } from '../droppings';
import { makeFolder } from '../make-folder';
import { codeOf } from '../system-error';
import { isGroup, isKey } from './names';
import { isTemporaryName } from '../temporary';

/** The file that makes a folder a store: without it nothing is ever deleted. */
const markerName = 'repscope-store.txt';

const markerText =
  'RepScope keeps finished work in this folder, and deletes what it no longer needs from entries/ and tmp/.\n';

/**
 * Makes a folder a store, which a new or an empty one may become. What is in any other folder is not ours.
 *
 * @param adopt the folder is where stores of earlier versions, which had no marker, are: it may hold what those wrote, and nothing else
 * @returns whether it is marked; a store of an earlier version on a disk that is read-only is not
 * @throws Error that says what is in the way; the error of the system
 */
export async function claimFolder(folder: string, adopt: boolean): Promise<boolean> {
  await makeFolder(folder);
  const entries = await contents(folder);
  let marked = entries.some((entry) => entry.name === markerName && entry.isFile());
  if (!marked) {
    const names = entries.map(({ name }) => name).sort();
    if (names.length > 0 && !(adopt && (await isOfEarlierVersion(folder, names))))
      throw new Error(
        `it holds what is no store of RepScope (${names[0]}); choose a folder that is new or empty`,
      );
    marked = await mark(folder);
  }
  for (const name of ['entries', 'tmp']) await ownFolder(join(folder, name));
  return marked;
}

/** Whether a folder is a store already; nothing is made. */
export async function isStore(folder: string): Promise<boolean> {
  return lstat(join(folder, markerName)).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** Whether there is a folder of this name, and no link to one. */
export async function isRealFolder(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isDirectory();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) return false;
    throw error;
  }
}

/**
 * Makes a folder inside of the store, if it is not there.
 *
 * @throws Error where a link stands in its place
 */
export async function ownFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    if (!(await isRealFolder(path))) throw new Error(`${path} is a link or a file, and no folder of its own`);
  }
}

async function mark(folder: string): Promise<boolean> {
  try {
    await writeFile(join(folder, markerName), markerText, { flag: 'wx' });
    return true;
  } catch (error) {
    const code = codeOf(error) ?? '';
    // Another thread was first.
    if (code === 'EEXIST') return true;
    if (['EROFS', 'EACCES', 'EPERM'].includes(code)) return false;
    throw error;
  }
}

async function isOfEarlierVersion(folder: string, names: readonly string[]): Promise<boolean> {
  const holdsOnly = async (path: string, isOwn: (name: string) => boolean): Promise<boolean> =>
    (await contents(path)).every((entry) => entry.isDirectory() && isOwn(entry.name));
  if (!(await holdsOnly(folder, (name) => name === 'entries' || name === 'tmp'))) return false;
  if (names.includes('tmp') && !(await holdsOnly(join(folder, 'tmp'), isTemporaryName))) return false;
  if (!names.includes('entries')) return true;
  const entries = join(folder, 'entries');
  if (!(await holdsOnly(entries, isGroup))) return false;
  for (const { name: group } of await contents(entries))
    if (!(await holdsOnly(join(entries, group), (name) => isKey(name) && name.startsWith(group))))
      return false;
  return true;
}

/** What is in a folder, but for what systems drop everywhere. */
async function contents(folder: string): Promise<Dirent[]> {
  return (await readdir(folder, { withFileTypes: true })).filter((entry) => !isDropping(entry));
}
