import { rmSync } from 'node:fs';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from '../run/make-folder';
import { codeOf, whyOf } from '../run/system-error';
import { temporaryFile } from '../run/temporary';
import type { ExportedFile } from '../verbs/export';
import { UserError } from '../verbs/user-error';

/** Larger experiment files are refused unread. */
const mostBytes = 4_000_000;

/** @throws UserError where the file cannot be read */
export async function readText(file: string): Promise<string> {
  try {
    const handle = await open(file);
    try {
      const { size } = await handle.stat();
      if (size > mostBytes)
        throw new UserError(`${file} has ${size} bytes: an experiment file has at most ${mostBytes}.`);
    } finally {
      await handle.close();
    }
    return decoded(file, await readFile(file));
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`Cannot read ${file}: ${(error as NodeJS.ErrnoException).code ?? String(error)}.`);
  }
}

/** @throws UserError where the bytes are no UTF-8 */
function decoded(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UserError(`${file} is no UTF-8 text. Save it with the encoding UTF-8.`);
  }
}

/** What is being written: a process that exits meanwhile, as at a signal, leaves none of it. */
const unfinished = new Set<string>();
process.on('exit', () => {
  for (const file of unfinished) rmSync(file, { force: true });
});

/**
 * Writes a file whole or not at all: beside its place first, then renamed into it.
 *
 * @param content the text or the bytes, or pieces that are made when they are written
 * @throws UserError where it cannot be written
 */
export async function writeWhole(file: string, content: ExportedFile['content']): Promise<void> {
  const beside = join(dirname(file), temporaryFile());
  try {
    await makeFolder(dirname(file));
    unfinished.add(beside);
    const handle = await open(beside, 'wx');
    try {
      const pieces = typeof content === 'string' || content instanceof Uint8Array ? [content] : content;
      for await (const piece of pieces) await handle.writeFile(piece);
    } finally {
      await handle.close();
    }
    await rename(beside, file);
  } catch (error) {
    throw cannotWrite(file, error);
  } finally {
    await rm(beside, { force: true }).catch(() => undefined);
    unfinished.delete(beside);
  }
}

/**
 * A path that the user gave to an option.
 *
 * @throws UserError where it is empty, or begins with a `~` that no shell has replaced: nobody means a folder of that name
 */
export function givenPath(option: string, path: string): string {
  if (path.trim() === '') throw new UserError(`${option} is empty: name a place.`);
  if (/^~(?:[/\\]|$)/.test(path))
    throw new UserError(
      `${option} ${path} begins with a ~ that the shell has left as it is: write the whole path.`,
    );
  return path;
}

/** @returns the error in words, if it is one of the system's; else the error itself */
export function cannotWrite(path: string, error: unknown): unknown {
  return codeOf(error) === undefined ? error : new UserError(`Cannot write ${path}: ${whyOf(error)}.`);
}
