import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { fileInfo, isFileName, manifestName, readManifest, writeManifest, type FileInfo } from './manifest';
import { codeOf, StoreError } from './store-error';
import { sweepTemporary, temporaryName } from './temporary';

export const defaultCapBytes = 2_000_000_000;

export interface StoreOptions {
  /** Least recently used entries go when all together are larger; by default `defaultCapBytes`. */
  readonly capBytes?: number;
  /**
   * Milliseconds since 1970. Entries that anyone has written or read since then are in use and stay, even above the cap: the start
   * of the run, which all its threads share. By default the time of opening.
   */
  readonly keepUsedSince?: number;
}

export interface StoredEntry {
  readonly key: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly lastUsed: number;
}

/** Times of files lag behind the clock: on Linux by a tick of the kernel, elsewhere by up to two seconds (milliseconds). */
const coarseness = 2000;

/**
 * Finished work on disk, by key (hex digits). An entry is a folder of files with a manifest of their lengths and SHA-256.
 * It is made elsewhere and renamed into place, so it is there whole or not at all, also for other processes and after a
 * crash; a damaged one counts as absent and is removed. Any number of threads and processes may share the folder.
 *
 *     entries/3f/3fa9…/   manifest.json and the entry's files
 *     tmp/…               entries in the making and on their way out
 */
export class Store {
  readonly folder: string;
  readonly #cap: number;
  readonly #keepUsedSince: number;
  /** Size at the last count and what was written since; undefined before the first count. */
  #estimate: number | undefined;
  /** Estimate from which on to count again. */
  #countAt = 0;

  private constructor(
    folder: string,
    { capBytes = defaultCapBytes, keepUsedSince = Date.now() }: StoreOptions,
  ) {
    this.folder = folder;
    this.#cap = capBytes;
    this.#keepUsedSince = keepUsedSince - coarseness;
  }

