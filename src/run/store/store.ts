import { lstat, mkdir, open, readdir, readFile, rename, rm, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileInfo, isFileName, manifestName, readManifest, writeManifest, type FileInfo } from './manifest';
import { codeOf, whyOf } from '../system-error';
import { claimFolder, isRealFolder, ownFolder } from './claim-folder';
import { isGroup, isKey } from './names';
import { StoreError } from './store-error';
import { sweepTemporary, temporaryName } from '../temporary';

export const defaultCapBytes = 2_000_000_000;

export interface StoreOptions {
  /** Least recently used entries go when all together are larger; by default `defaultCapBytes`. */
  readonly capBytes?: number;
  /**
   * Milliseconds since 1970. Entries that anyone has written or read since then are in use and stay, even above the cap: the start
   * of the run, which all its threads share. By default the time of opening.
   */
  readonly keepUsedSince?: number;
  /** The folder is where stores of earlier versions are, which had no marker: one of those is taken over. */
  readonly adopt?: boolean;
  /** Hears of entries that the system does not let us read: they count as absent. */
  readonly onUnreadable?: (message: string) => void;
}

interface StoredEntry {
  readonly key: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly lastUsed: number;
}

/** Times of files lag behind the clock: on Linux by a tick of the kernel, elsewhere by up to two seconds (milliseconds). */
const coarseness = 2000;

/** An entry that is dated further ahead (milliseconds) says nothing true of its use: it counts as the oldest. */
const aheadAtMost = 3_600_000;

/**
 * Finished work on disk, by key (hex digits). An entry is a folder of files with a manifest of their lengths and SHA-256.
 * It is made elsewhere and renamed into place, so it is there whole or not at all, also for other processes and after a
 * crash; a damaged one counts as absent and is removed. Any number of threads and processes may share the folder. Nothing is
 * deleted but what has a name of these, in a folder with the marker, and no link is followed.
 *
 *     repscope-store.txt  the marker
 *     entries/3f/3fa9…/   manifest.json and the entry's files
 *     tmp/…               entries in the making and on their way out
 */
export class Store {
  readonly folder: string;
  readonly #cap: number;
  readonly #keepUsedSince: number;
  readonly #adopt: boolean;
  readonly #onUnreadable: (message: string) => void;
  /** Without the marker nothing is deleted. */
  #marked = false;
  /** Size at the last count and what was written since; undefined before the first count. */
  #estimate: number | undefined;
  /** Estimate from which on to count again. */
  #countAt = 0;

  private constructor(
    folder: string,
    {
      capBytes = defaultCapBytes,
      keepUsedSince = Date.now(),
      adopt = false,
      onUnreadable = () => undefined,
    }: StoreOptions,
  ) {
    this.folder = folder;
    this.#cap = capBytes;
    this.#keepUsedSince = keepUsedSince - coarseness;
    this.#adopt = adopt;
    this.#onUnreadable = onUnreadable;
  }

  /** @throws StoreError if the folder cannot be made, or holds anything else than a store */
  static async open(folder: string, options: StoreOptions = {}): Promise<Store> {
    const store = new Store(folder, options);
    try {
      await store.#claim();
      await store.#sweep();
    } catch (error) {
      throw new StoreError(folder, 'opened', error);
    }
    return store;
  }

