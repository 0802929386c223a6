import type { PreparedCounterparts } from '../analysis/counterparts';
import { type Columns, truths } from '../experiment/evaluate';
import type { Counterparts, CounterpartSide, Stimuli } from '../experiment/experiment';
import { quote } from '../experiment/names';
import { grouped } from '../formats/fixed';
import type { StimulusSets } from '../stimuli/draw-stimuli';
import { labelNamed, type StimulusSet } from '../stimuli/stimulus-set';

/** With fewer nothing can be said of others. */
const FEWEST = 4;
/** Every two items are compared, in a thousand shuffles and a thousand draws of each layer. */
const MOST = 1000;

/** Which stimuli are of which item on each side: an item is there where it has some on both. */
export function preparedCounterparts(
  { name, sides, within, at }: Counterparts,
  { fit, test, coincide }: StimulusSets,
  stimuli: Pick<Stimuli, 'features' | 'documents'>,
): PreparedCounterparts {
  // Where both are the same stimuli each counts once.
  const sets = [fit, test].map((set, which) => ({ set, counts: !coincide || which === 1 }));
  const named = sides.map((side) =>
    sets.flatMap(({ set, counts }) => itemsOn(side, set, stimuli).map((item) => (counts ? item : null))),
  );
  const [one, other] = named.map((items) => new Set(items));
  const both = orderOf(sides[0].of, test).filter((item) => one.has(item) && other.has(item));
  const called = { name, ...(at ? { at } : {}) };
  const none = (why: string): PreparedCounterparts => {
    const of = named.map(({ length }) => new Int32Array(length).fill(-1));
    return { ...called, items: 0, sides: [of[0], of[1]], groups: new Uint32Array(), why };
  };
  const values = within === undefined ? [] : sets.flatMap(({ set }) => valuesOf(within, set));
  const groups = new Map<string, string>();
  const members = new Map<string, number>();
  const own = named.map((items) => valuesByItem(items, values));
  for (const item of both) {
    const of = own.map((byItem) => [...(byItem.get(item) ?? [])]);
    if (of.some(({ length }) => length > 1))
      return none(
        `${quote(item)} has several values of ${quote(within ?? '')} on one side of ${quote(name)}.`,
      );
    const key = JSON.stringify(of);
    groups.set(item, key);
    members.set(key, (members.get(key) ?? 0) + 1);
  }
  const isAlone = (item: string): boolean => members.get(groups.get(item) ?? '') === 1;
  // Of one that is alone nothing is left without the mean of its group.
  const items = both.filter((item) => !isAlone(item));
  if (items.length < FEWEST)
    return none(
      `${items.length === 0 ? `Of ${quote(name)} no` : `Of ${quote(name)} only ${items.length}`} item${items.length > 1 ? 's have' : ' has'} stimuli on both sides${within === undefined ? '' : ` and others with the same ${quote(within)}`}, and ${FEWEST} are needed.`,
    );
  if (items.length > MOST)
    return none(
      `${quote(name)} has ${grouped(items.length)} items on both sides, and at most ${grouped(MOST)} are compared: choose fewer by 'one' and 'other'.`,
    );
  const place = new Map(items.map((item, nth) => [item, nth]));
  const [first, second] = named.map((own) =>
    Int32Array.from(own, (item) => (item === null ? -1 : (place.get(item) ?? -1))),
  );
  const keys = items.map((item) => groups.get(item) ?? '');
  const order = new Map([...new Set(keys)].map((key, nth) => [key, nth]));
  return {
    ...{ ...called, items: items.length, sides: [first, second] },
    groups: Uint32Array.from(keys, (key) => order.get(key) ?? 0),
  };
}

/** What the stimuli of each item have; nothing where there are no values. */
function valuesByItem(
  items: readonly (string | null)[],
  values: readonly string[],
): Map<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const [row, value] of values.entries()) {
    const item = items[row];
    if (item !== null) found.set(item, (found.get(item) ?? new Set()).add(value));
  }
  return found;
}

/** The item of each stimulus of a set on one side; null: it is not of the side. */
function itemsOn(
  { of, where }: CounterpartSide,
  set: StimulusSet,
  { features, documents }: Pick<Stimuli, 'features' | 'documents'>,
): (string | null)[] {
  const values = valuesOf(of, set);
  const isOf = where ? truths(where, columnsAsNamed(set, features), set.inputs.rows) : null;
  // Columns of tokens have a value for what they say nothing of.
  return values.map((value, row) => (isOf?.[row] === 0 || (documents && value === 'none') ? null : value));
}

/** Columns with the values that formulas know: labels of tokens have those alone that occur. */
function columnsAsNamed(set: StimulusSet, features: Stimuli['features']): Columns {
  return new Map(
    features.map(({ name, values, width }) => {
      const label = set.features.find((one) => one.name === name);
      const places = label?.classes.map((value) => values.indexOf(value)) ?? [];
      return [
        name,
        { width, values: label?.values.map((value) => places[value] ?? value) ?? new Float32Array() },
      ];
    }),
  );
}

function valuesOf(name: string, set: StimulusSet): string[] {
  const { classes, values } = labelNamed(set, name);
  return Array.from(values, (value) => classes[value]);
}

function orderOf(name: string, set: StimulusSet): readonly string[] {
  return labelNamed(set, name).classes;
}
