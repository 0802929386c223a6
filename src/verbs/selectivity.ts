import { classLabel } from '../analysis/selectivity/class-label';
import { labelPermutations } from '../analysis/selectivity/label-permutations';
import { selectivity as ofUnits } from '../analysis/selectivity/selectivity';
import { groupsOf } from '../analysis/rdm/grouped';
import { rowsOf } from '../analysis/some-rows';
import { quote } from '../experiment/names';
import type { SelectivityResults } from '../protocol/results';
import { activationsKey, activationsOf, columnOf, labelKey, labelledRows, labelsKey } from './arrays';
import { UserError } from './user-error';
import { type ArrayRoom, inputOf, type Verb } from './verb';

export interface SelectivityAsked {
  readonly activations: string;
  readonly labels: string;
  readonly label: string;
  readonly permutations?: number;
}

/** Statistics of every unit for one label. */
export interface SelectivityFound {
  readonly definition: 'selectivity';
  /** Rows that have the label. */
  readonly n: number;
  /** Rows that have none, and are left out. */
  readonly missing: number;
  readonly units: number;
  readonly label: string;
  /** Its values; of two the second is compared with the first, of more each with the rest. */
  readonly classes: readonly string[];
  /** Rows of each. */
  readonly counts: readonly number[];
  readonly values: SelectivityResults;
  /** Why some of them are null, by their path. */
  readonly undefinedValues: Readonly<Record<string, string>>;
}

/** Statistics of each of more values would fill the memory. */
const mostClasses = 1000;
const permutationsUnasked = 1000;

/** How strongly each unit of an array prefers the values of a label. */
export const selectivity: Verb<SelectivityAsked, SelectivityFound, ArrayRoom> = {
  name: 'selectivity',
  says: 'Say how strongly each unit of an array of activations prefers the values of a label: d′, AUROC, correlation and class selectivity, with permutation p.',
  input: inputOf<SelectivityAsked>(
    {
      activations: activationsKey,
      labels: labelsKey,
      label: labelKey,
      permutations: {
        type: 'integer',
        minimum: 0,
        maximum: 1_000_000,
        description: `permutations of the label for p (default: ${permutationsUnasked})`,
      },
    },
    'activations',
    'labels',
    'label',
  ),
  changes: 'nothing',
  run: async ({ activations, labels, label, permutations = permutationsUnasked }, room) => {
    const array = await room.array(activations);
    const { rows, cols, data } = activationsOf(activations, array);
    const column = columnOf(labels, await room.columns(labels), label, rows);
    const kept = labelledRows(labels, label, column);
    const { names: classes, of } = groupsOf(Array.from(kept, (row) => column[row]));
    const what = `${quote(label)} of ${labels}`;
    if (classes.length < 2)
      throw new UserError(`${what} has one value, ${quote(classes[0])}, in all rows: there must be two.`);
    if (classes.length > mostClasses || classes.length === kept.length)
      throw new UserError(
        `${what} has ${classes.length} values in ${kept.length} rows: selectivity is of labels whose values are shared, ${mostClasses} at most.`,
      );
    const made = classLabel(label, classes, classes.length === 2, of);
    // Numbers that were single keep that precision: it decides from where on a spread is that of rounding.
    const single = { rows, cols, data: array.data instanceof Float32Array ? array.data : data };
    const found = ofUnits(rowsOf(single, kept), [made], labelPermutations(permutations, kept.length));
    return {
      definition: 'selectivity',
      ...{ n: kept.length, missing: rows - kept.length, units: cols },
      ...{ label, classes, counts: made.counts },
      values: found.selectivity[label],
      undefinedValues: found.undefinedValues,
    };
  },
};