  /** @throws StoreError if there is no such folder and it cannot be made */
  static async open(folder: string, options: StoreOptions = {}): Promise<Store> {
    const store = new Store(folder, options);
    try {
      await mkdir(store.#entries, { recursive: true });
      await mkdir(store.#temporary, { recursive: true });
      await sweepTemporary(store.#temporary);
    } catch (error) {
      throw new StoreError(folder, 'opened', error);
    }
    return store;
  }

  /** Whether the entry is there with all its files at full length; `read` also checks their content. */
  async has(key: string): Promise<boolean> {
    try {
      return (await this.#look(this.#path(key), key)) !== undefined;
    } catch (error) {
      throw this.#error('read', error);
    }
  }

  /**
   * The files of an entry by name, or null where there is no whole entry.
   *
   * @throws StoreError if the disk refuses
   */
  async read(key: string): Promise<Map<string, Uint8Array<ArrayBuffer>> | null> {
    const path = this.#path(key);
    try {
      const files = await this.#load(path, key);
      if (files === undefined) {
        await this.#discardDamaged(key);
        return null;
      }
      await touch(path);
      return files;
    } catch (error) {
      throw this.#error('read', error);
    }
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
          // A process that was asleep for long may find its temporary folder swept away.
          if (codeOf(error) !== 'ENOENT' || attempt === 2) throw error;
        } finally {
          await rm(made, { recursive: true, force: true });
        }
      }
      if (this.#estimate !== undefined) this.#estimate += bytes;
      if (this.#estimate === undefined || this.#estimate > this.#countAt) await this.#enforceCap();
    } catch (error) {
      throw this.#error('written', error);
    }
  }

  /** Whole entries, least recently used first. Damaged ones are removed. */
  async list(): Promise<StoredEntry[]> {
    const entries: StoredEntry[] = [];
    try {
      for (const group of await namesIn(this.#entries)) {
        for (const key of await namesIn(join(this.#entries, group))) {
          if (!isKey(key)) continue;
          const found = await this.#look(this.#path(key), key);
          if (found === undefined) await this.#discardDamaged(key);
          else entries.push({ key, bytes: found.bytes, lastUsed: found.lastUsed });
        }
      }
    } catch (error) {
      throw this.#error('read', error);
    }
    return entries.sort((a, b) => a.lastUsed - b.lastUsed || (a.key < b.key ? -1 : 1));
  }

  /** Bytes of all entries. */
  async size(): Promise<number> {
    return (await this.list()).reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Removes all entries. */
  async clear(): Promise<void> {
    try {
      for (const { key } of await this.list()) await this.#remove(key);
      await sweepTemporary(this.#temporary);
    } catch (error) {
      throw this.#error('written', error);
    }
    this.#estimate = undefined;
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

  #error(doing: 'read' | 'written', error: unknown): unknown {
    return error instanceof StoreError || codeOf(error) === undefined
      ? error
      : new StoreError(this.folder, doing, error);
  }

  /** Manifest and size of an entry whose files have the right lengths. */
  async #look(path: string, key: string) {
    try {
      const text = await readFile(join(path, manifestName), 'utf8');
      const manifest = readManifest(text, key);
      if (manifest === undefined) return undefined;
      const { mtimeMs: lastUsed, size } = await stat(join(path, manifestName));
      let bytes = size;
      for (const [name, file] of manifest.files) {
        if ((await stat(join(path, name))).size !== file.bytes) return undefined;
        bytes += file.bytes;
      }
      return { manifest, bytes, lastUsed };
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
    const group = join(path, '..');
    await mkdir(group, { recursive: true });
    for (let attempt = 1; ; attempt++) {
      try {
        await rename(made, path);
        await syncFolder(group);
        return;
      } catch (error) {
        const code = codeOf(error) ?? '';
        if (!['ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES', 'EBUSY', 'ENOTDIR'].includes(code)) throw error;
        if ((await this.#load(path, key)) !== undefined) {
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

  async #enforceCap(): Promise<void> {
    await sweepTemporary(this.#temporary);
    const entries = await this.list();
    let size = entries.reduce((sum, { bytes }) => sum + bytes, 0);
    if (size > this.#cap) {
      // Somewhat below the cap, so that the next writes need not count again.
      const target = 0.9 * this.#cap;
      for (const { key, bytes, lastUsed } of entries) {
        if (size <= target || lastUsed >= this.#keepUsedSince) break;
        await this.#remove(key);
        size -= bytes;
      }
    }
    this.#estimate = size;
    // Other processes write too: count again now and then.
    const slack = this.#cap / 16;
    this.#countAt = size > this.#cap ? size + slack : Math.min(this.#cap, size + slack);
  }

  /** Moves an entry out of sight at once, then deletes it. */
  async #remove(key: string): Promise<void> {
    const gone = join(this.#temporary, temporaryName());
    try {
      await rename(this.#path(key), gone);
    } catch {
      return; // someone else removed it, or has a file of it open (Windows)
    }
    await rm(gone, { recursive: true, force: true });
  }

  /** Removes an entry that is not whole; a read-only store keeps it. */
  async #discardDamaged(key: string): Promise<void> {
    const path = this.#path(key);
    const gone = join(this.#temporary, temporaryName());
    try {
      await rename(path, gone);
      // Another process may have put a whole one in its place meanwhile: back with it.
      if ((await this.#load(gone, key)) !== undefined) await rename(gone, path);
    } catch {
      // Not there, or not ours to change.
    }
    await rm(gone, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** @returns bytes of the entry */
async function makeEntry(
  folder: string,
  key: string,
  pieces: ReadonlyMap<string, readonly Uint8Array[]>,
): Promise<number> {
  await mkdir(folder, { recursive: true });
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

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(codeOf(error) ?? '');
}

function isKey(key: string): boolean {
  return /^[0-9a-f]{8,128}$/.test(key);
}
