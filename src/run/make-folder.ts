import { mkdir, rmdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from './system-error';

/**
 * Makes a folder and those that it lies in. (The recursive `mkdir` of Node never returns below `/proc`.)
 *
 * @returns the outermost one that was not there; undefined where all were
 * @throws the error of the system; then none is left that was made
 */
export async function makeFolder(folder: string): Promise<string | undefined> {
  if (await isFolder(folder)) return undefined;
  const parent = dirname(folder);
  const outermost = parent === folder ? undefined : await makeFolder(parent);
  try {
    await mkdir(folder);
  } catch (error) {
    // Someone else may have made it meanwhile.
    if (codeOf(error) !== 'EEXIST' || !(await isFolder(folder))) {
      if (outermost !== undefined) await removeEmpty(parent, dirname(outermost));
      throw error;
    }
  }
  return outermost ?? folder;
}

/** Removes a folder and those around it as long as they are empty, up to one that stays. */
export async function removeEmpty(folder: string, stays: string): Promise<void> {
  for (let at = folder; at !== stays && at !== dirname(at); at = dirname(at)) {
    try {
      await rmdir(at);
    } catch {
      return;
    }
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
