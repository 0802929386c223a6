import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { NumberArray } from '../core/number-array';
import { BroughtError, type BroughtFiles, NotReadYet } from '../experiment/brought';
import { arrayOf, shapesIn } from '../formats/array-file';
import { placeOfArray } from '../formats/array-place';
import { csvColumns } from '../formats/csv-columns';
import { partsOf } from '../formats/file-parts';
import { FormatError } from '../formats/format-error';
import { type TokenLine, tokenLines } from '../formats/token-lines';
import { type RdmsAmong, rdmsAmong } from './rdms-among';

/** Larger tables are refused unread. */
const mostTable = 200_000_000;
const mostFiles = 10_000;
/** Bytes that are read of a file at once. */
const piece = 1 << 24;
/** Bytes of files that are read where a thread is not to be held, for all that one reading of an experiment asks. */
const mostAtOnce = 300_000;

/** What is read of a file, by what it is asked for. */
const readings = {
  columns: (path: string): ReadonlyMap<string, readonly string[]> => csvColumns(textOf(path)),
  documents: (path: string): readonly TokenLine[] => tokenLines(textOf(path)),
  shapes: (path: string): ReadonlyMap<string, readonly number[]> => shapesIn(path, partsOf(path)),
  digest: sha256Of,
  rdms: (path: string): RdmsAmong => rdmsAmong(path, partsOf(path)),
};

type Readings = { readonly [What in keyof typeof readings]: ReturnType<(typeof readings)[What]> };

/** One thing that a file is asked for. */
export type Asked = keyof Readings;

/** What files bring along, and what a new experiment is made of. */
export interface FilesHere extends BroughtFiles {
  /** What of the numbers of a file are RDMs. @throws BroughtError */
  rdms(path: string): RdmsAmong;
}

/**
 * What an experiment brings along, from the disk.
 *
 * @param folder of the experiment file, which names are relative to
 * @param mayRead whether a path may be read at all
 * @param later is told what is to be read of a file beside all else (`readOf`, `learn`), where the thread is not to be held: it is not there until then
 */
export function broughtFiles(
  folder: string,
  mayRead: (path: string) => boolean = () => true,
  later?: (path: string, what: Asked) => void,
): FilesHere {
  const pathOf = (file: string): string => {
    const path = resolve(folder, file);
    if (mayRead(path)) return path;
    throw new BroughtError(
      `${file} is outside of the workspace, which is not trusted: trust it, or move the file into it.`,
    );
  };
  let left = mostAtOnce;
  /** Undefined where it is read later. */
  const ask = <What extends Asked>(path: string, what: What): Readings[What] | undefined => {
    if (later && !isKnown(path, what)) {
      // Of arrays in the format of NumPy the head says the shape.
      const size = what === 'shapes' && /\.npy$/i.test(path) ? 0 : statSync(path).size;
      if (size > left) {
        later(path, what);
        return undefined;
      }
      left -= size;
    }
    return known(path, what);
  };
  const now = <What extends Asked>(file: string, path: string, what: What): Readings[What] =>
    within(file, () => {
      const found = ask(path, what);
      if (found === undefined) throw new NotReadYet(file);
      return found;
    });
  return {
    columns: (file) => now(file, pathOf(file), 'columns'),
    documents: (file) => now(file, pathOf(file), 'documents'),
    rdms: (path) => now(basename(path), path, 'rdms'),
    matching: (pattern) => {
      const { file } = placeOfArray(pattern);
      const path = pathOf(file);
      return within(file, () => {
        const asked = matches(path).map(({ path: one, as }) => ({
          path: one,
          as,
          shapes: ask(one, 'shapes'),
          // Nothing but what is kept of it hangs on it.
          digest: ask(one, 'digest') ?? 'not read yet',
        }));
        return asked.map(({ shapes, ...one }) => {
          if (!shapes) throw new NotReadYet(file);
          return { ...one, shapes };
        });
      });
    },
  };
}

/** The numbers of one array of a file. @throws BroughtError where they cannot be read, or are not those of the digest any longer */
export function readBrought(file: string, array: string, digest: string): NumberArray {
  return within(basename(file), () => {
    if (known(file, 'digest') !== digest)
      throw new FormatError('It has changed since the experiment was read: analyse it again.');
    const found = arrayOf(file, partsOf(file), array);
    if (!found) throw new FormatError(`It has no array '${array}' any longer.`);
    return found;
  });
}

