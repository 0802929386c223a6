import type { StructureDetail, StructureWish } from '../../../src/protocol/structure';
import { type LabelColumn, stimulusKey, stimulusName, valueName } from '../labels';
import type { ShownReplicate } from './one-replicate';

/** What is mapped: stimuli, or conditions, by place. */
export interface Mapped {
  /** What one is called, and several. */
  one: string;
  many: string;
  /** The stimuli of each. */
  items: readonly (readonly number[])[];
  /** Labels that each item has one value of, in the order of items. */
  columns: readonly LabelColumn[];
  colourBy: LabelColumn | undefined;
  symbolBy: LabelColumn | undefined;
  colour: Uint16Array;
  shape: Uint16Array;
  nameOf: (at: number) => string;
  keyOf: (at: number) => string | number;
  valueOf: (column: LabelColumn, at: number) => string | number | null;
}

interface Looks {
  mapItems: StructureWish['items'];
  colour: string;
  symbol: string;
}

export function mappedOf(
  shown: ShownReplicate,
  { items: all }: Pick<StructureDetail, 'items'>,
  looks: Looks,
): Mapped {
  const { conditions } = shown.stimuli;
  const single = looks.mapItems === 'stimuli';
  const items = Array.from(all, (item) => (single ? [item] : membersOf(conditions.of, item)));
  const first = items.map(([stimulus = 0]) => stimulus);
  const columns = (
    single ? shown.columns : shown.columns.filter((column) => isOfConditions(column, conditions.of))
  ).map((column): LabelColumn => ({
    ...column,
    values: Float32Array.from(first, (at) => column.values[at] ?? NaN),
  }));
  const named = (name: string): LabelColumn | undefined => columns.find((column) => column.name === name);
  const [colourBy, symbolBy] = [named(looks.colour), named(looks.symbol)];
  return {
    one: single ? 'stimulus' : 'condition',
    many: single ? 'stimuli' : 'conditions',
    ...{ items, columns, colourBy, symbolBy },
    colour: classesOf(colourBy, items.length),
    shape: classesOf(symbolBy, items.length),
    nameOf: (at) =>
      single
        ? stimulusName(shown.stimuli, first[at] ?? 0)
        : `${conditions.names[all[at] ?? 0] ?? ''} (${items[at]?.length ?? 0} stimuli)`,
    keyOf: (at) =>
      single ? stimulusKey(shown.stimuli, first[at] ?? 0) : (conditions.names[all[at] ?? 0] ?? ''),
    valueOf: (column, at) => (column.classes === null ? (column.values[at] ?? null) : valueName(column, at)),
  };
}

function membersOf(of: Uint16Array, condition: number): number[] {
  return Array.from(of.keys()).filter((stimulus) => of[stimulus] === condition);
}

/** Whether a label is the same for all stimuli of a condition. */
function isOfConditions({ values }: LabelColumn, of: Uint16Array): boolean {
  const known = new Map<number, number>();
  return of.every((condition, stimulus) => {
    const value = values[stimulus] ?? NaN;
    if (!known.has(condition)) known.set(condition, value);
    return known.get(condition) === value;
  });
}

function classesOf(column: LabelColumn | undefined, count: number): Uint16Array {
  return column === undefined || column.classes === null
    ? new Uint16Array(count)
    : Uint16Array.from(column.values);
}