  /** Whether the entry is there with all its files at full length; `read` also checks their content. */
  async has(key: string): Promise<boolean> {
    return (await this.#readable(this.#path(key), (path) => this.#look(path, key))) !== undefined;
  }

  /** The files of an entry by name, or null where there is no whole entry that can be read. */
  async read(key: string): Promise<Map<string, Uint8Array<ArrayBuffer>> | null> {
    const files = await this.#readable(this.#path(key), async (path) => {
      const found = await this.#load(path, key);
      if (found === undefined) await this.#discardDamaged(key);
      else await touch(path);
      return found;
    });
    return files ?? null;
  }

  /**
   * Keeps an entry, all of it or nothing. If the key is there already, what is there stays.
   *
   * @param files by name (letters, digits, `. _ -`), in one piece or in several
   * @throws StoreError if the disk is full, read-only …
   */
  async write(key: string, files: ReadonlyMap<string, Uint8Array | readonly Uint8Array[]>): Promise<void> {
    const path = this.#path(key);
    const pieces = new Map<string, readonly Uint8Array[]>();
    for (const [name, content] of files) {
      if (!isFileName(name)) throw new TypeError(`'${name}' cannot be the name of a stored file.`);
      pieces.set(name, content instanceof Uint8Array ? [content] : content);
    }
    try {
      let bytes = 0;
      for (let attempt = 1; ; attempt++) {
        const made = join(this.#temporary, temporaryName());
        try {
          bytes = await makeEntry(made, key, pieces);
          await this.#place(made, path, key);
          break;
        } catch (error) {
          // A process that was asleep for long may find its temporary folder swept away, or the whole store gone.
          if (codeOf(error) !== 'ENOENT' || attempt === 2) throw error;
          await this.#claim();
        } finally {
          await rm(made, { recursive: true, force: true });
        }
      }
      if (this.#estimate !== undefined) this.#estimate += bytes;
      if (this.#estimate === undefined || this.#estimate > this.#countAt)
        await this.#enforceCap(this.#keepUsedSince);
    } catch (error) {
      throw new StoreError(this.folder, 'written', error);
    }
  }

  /** Whole entries that can be read, least recently used first. Damaged ones are removed. */
  async list(): Promise<StoredEntry[]> {
    const entries: StoredEntry[] = [];
    for (const { key, path } of await this.#places()) {
      await this.#readable(path, async () => {
        const found = await this.#look(path, key);
        if (found === undefined) await this.#discardDamaged(key);
        else entries.push({ key, bytes: found.bytes, lastUsed: found.lastUsed });
      });
    }
    return entries.sort((a, b) => a.lastUsed - b.lastUsed || (a.key < b.key ? -1 : 1));
  }

  /** The key that was used last of whole entries that begin so (two hex digits or more); null where there is none. */
  async newest(beginning: string): Promise<string | null> {
    const folder = join(this.#entries, beginning.slice(0, 2));
    const names = (await this.#readable(folder, () => readdir(folder))) ?? [];
    const found: { key: string; used: number }[] = [];
    for (const key of names.filter((name) => isKey(name) && name.startsWith(beginning))) {
      const path = join(folder, key);
      const used = await this.#readable(path, async () => (await this.#look(path, key))?.lastUsed);
      if (used !== undefined) found.push({ key, used });
    }
    // By name where two are as old, so that it is one of them whatever the order of the folder.
    found.sort((a, b) => b.used - a.used || (a.key < b.key ? -1 : 1));
    return found[0]?.key ?? null;
  }

  /** Bytes of all entries. */
  async size(): Promise<number> {
    return (await this.list()).reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /**
   * Brings the store to its cap when a run is over, at the cost of what the run used, too.
   *
   * @returns how many entries went that the run had used
   */
  async trim(): Promise<number> {
    return this.#enforceCap(Infinity);
  }

  /**
   * Removes all entries, also those that cannot be read.
   *
   * @throws StoreError where some remain
   */
  async clear(): Promise<void> {
    const refused: unknown[] = [];
    for (const { key } of await this.#places((error) => refused.push(error))) {
      const refusal = await this.#remove(key);
      if (refusal !== null) refused.push(refusal);
    }
    await this.#sweep();
    this.#estimate = undefined;
    if (refused.length > 0) throw new StoreError(this.folder, 'cleared', refused[0]);
  }

  get #entries(): string {
    return join(this.folder, 'entries');
  }

  get #temporary(): string {
    return join(this.folder, 'tmp');
  }

  #path(key: string): string {
    if (!isKey(key)) throw new TypeError(`'${key}' is not a key: 8 to 128 hex digits.`);
    return join(this.#entries, key.slice(0, 2), key);
  }

  async #claim(): Promise<void> {
    this.#marked = await claimFolder(this.folder, this.#adopt);
  }

  async #sweep(): Promise<void> {
    if (this.#marked && (await isRealFolder(this.#temporary))) await sweepTemporary(this.#temporary);
  }

  /** Where entries are, by name. @param onRefused hears why a folder of them cannot be read */
  async #places(
    onRefused: (error: unknown) => void = () => undefined,
  ): Promise<{ key: string; path: string }[]> {
    const namesIn = async (folder: string): Promise<string[]> =>
      (await this.#readable(folder, () => readdir(folder), onRefused)) ?? [];
    const places: { key: string; path: string }[] = [];
    for (const group of await namesIn(this.#entries)) {
      const folder = join(this.#entries, group);
      if (!isGroup(group) || (await this.#readable(folder, isRealFolder, onRefused)) !== true) continue;
      for (const key of await namesIn(folder))
        if (isKey(key) && key.startsWith(group)) places.push({ key, path: join(folder, key) });
    }
    return places;
  }

  /** What is read of a path; undefined where it is not there, or the system refuses: who keeps the store hears of that. */
  async #readable<T>(
    path: string,
    read: (path: string) => Promise<T>,
    onRefused: (error: unknown) => void = () => undefined,
  ): Promise<T | undefined> {
    try {
      return await read(path);
    } catch (error) {
      if (codeOf(error) === undefined) throw error;
      if (isAbsent(error)) return undefined;
      onRefused(error);
      this.#onUnreadable(`Finished work in ${path} cannot be read and counts as absent: ${whyOf(error)}.`);
      return undefined;
    }
  }

  /** Manifest and size of an entry whose files have the right lengths. */
  async #look(path: string, key: string) {
    try {
      if (!(await isRealFolder(dirname(path))) || !(await isRealFolder(path))) return undefined;
      const about = await lstat(join(path, manifestName));
      if (!about.isFile()) return undefined;
      const manifest = readManifest(await readFile(join(path, manifestName), 'utf8'), key);
      if (manifest === undefined) return undefined;
      let bytes = about.size;
      for (const [name, file] of manifest.files) {
        const found = await lstat(join(path, name));
        if (!found.isFile() || found.size !== file.bytes) return undefined;
        bytes += found.size;
      }
      const ahead = about.mtimeMs - Date.now() > aheadAtMost;
      return { manifest, bytes, lastUsed: ahead ? 0 : about.mtimeMs };
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  }

  /** The files of an entry, if it is whole. */
  async #load(path: string, key: string): Promise<Map<string, Uint8Array<ArrayBuffer>> | undefined> {
    const found = await this.#look(path, key);
    if (found === undefined) return undefined;
    const files = new Map<string, Uint8Array<ArrayBuffer>>();
    try {
      for (const [name, { bytes, sha256 }] of found.manifest.files) {
        const content = new Uint8Array(await readFile(join(path, name)));
        const actual = fileInfo([content]);
        if (actual.bytes !== bytes || actual.sha256 !== sha256) return undefined;
        files.set(name, content);
      }
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
    return files;
  }

  /** Renames a finished entry into place, unless someone else was first with a whole one. */
  async #place(made: string, path: string, key: string): Promise<void> {
    const group = dirname(path);
    await ownFolder(group);
    for (let attempt = 1; ; attempt++) {
      try {
        await rename(made, path);
        await syncFolder(group);
        return;
      } catch (error) {
        const code = codeOf(error) ?? '';
        if (!['ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES', 'EBUSY', 'ENOTDIR'].includes(code)) throw error;
        if ((await this.#readable(path, () => this.#load(path, key))) !== undefined) {
          await touch(path);
          return;
        }
        if (attempt === 5) throw error;
        // What is there is damaged; or, on Windows, a virus scanner holds the new folder for a moment.
        await this.#discardDamaged(key);
        await new Promise((resolve) => setTimeout(resolve, 20 * attempt));
      }
    }
  }

  /**
   * @param since entries that were used since then stay
   * @returns how many went that the run had used
   */
  async #enforceCap(since: number): Promise<number> {
    await this.#sweep();
    const entries = await this.list();
    let size = entries.reduce((sum, { bytes }) => sum + bytes, 0);
    let missed = 0;
    if (size > this.#cap) {
      // Somewhat below the cap, so that the next writes need not count again.
      const target = 0.9 * this.#cap;
      for (const { key, bytes, lastUsed } of entries) {
        if (size <= target || lastUsed >= since) break;
        if ((await this.#remove(key)) !== null) continue;
        size -= bytes;
        if (lastUsed >= this.#keepUsedSince) missed++;
      }
    }
    this.#estimate = size;
    // Other processes write too: count again now and then.
    const slack = this.#cap / 16;
    this.#countAt = size > this.#cap ? size + slack : Math.min(this.#cap, size + slack);
    return missed;
  }

  /**
   * Moves an entry out of sight at once, then deletes it.
   *
   * @returns null when it is gone; otherwise why not
   */
  async #remove(key: string): Promise<unknown> {
    if (!this.#marked) return new Error('it has no marker that says that it is a store');
    const path = this.#path(key);
    const gone = join(this.#temporary, temporaryName());
    try {
      if (!(await this.#isOurs(path))) return null;
      await rename(path, gone);
      await rm(gone, { recursive: true, force: true });
      return null;
    } catch (error) {
      // Someone else may have removed it; or has a file of it open (Windows).
      return codeOf(error) === 'ENOENT' ? null : error;
    }
  }

  /** Removes an entry that is not whole; a read-only store keeps it. */
  async #discardDamaged(key: string): Promise<void> {
    const path = this.#path(key);
    if (!this.#marked) return;
    const gone = join(this.#temporary, temporaryName());
    try {
      if (!(await this.#isOurs(path))) return;
      await rename(path, gone);
      // Another process may have put a whole one in its place meanwhile: back with it.
      if ((await this.#load(gone, key)) !== undefined) await rename(gone, path);
    } catch {
      // Not there, or not ours to change.
    }
    await rm(gone, { recursive: true, force: true }).catch(() => undefined);
  }

  /** Whether the folders through which an entry is reached are no links that lead elsewhere. */
  async #isOurs(path: string): Promise<boolean> {
    const folders = [this.#entries, dirname(path), this.#temporary];
    for (const folder of folders) if (!(await isRealFolder(folder))) return false;
    return true;
  }
}

/** @returns bytes of the entry */
async function makeEntry(
  folder: string,
  key: string,
  pieces: ReadonlyMap<string, readonly Uint8Array[]>,
): Promise<number> {
  await mkdir(folder);
  const files = new Map<string, FileInfo>();
  let total = 0;
  for (const [name, content] of pieces) {
    const info = fileInfo(content);
    files.set(name, info);
    total += info.bytes;
    await writeSynced(join(folder, name), content);
  }
  const manifest = new TextEncoder().encode(writeManifest({ key, files }));
  await writeSynced(join(folder, manifestName), [manifest]);
  await touch(folder);
  await syncFolder(folder);
  return total + manifest.length;
}

async function writeSynced(path: string, pieces: readonly Uint8Array[]): Promise<void> {
  const file = await open(path, 'wx');
  try {
    for (const piece of pieces) await file.writeFile(piece);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the names in a folder outlive a power cut, where the system can. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Marks an entry as used just now. */
async function touch(entry: string): Promise<void> {
  const now = new Date();
  // A read-only store cannot note it.
  await utimes(join(entry, manifestName), now, now).catch(() => undefined);
}

function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(codeOf(error) ?? '');
}
