import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isDropping } from '../run/droppings';
import { makeFolder, removeEmpty } from '../run/make-folder';
import { isTemporaryFile, sweepTemporaryFiles, temporaryFile } from '../run/temporary';
import { version } from '../run/version';
import type { ExportedFile } from '../verbs/export';
import { UserError } from '../verbs/user-error';
import { cannotWrite, writeWhole } from './files';

/** The list of the files of a run, in their folder. */
const listName = 'run.json';

/** Where else files of a run are; all other files in the folder are the user's, and left alone. */
const places = { files: [listName, 'results.json', 'report.html'], folders: ['tables', 'activations'] };

interface RunList {
  readonly kind: 'repscope run';
  readonly schemaVersion: 1;
  readonly version: string;
  /** Paths from the folder, with `/`. */
  readonly files: readonly string[];
}

/**
 * The folder of a run's files. It is never of two runs: what an earlier run listed is removed before this one writes, unless this one would write the same. Files that no
 * run has listed are neither removed nor, unless the user insists, replaced.
 */
export class OutFolder {
  private constructor(
    readonly folder: string,
    /** The outermost folder that was made for it. */
    private readonly made: string | undefined,
    private readonly listed: readonly string[],
  ) {}

  /**
   * Makes the folder, and tries whether what will be written can be.
   *
   * @param longest the longest path that will be written, from the folder
   * @param force whether files that are of no earlier run are replaced
   * @throws UserError where it cannot be written, or holds files of somebody else
   */
  static async open(folder: string, longest: string, force: boolean): Promise<OutFolder> {
    let made: string | undefined;
    try {
      made = await makeFolder(folder);
      const list = await readList(folder);
      const foreign = await foreignFile(folder, list);
      if (foreign !== undefined && !force)
        throw new UserError(
          `${folder} holds what is of no earlier run (${foreign}): choose another folder with --out, or replace what is in the way with --force.`,
        );
      await tryOut(join(folder, longest));
      return new OutFolder(folder, made, list ?? []);
    } catch (error) {
      if (made !== undefined) await removeEmpty(folder, dirname(made));
      throw cannotWrite(folder, error);
    }
  }

  /** The file of a path that an earlier run has written, if it has. */
  earlier(name: string): string | null {
    return this.listed.includes(name) ? join(this.folder, name) : null;
  }

  /**
   * Removes the files of an earlier run, and lists those that there will be: also what is cut off half-way is known.
   *
   * @param same files of an earlier run that this one would write as they are: they stay
   * @throws UserError
   */
  async begin(names: readonly string[], same: ReadonlySet<string> = new Set()): Promise<void> {
    try {
      // Found by looking, not by what the list says: no path of it can lead elsewhere.
      for (const name of await ownFiles(this.folder)) {
        if (name === listName || same.has(name) || !this.listed.includes(name)) continue;
        const path = join(this.folder, name);
        await rm(path);
        await removeEmpty(dirname(path), this.folder);
      }
    } catch (error) {
      throw cannotWrite(this.folder, error);
    }
    const list: RunList = { kind: 'repscope run', schemaVersion: 1, version, files: [...names].sort() };
    await this.write(listName, `${JSON.stringify(list, null, 1)}\n`);
  }

  write(name: string, content: ExportedFile['content']): Promise<void> {
    return writeWhole(join(this.folder, name), content);
  }

  /** Where nothing was written, a folder that was made for it goes again. */
  async abandon(): Promise<void> {
    if (this.made !== undefined) await removeEmpty(this.folder, dirname(this.made));
  }
}

/**
 * Whether a file can be written, said before the work whose results go there.
 *
 * @throws UserError
 */
export async function tryOut(file: string): Promise<void> {
  const folder = dirname(file);
  let made: string | undefined;
  try {
    made = await makeFolder(folder);
    await sweepTemporaryFiles(folder);
    const trial = join(folder, temporaryFile());
    await writeFile(trial, '', { flag: 'wx' });
    await rm(trial);
  } catch (error) {
    throw cannotWrite(file, error);
  } finally {
    if (made !== undefined) await removeEmpty(folder, dirname(made));
  }
}

/** A file that is of no run: in a folder without a list any at all, in one with a list those that would be replaced. */
async function foreignFile(folder: string, list: readonly string[] | null): Promise<string | undefined> {
  if (list === null) {
    const entries = await readdir(folder, { withFileTypes: true });
    const foreign = entries.filter((entry) => !isTemporaryFile(entry.name) && !isDropping(entry));
    return foreign.map(({ name }) => name).sort()[0];
  }
  return (await ownFiles(folder)).find((name) => name !== listName && !list.includes(name));
}

/**
 * The files at the places of a run's own, by their paths from the folder with `/`; left-overs of ours are swept. Links are not
 * followed: they count as files.
 */
async function ownFiles(folder: string): Promise<string[]> {
  await sweepTemporaryFiles(folder);
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (places.folders.includes(entry.name) && entry.isDirectory())
      found.push(...(await filesBelow(join(folder, entry.name), entry.name)));
    else if (places.folders.includes(entry.name) || places.files.includes(entry.name)) found.push(entry.name);
  }
  return found.sort();
}

async function filesBelow(folder: string, name: string): Promise<string[]> {
  await sweepTemporaryFiles(folder);
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = `${name}/${entry.name}`;
    if (entry.isDirectory()) found.push(...(await filesBelow(join(folder, entry.name), path)));
    else if (!isTemporaryFile(entry.name) && !isDropping(entry)) found.push(path);
  }
  return found;
}

/** What an earlier run listed; null where there is no list of ours. */
async function readList(folder: string): Promise<string[] | null> {
  try {
    const { kind, files } = JSON.parse(await readFile(join(folder, listName), 'utf8')) as Partial<RunList>;
    return kind === 'repscope run' && Array.isArray(files) ? files : null;
  } catch {
    return null;
  }
}
