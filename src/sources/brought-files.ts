import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { NumberArray } from '../core/number-array';
import { BroughtError, type BroughtFiles } from '../experiment/brought';
import { arrayOf, shapesIn } from '../formats/array-file';
import { placeOfArray } from '../formats/array-place';
import { csvColumns } from '../formats/csv-columns';
import { partsOf } from '../formats/file-parts';
import { FormatError } from '../formats/format-error';
import { tokenLines } from '../formats/token-lines';

/** Larger tables are refused unread. */
const mostTable = 200_000_000;
const mostFiles = 10_000;
/** Bytes that are read of a file at once. */
const piece = 1 << 24;
/** The same where a thread is to be free in between. */
const turn = 1 << 20;
/** Larger files are not read whole where a thread is not to be held. */
const mostAtOnce = 1 << 24;

/**
 * What an experiment brings along, from the disk.
 *
 * @param folder of the experiment file, which names are relative to
 * @param mayRead whether a path may be read at all
 * @param later what stands for the digest of a large file that is not known yet, where the thread is not to be held (`learnDigest`)
 */
export function broughtFiles(
  folder: string,
  mayRead: (path: string) => boolean = () => true,
  later?: (path: string) => string,
): BroughtFiles {
  const pathOf = (file: string): string => {
    const path = resolve(folder, file);
    if (mayRead(path)) return path;
    throw new BroughtError(
      `${file} is outside of the workspace, which is not trusted: trust it, or move the file into it.`,
    );
  };
  return {
    columns: (file) => {
      const path = pathOf(file);
      return within(file, () => known(path, 'columns', () => csvColumns(textOf(path))));
    },
    documents: (file) => {
      const path = pathOf(file);
      return within(file, () => known(path, 'documents', () => tokenLines(textOf(path))));
    },
    matching: (pattern) => {
      const { file } = placeOfArray(pattern);
      const path = pathOf(file);
      return within(file, () =>
        matches(path).map(({ path: one, as }) => ({
          shapes: known(one, 'shapes', () => shapesIn(one, partsOf(one))),
          digest:
            later === undefined || statSync(one).size <= mostAtOnce
              ? digestOf(one)
              : (knownAlready<string>(one, 'digest') ?? later(one)),
          path: one,
          as,
        })),
      );
    },
  };
}

/** The numbers of one array of a file. @throws BroughtError where they cannot be read, or are not those of the digest any longer */
export function readBrought(file: string, array: string, digest: string): NumberArray {
  return within(basename(file), () => {
    if (digestOf(file) !== digest)
      throw new FormatError('It has changed since the experiment was read: analyse it again.');
    const found = arrayOf(file, partsOf(file), array);
    if (!found) throw new FormatError(`It has no array '${array}' any longer.`);
    return found;
  });
}

/** Finds the digest of a file for whoever reads it next, a small part at a time, between which the thread is free. */
export async function learnDigest(path: string): Promise<void> {
  const stamp = stampOf(path);
  const hash = createHash('sha256');
  const file = await open(path);
  try {
    const bytes = new Uint8Array(turn);
    for (;;) {
      const { bytesRead } = await file.read(bytes, 0, turn);
      if (bytesRead === 0) break;
      hash.update(bytes.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
  // Where it has changed meanwhile, it is of no file.
  if (stampOf(path) === stamp) keep(path, 'digest', { stamp, value: hash.digest('hex') });
}

function digestOf(path: string): string {
  return known(path, 'digest', () => {
    const { read, size } = partsOf(path);
    const hash = createHash('sha256');
    for (let at = 0; at < size; at += piece) hash.update(read(at, Math.min(size, at + piece)));
    return hash.digest('hex');
  });
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

interface Known {
  readonly stamp: string;
  readonly value: unknown;
}

/** What was read of files as they are, in this thread: an editor asks at every key. */
const all = new Map<string, Known>();
const mostKnown = 2000;

function keep(path: string, what: string, found: Known): void {
  if (all.size >= mostKnown) all.clear();
  all.set(`${what} ${path}`, found);
}

/** What tells a file from what it was before. */
function stampOf(path: string): string {
  const { size, mtimeMs, ino } = statSync(path);
  return `${size} ${mtimeMs} ${ino}`;
}

function knownAlready<T>(path: string, what: string, stamp = stampOf(path)): T | undefined {
  const before = all.get(`${what} ${path}`);
  return before?.stamp === stamp ? (before.value as T) : undefined;
}

function known<T>(path: string, what: string, read: () => T): T {
  const stamp = stampOf(path);
  const before = knownAlready<T>(path, what, stamp);
  if (before !== undefined) return before;
  const value = read();
  keep(path, what, { stamp, value });
  return value;
}

function within<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof FormatError) throw new BroughtError(`${file}: ${error.message}`);
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const why = code === 'ENOENT' ? 'there is no such file' : code === 'EACCES' ? 'it may not be read' : code;
    throw new BroughtError(`Cannot read ${file}: ${why}.`);
  }
}
