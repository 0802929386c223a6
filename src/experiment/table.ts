import { BroughtError, NotReadYet } from './brought';
import type { Path } from './document';
import type { ExperimentFile } from './file';
import { quote, quoteAll } from './names';
import type { Problems } from './problems';
import type { Beside, Given, StimuliKind } from './stimuli-kind';
import type { Draft } from './structure';

const AT: Path = ['stimuli', 'table'];
const MOST_VALUES = 4096;
const MOST_COLUMNS = 1024;
const MOST_ROWS = 2 ** 20;
const FEWEST_ROWS = 4;

/** The problem that goes by itself: what a name stands for is being read. */
export const beingRead = 'being-read';

/** Stimuli that are brought along, with what is known of each. */
export const tableKind: StimuliKind = { key: 'table', own: ['id', 'columns'], read: readTable };

/**
 * The table that the stimuli come from. A column of numbers other than 0 and 1 is a feature that is a number; any other is one with values, in
 * the order of their code points. What names nearly every stimulus by itself is no feature.
 *
 * @returns null where the file has none, or it cannot be read
 */
function readTable(file: Draft<ExperimentFile>, { files }: Beside, problems: Problems): Given | null {
  const { table, id, columns: chosen } = file.stimuli ?? {};
  if (table === undefined) return null;
  const columns = found(() => files.columns(table), AT, problems);
  if (!columns) return null;
  const all = [...columns.keys()];
  const name = id ?? all[0];
  for (const [at, column] of (chosen ?? []).entries())
    if (!columns.has(column))
      problems.at(['stimuli', 'columns', at], 'unknown-column', unknownColumn(table, column, all));
  const ids = columns.get(name);
  if (!ids) {
    problems.at(['stimuli', 'id'], 'unknown-column', unknownColumn(table, name, all));
    return null;
  }
  if (!checkIds(ids, table, name, problems)) return null;
  if ((chosen ?? all).length > MOST_COLUMNS) {
    const message = `${quote(table)} has ${all.length} columns, more than ${MOST_COLUMNS}. Name those that are features in 'columns'.`;
    problems.at(AT, 'too-many', message);
    return null;
  }
  const features: [string, { values: string[] } | { gaussian: 1 }][] = [];
  const numbers: number[][] = [];
  for (const [column, texts] of columns) {
    if (column === name || (chosen && !chosen.includes(column))) continue;
    const read = readColumn(table, column, texts, chosen !== undefined, problems);
    if (!read) continue;
    features.push([column, read.feature]);
    numbers.push(read.numbers);
  }
  return { features: new Map(features), table: { id: name, ids, columns: numbers } };
}

export function unknownColumn(file: string, column: string, all: readonly string[]): string {
  return `${quote(file)} has no column ${quote(column)}. It has ${quoteAll(all)}.`;
}

/** What a file holds, or a problem at the place that names it. */
export function found<T>(read: () => T, path: Path, problems: Problems): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BroughtError)) throw error;
    problems.at(path, error instanceof NotReadYet ? beingRead : 'cannot-read', error.message);
    return null;
  }
}

function checkIds(ids: readonly string[], table: string, id: string, problems: Problems): boolean {
  const wrong = (message: string): false => {
    problems.at(AT, 'stimuli-table', message);
    return false;
  };
  if (ids.length < FEWEST_ROWS || ids.length > MOST_ROWS)
    return wrong(`${quote(table)} has ${ids.length} stimuli: there must be ${FEWEST_ROWS} to ${MOST_ROWS}.`);
  const seen = new Map<string, number>();
  for (const [row, name] of ids.entries()) {
    const before = seen.get(name);
    if (before !== undefined)
      return wrong(
        `${quote(table)} has ${quote(name)} in rows ${before + 2} and ${row + 2} of ${quote(id)}: each stimulus is one row.`,
      );
    seen.set(name, row);
  }
  return true;
}

/** What the texts of a column are. */
interface Looked {
  /** The first that says nothing; −1 where there is none. */
  readonly empty: number;
  /** Those that differ, in order. */
  readonly values: readonly string[];
  readonly numbers: number[];
  readonly isNumeric: boolean;
}

/** Columns are the same objects while their file is the same, and an editor reads its experiment at every key. */
const known = new WeakMap<readonly string[], Looked>();

function lookedAt(texts: readonly string[]): Looked {
  const before = known.get(texts);
  if (before) return before;
  const numbers = texts.map(Number);
  const looked = {
    empty: texts.findIndex((text) => text.trim() === ''),
    values: [...new Set(texts)].sort((a, b) => (a < b ? -1 : 1)),
    numbers,
    isNumeric: numbers.every((number) => Number.isFinite(Math.fround(number))),
  };
  known.set(texts, looked);
  return looked;
}

/** A column as a feature with its number for each stimulus; null where it is none. */
function readColumn(
  table: string,
  column: string,
  texts: readonly string[],
  isAsked: boolean,
  problems: Problems,
): { feature: { values: string[] } | { gaussian: 1 }; numbers: number[] } | null {
  const { empty, values, numbers, isNumeric } = lookedAt(texts);
  if (empty >= 0) {
    problems.at(
      AT,
      'stimuli-table',
      `${quote(table)} has nothing in row ${empty + 2} of ${quote(column)}. Fill it in, or name the columns that are features in 'columns'.`,
    );
    return null;
  }
  if (isNumeric && !values.every((value) => value === '0' || value === '1'))
    return { feature: { gaussian: 1 }, numbers };
  const why =
    values.length < 2
      ? 'is the same for all stimuli'
      : values.length > MOST_VALUES || values.length === texts.length
        ? `has ${values.length} different values`
        : null;
  if (why !== null) {
    const message = `Column ${quote(column)} of ${quote(table)} ${why} and is no feature.`;
    if (isAsked) problems.at(['stimuli', 'columns'], 'stimuli-table', `${message} Leave it out.`);
    else problems.warning('column-left-out', message, problems.document.valueSpan(AT));
    return null;
  }
  const place = new Map(values.map((value, at) => [value, at]));
  return { feature: { values: [...values] }, numbers: texts.map((text) => place.get(text) ?? 0) };
}
