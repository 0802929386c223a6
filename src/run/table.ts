import type { Value } from '../protocol/results';

/** One table of the results, ready to be written as CSV. */
export interface Table {
  readonly name: string;
  readonly header: readonly string[];
  readonly rows: Iterable<readonly (string | Value)[]>;
}

export type Columns = Omit<Table, 'name'>;
