import { type CodedColumn, type Columns, PLACES, type ValueColumns } from './values';

/**
 * A column in a file: codes that follow each other in many rows are written once, and `counts` says in how many each. A column that is
 * not shorter so has no `counts`: each code is one row's.
 */
export interface PackedColumn extends CodedColumn {
  counts?: number[];
}

/** The column as a file has it: a copy, which stays as it is when rows are added. */
export function packedColumn({ names, codes }: CodedColumn): PackedColumn {
  const starts: number[] = [];
  for (let row = 0; row < codes.length; row++)
    if (row === 0 || codes[row - 1] !== codes[row]) starts.push(row);
  if (2 * starts.length >= codes.length) return { names: [...names], codes: codes.slice() };
  return {
    names: [...names],
    codes: starts.map((row) => codes[row]),
    counts: starts.map((row, at) => (starts[at + 1] ?? codes.length) - row),
  };
}

/** The table as a file has it: a copy, as of its columns. */
export function packedColumns(columns: ValueColumns): Columns<PackedColumn> {
  const { value, ...coded } = mapColumns(columns, packedColumn);
  return { ...coded, value: value.slice() };
}

/** The table that a file has; null where it is none: columns of unequal length, or codes that no name stands for. */
export function unpackedColumns(columns: unknown): ValueColumns | null {
  if (!isObject(columns)) return null;
  const { value } = columns;
  if (!Array.isArray(value)) return null;
  const isThere = (name: string): boolean =>
    isOf(columns[name], value.length) || (name === 'point' && columns[name] === undefined);
  if (![...PLACES, 'why'].every(isThere)) return null;
  return mapColumns(columns as unknown as Columns<PackedColumn>, ({ names, codes, counts }) => ({
    names,
    codes: counts ? codes.flatMap((code, at) => new Array<number>(counts[at]).fill(code)) : codes,
  }));
}

/** Whether it is a column of so many rows: looked at before anything is allocated for it. */
function isOf(column: unknown, rows: number): boolean {
  if (!isObject(column)) return false;
  const { names, codes, counts } = column;
  if (!Array.isArray(names) || !Array.isArray(codes)) return false;
  if (!codes.every((code) => Number.isInteger(code) && code >= -1 && code < names.length)) return false;
  if (counts === undefined) return codes.length === rows;
  if (!Array.isArray(counts) || counts.length !== codes.length) return false;
  return counts.every((count) => Number.isInteger(count) && count > 0) && sum(counts as number[]) === rows;
}

function mapColumns<A, B>({ value, ...coded }: Columns<A>, make: (column: A) => B): Columns<B> {
  const made = Object.entries(coded).map(([name, column]) => [name, make(column)] as const);
  return { ...(Object.fromEntries(made) as Omit<Columns<B>, 'value'>), value };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
