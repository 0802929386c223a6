import { classLabel, type ClassLabel } from '../analysis/selectivity/class-label';
import { groupsOf } from '../analysis/rdm/grouped';
import { recovery as recoveryOf } from '../analysis/similarity/recovery';
import { rowsOf } from '../analysis/some-rows';
import { quote } from '../experiment/names';
import { foundOrWhy } from '../numerics/numerical-error';
import type { Recovery } from '../protocol/recovery';
import { activationsKey, activationsOf, columnOf, labelledRows, labelsKey } from './arrays';
import { UserError } from './user-error';
import { type ArrayRoom, inputOf, type Verb } from './verb';

export interface RecoveryAsked {
  readonly first: string;
  readonly second: string;
  readonly labels?: string;
  /** All columns whose values are shared, where absent. */
  readonly label?: readonly string[];
  readonly components?: number;
}

/** What of one array of activations is recovered in another. */
export interface RecoveryFound {
  readonly definition: 'recovery';
  /** Rows that have all labels. */
  readonly n: number;
  /** Rows that lack one, and are left out. */
  readonly missing: number;
  /** Of the first and of the second. */
  readonly units: readonly [number, number];
  /** Null where no unit varies. */
  readonly values: Recovery | null;
  readonly why?: string;
}

/** Matrices of so many stimuli in pairs have a place in memory. */
const mostStimuli = 10_000;
const mostClasses = 1000;
const unasked = 10;

/** Which components and labels of one array are recovered in another, and what their similarity is made of. */
export const recovery: Verb<RecoveryAsked, RecoveryFound, ArrayRoom> = {
  name: 'recovery',
  says: 'Say which principal components and labels of an array of activations are recovered in another, row by row of the same stimuli, and what share of linear CKA, Procrustes and CCA each makes.',
  input: inputOf<RecoveryAsked>(
    {
      first: activationsKey,
      second: { type: 'string', description: 'array file with the same rows' },
      labels: labelsKey,
      label: {
        type: 'array',
        items: { type: 'string' },
        description:
          'columns of the labels (default: all whose values are shared); rows where one of them is empty or nan are left out',
      },
      components: {
        type: 'integer',
        minimum: 1,
        maximum: 1000,
        description: `principal components of the first array (default: ${unasked})`,
      },
    },
    'first',
    'second',
  ),
  changes: 'nothing',
  run: async ({ first, second, labels: file, label: wanted, components = unasked }, room) => {
    const a = activationsOf(first, await room.array(first));
    const b = activationsOf(second, await room.array(second));
    if (a.rows !== b.rows)
      throw new UserError(
        `${first} has ${a.rows} rows, ${second} ${b.rows}: row by row they must be of the same stimuli.`,
      );
    if (wanted !== undefined && file === undefined)
      throw new UserError(`${wanted.map(quote).join(', ')}: name the file of the labels, too.`);
    const columns = file === undefined ? new Map<string, readonly string[]>() : await room.columns(file);
    const named = (name: string): readonly string[] => columnOf(file ?? '', columns, name, a.rows);
    const kept = rowsWith(file ?? '', new Map((wanted ?? []).map((name) => [name, named(name)])), a.rows);
    const labels = [...new Set(wanted ?? columns.keys())].flatMap((name): ClassLabel[] => {
      const column = named(name);
      const { names, of } = groupsOf(Array.from(kept, (row) => column[row]));
      const isShared = names.length > 1 && names.length <= mostClasses && names.length < kept.length;
      if (isShared) return [classLabel(name, names, names.length === 2, of)];
      if (wanted === undefined) return [];
      throw new UserError(
        `${quote(name)} of ${file} has ${names.length} values in ${kept.length} rows: a label is shared, with 2 to ${mostClasses} values.`,
      );
    });
    if (kept.length < 4 || kept.length > mostStimuli)
      throw new UserError(`${first} has ${kept.length} rows: 4 to ${mostStimuli} stimuli are compared.`);
    const { found, why } = foundOrWhy(() => recoveryOf(rowsOf(a, kept), rowsOf(b, kept), labels, components));
    return {
      definition: 'recovery',
      ...{ n: kept.length, missing: a.rows - kept.length, units: [a.cols, b.cols] },
      values: found ?? null,
      ...(why === undefined ? {} : { why }),
    };
  },
};

/** The rows that have all of these labels. */
function rowsWith(file: string, columns: ReadonlyMap<string, readonly string[]>, rows: number): Uint32Array {
  const all = Uint32Array.from({ length: rows }, (_, row) => row);
  return [...columns].reduce((kept, [name, column]) => {
    const labelled = new Set(labelledRows(file, name, column));
    return kept.filter((row) => labelled.has(row));
  }, all);
}
