import { type ValueColumns, Values, noColumns } from '../core/values';
import type { Results } from './results';
import { type Shape, isCount, orAbsent, recordOf } from './shape';

/** What a page has of the values. */
export interface KnownValues {
  /** Of what stands around the table; absent where it has nothing of it. */
  version?: number;
  /** Which table it has rows of (0: none), and how many. */
  table: number;
  rows: number;
}

/** What a page has not: the next rows of the table, and with the last of them what stands around it. */
export interface ValuesPart {
  version: number;
  /** Of the table; of another than the page has rows of, these rows are the first. */
  table: number;
  rows: ValueColumns;
  /** There are more rows: they are to be asked for. */
  more: boolean;
  /** What stands around the table. Absent where the page has it, or more rows come before; null before the first replicate is finished. */
  around?: Omit<Results, 'values'> | null;
}

export const isKnownValues: Shape<KnownValues> = recordOf<KnownValues>({
  version: orAbsent(isCount),
  table: isCount,
  rows: isCount,
});

/** Rows that go at once: their text is made in about 10 ms, on the thread of all extensions. */
const rowsAtOnce = 10_000;

/**
 * Hands out the values that are shown in parts: of a table that grows only the rows that are new, and of one that is large a part at a time, so that
 * what else the thread has to do comes between.
 */
export class ValuesParts {
  #shown: Results | null | undefined;
  #version = 0;
  #columns: ValueColumns = noColumns();
  #table = 0;

  /** @param shown what is to be seen now. @param known what the page has */
  after(shown: Results | null, known: KnownValues): ValuesPart {
    if (shown !== this.#shown) this.#version++;
    this.#shown = shown;
    const columns = shown?.values ?? this.#columns;
    if (columns !== this.#columns) this.#table++;
    this.#columns = columns;
    const [version, table] = [this.#version, this.#table];
    const from = known.table === table ? known.rows : 0;
    const values = Values.of(columns);
    const to = Math.min(from + rowsAtOnce, values.count);
    const part = { version, table, rows: values.part(from, to), more: to < values.count };
    return part.more || known.version === version ? part : { ...part, around: shown && without(shown) };
  }
}

function without(results: Results): Omit<Results, 'values'> {
  const around: Partial<Results> & Omit<Results, 'values'> = { ...results };
  delete around.values;
  return around;
}
