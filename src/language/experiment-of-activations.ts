import type { BroughtFile } from '../experiment/brought';

/** A file of activations that an experiment is to be written for; its path is relative to that, with slashes. */
export interface ActivationsFile extends Pick<BroughtFile, 'shapes'> {
  readonly path: string;
}

/** A table that may be of their stimuli. */
export interface NearTable {
  readonly path: string;
  readonly columns: ReadonlyMap<string, readonly string[]>;
}

/** What is to be written: the experiment, and the table of its stimuli where there was none. */
export interface Written {
  readonly experiment: string;
  readonly table: { readonly name: string; readonly text: string } | null;
}

/** Where activations cannot be of one experiment: one sentence. */
export class ActivationsError extends Error {
  override readonly name = 'ActivationsError';
}

/** What the one array of each file is called, where they have no name in common: places of one name are compared. */
const SITE = 'activations';

/**
 * An experiment of activations: each file is a recording, and files whose names differ in one number alone, with the same sites, are the replicates of one. Where
 * each of several has one array, these are places of one name, so that they are compared. The stimuli are those of the first table with as many rows, all different names in its first column; else a table is written that names them by their numbers.
 *
 * @param freeName of a table that is written
 * @throws ActivationsError where there are no activations, or not of the same stimuli
 */
export function experimentOfActivations(
  files: readonly ActivationsFile[],
  tables: readonly NearTable[],
  freeName: string,
): Written {
  const { table, spec, says } = stimuliFor(rowsOf(files), tables, freeName, 'activations');
  const groups = grouped(files);
  const isOne = haveOneEach(files) && groups.size > 1;
  const recordings = [...groups].map(([pattern, name]) => {
    const path = JSON.stringify(pattern);
    return `    ${JSON.stringify(name)}: { "files": ${isOne ? `{ "${SITE}": ${path} }` : path} }`;
  });
  return {
    table,
    experiment: [
      `// ${says}`,
      '{',
      `  "stimuli": ${spec},`,
      '  "recordings": {',
      recordings.join(',\n'),
      '  }',
      '}',
      '',
    ].join('\n'),
  };
}

/**
 * The stimuli of so many rows: those of the first table with as many, all different names in its first column; else a table is written that names them by
 * their numbers.
 *
 * @param what has the rows, in words
 */
export function stimuliFor(
  rows: number,
  tables: readonly NearTable[],
  freeName: string,
  what: string,
): Pick<Written, 'table'> & { readonly spec: string; readonly hasColumns: boolean; readonly says: string } {
  const found = tables.find(({ columns }) => {
    const [ids] = columns.values();
    return ids?.length === rows && new Set(ids).size === rows && !areMeasured(ids);
  });
  const made = {
    name: freeName,
    text: `stimulus\n${Array.from({ length: rows }, (_, row) => `${row + 1}\n`).join('')}`,
  };
  const [id] = found?.columns.keys() ?? ['stimulus'];
  return {
    table: found ? null : made,
    spec: `{ "table": ${JSON.stringify(found?.path ?? made.name)}, "id": ${JSON.stringify(id)} }`,
    hasColumns: (found?.columns.size ?? 0) > 1,
    says: found
      ? `The columns of ${found.path} are the features of the stimuli; its rows are in the order of the ${what === 'activations' ? "activations'" : "RDMs'"} rows.`
      : `Add columns to ${made.name} for what is known of the stimuli (one row for each row of the ${what}): they become features.`,
  };
}

/** Numbers with fractions name no stimuli: activations may be in a table, too. */
function areMeasured(ids: readonly string[]): boolean {
  const numbers = ids.map((id) => (id.trim() === '' ? NaN : Number(id)));
  return numbers.every(Number.isFinite) && !numbers.every(Number.isInteger);
}

/** Whether each has one array, and they are not called alike. */
function haveOneEach(files: readonly ActivationsFile[]): boolean {
  const names = files.map(({ path, shapes }) => {
    const [name = '', ...others] = shapes.keys();
    return others.length > 0 ? null : name === '' ? path : name;
  });
  return !names.includes(null) && new Set(names).size > 1;
}

/** Rows of all their arrays. */
function rowsOf(files: readonly ActivationsFile[]): number {
  let first: { readonly path: string; readonly rows: number } | undefined;
  for (const { path, shapes } of files) {
    const arrays = [...shapes.values()].filter((shape) => shape.length >= 2 && !shape.includes(0));
    if (arrays.length === 0)
      throw new ActivationsError(`${path} holds no array of stimuli × units: choose another file.`);
    for (const [rows] of arrays) {
      first ??= { path, rows };
      if (rows !== first.rows)
        throw new ActivationsError(
          `${path} has ${rows} rows and ${first.path} ${first.rows}: choose files of the same stimuli, or write 'ids' by hand.`,
        );
    }
  }
  if (!first) throw new ActivationsError('There is no file of activations: choose one at least.');
  return first.rows;
}

/** Names of recordings by their files, or by the pattern of several. */
export function grouped(files: readonly ActivationsFile[]): Map<string, string> {
  const groups = new Map<string, ActivationsFile[]>();
  for (const file of files) {
    const key = JSON.stringify([patternOf(file.path), [...file.shapes]]);
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  const taken = new Set<string>();
  const named = new Map<string, string>();
  for (const group of groups.values()) {
    const [{ path }] = group;
    const pattern = group.length > 1 ? patternOf(path) : path;
    const plain = baseOf(pattern.replace('{seed}', '')) || 'recording';
    let name = plain;
    for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${plain} ${number}`;
    taken.add(name.toLowerCase());
    named.set(pattern, name);
  }
  return named;
}

/** A path with the last number in the file's name (its ending left out) open; itself where there is none. */
function patternOf(path: string): string {
  return path.replace(/\d+(?=[^\d/]*\.[^./]*$)/, '{seed}');
}

/** A file's name without its ending, and without what joined a number to it. */
function baseOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
  return name.replace(/^[-_. ]+|[-_. ]+$/g, '');
}