function sha256Of(path: string): string {
  const { read, size } = partsOf(path);
  const hash = createHash('sha256');
  for (let at = 0; at < size; at += piece) hash.update(read(at, Math.min(size, at + piece)));
  return hash.digest('hex');
}

function textOf(path: string): string {
  const { size } = statSync(path);
  if (size > mostTable) throw new FormatError(`It has ${size} bytes: more than ${mostTable} are not read.`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    if (error instanceof TypeError)
      throw new FormatError('It is no UTF-8 text: save it with the encoding UTF-8.');
    throw error;
  }
}

/** Files whose names fit a pattern, its braces in the name of the file. */
function matches(path: string): { path: string; as: string | null }[] {
  const [, before, after] = /^([^{}]*)\{[^{}]*\}([^{}]*)$/.exec(basename(path)) ?? [];
  if (before === undefined) return [{ path, as: null }];
  const folder = dirname(path);
  const names = readdirSync(folder)
    .filter((name) => name.length > before.length + after.length)
    .filter((name) => name.startsWith(before) && name.endsWith(after));
  if (names.length === 0) throw new FormatError('No file has such a name.');
  if (names.length > mostFiles)
    throw new FormatError(`${names.length} files have such a name, more than ${mostFiles}.`);
  return names
    .map((name) => ({ path: join(folder, name), as: name.slice(before.length, name.length - after.length) }))
    .sort((a, b) => inOrder(a.as, b.as));
}

/** Numbers by their size, and before all else, which goes by code units. */
function inOrder(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  if (x !== y && !Number.isNaN(x) && !Number.isNaN(y)) return x - y;
  return a < b ? -1 : 1;
}

/** What was found in a file as it was. */
export interface Known {
  readonly stamp: string;
  readonly value?: unknown;
  /** Why nothing was: a sentence. */
  readonly wrong?: string;
}

/** What was read of files as they are, in this thread: an editor asks at every key. */
const all = new Map<string, Known>();
const mostKnown = 2000;

/** Reads in a file what it is asked for, in any thread. */
export function readOf(path: string, what: Asked): Known {
  const stamp = stampOf(path);
  try {
    return { stamp, value: readings[what](path) };
  } catch (error) {
    if (error instanceof FormatError) return { stamp, wrong: error.message };
    throw error;
  }
}

/** Takes for known in this thread what another has read. */
export function learn(path: string, what: Asked, found: Known): void {
  if (all.size >= mostKnown) all.clear();
  all.set(`${what} ${path}`, found);
}

/** Takes for known that a file as it is cannot be read here: it is not tried at every key. */
export function learnFailure(path: string, what: Asked, why: string): void {
  try {
    learn(path, what, { stamp: stampOf(path), wrong: `It cannot be read: ${why}` });
  } catch {
    // It is gone, which is said when it is asked for.
  }
}

/** What tells a file from what it was before. @throws FormatError where it is none: a device or a pipe may have no end */
function stampOf(path: string): string {
  const found = statSync(path);
  if (!found.isFile())
    throw new FormatError(`It is ${found.isDirectory() ? 'a folder' : 'a device or a pipe'}. Name a file.`);
  return `${found.size} ${found.mtimeMs} ${found.ino}`;
}

function isKnown(path: string, what: Asked): boolean {
  return all.get(`${what} ${path}`)?.stamp === stampOf(path);
}

/** @throws FormatError where the file holds no such thing */
function known<What extends Asked>(path: string, what: What): Readings[What] {
  if (!isKnown(path, what)) learn(path, what, readOf(path, what));
  const found = all.get(`${what} ${path}`);
  if (found?.wrong !== undefined) throw new FormatError(found.wrong);
  return found?.value as Readings[What];
}

function within<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof FormatError) throw new BroughtError(`${file || '“”'}: ${error.message}`);
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const why = code === 'ENOENT' ? 'there is no such file' : code === 'EACCES' ? 'it may not be read' : code;
    throw new BroughtError(`Cannot read ${file}: ${why}.`);
  }
}
