import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { NumberArray } from '../core/number-array';
import { BroughtError, type BroughtFile, type BroughtFiles } from '../experiment/brought';
import { arrayOf, shapesIn } from '../formats/array-file';
import { placeOfArray } from '../formats/array-place';
import { csvColumns } from '../formats/csv-columns';
import { partsOf } from '../formats/file-parts';
import { FormatError } from '../formats/format-error';
import type { Parts } from '../formats/parts';

/** Larger tables are refused unread. */
const mostTable = 200_000_000;
const mostFiles = 10_000;
/** Bytes that are read of a file at once. */
const piece = 1 << 24;

/**
 * What an experiment brings along, from the disk.
 *
 * @param folder of the experiment file, which names are relative to
 * @param mayRead whether a path may be read at all
 */
export function broughtFiles(folder: string, mayRead: (path: string) => boolean = () => true): BroughtFiles {
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
    matching: (pattern) => {
      const { file } = placeOfArray(pattern);
      const path = pathOf(file);
      return within(file, () =>
        matches(path).map(({ path: one, as }) => ({
          ...known(one, 'arrays', () => described(one)),
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
    if (known(file, 'arrays', () => described(file)).digest !== digest)
      throw new FormatError('It has changed since the experiment was read: analyse it again.');
    const found = arrayOf(file, partsOf(file), array);
    if (!found) throw new FormatError(`It has no array '${array}' any longer.`);
    return found;
  });
}

function described(path: string): Pick<BroughtFile, 'digest' | 'shapes'> {
  const parts = partsOf(path);
  return { digest: digestOf(parts), shapes: shapesIn(path, parts) };
}

function digestOf({ read, size }: Parts): string {
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

/** What was read of files as they are, in this thread: an editor asks at every key. */
const all = new Map<string, { readonly stamp: string; readonly value: unknown }>();
const mostKnown = 2000;

function known<T>(path: string, what: string, read: () => T): T {
  const { size, mtimeMs, ino } = statSync(path);
  const [key, stamp] = [`${what} ${path}`, `${size} ${mtimeMs} ${ino}`];
  const before = all.get(key);
  if (before?.stamp === stamp) return before.value as T;
  const value = read();
  if (all.size >= mostKnown) all.clear();
  all.set(key, { stamp, value });
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
