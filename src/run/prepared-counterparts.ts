import type { PreparedCounterparts } from '../analysis/counterparts';
import type { Label } from '../core/label';
import { type Columns, truths } from '../experiment/evaluate';
import type { Counterparts, CounterpartSide, Stimuli } from '../experiment/experiment';
import { quote } from '../experiment/names';
import type { StimulusSets } from '../stimuli/draw-stimuli';
import type { StimulusSet } from '../stimuli/stimulus-set';

/** With fewer nothing can be said of others. */
const FEWEST = 4;

/** Which stimuli are of which item on each side: an item is there where it has some on both. */
export function preparedCounterparts(
  { name, sides, within }: Counterparts,
  { fit, test, coincide }: StimulusSets,
  stimuli: Pick<Stimuli, 'features' | 'documents'>,
): PreparedCounterparts {
  // Where both are the same stimuli each counts once.
  const sets = [fit, test].map((set, at) => ({ set, counts: !coincide || at === 1 }));
  const named = sides.map((side) =>
    sets.flatMap(({ set, counts }) => itemsOn(side, set, stimuli).map((item) => (counts ? item : null))),
  );
  const [one, other] = named.map((items) => new Set(items));
  const both = orderOf(sides[0].of, test).filter((item) => one.has(item) && other.has(item));
  const none = (why: string): PreparedCounterparts => {
    const of = named.map(({ length }) => new Int32Array(length).fill(-1));
    return { name, items: 0, sides: [of[0], of[1]], groups: new Uint32Array(), why };
  };
  const values = within === undefined ? [] : sets.flatMap(({ set }) => valuesOf(within, set));
  const groups = new Map<string, string>();
  for (const item of both) {
    const own = named.map((items) => [...new Set(values.filter((_, row) => items[row] === item))]);
    if (own.some(({ length }) => length > 1))
      return none(
        `${quote(item)} has several values of ${quote(within ?? '')} on one side of ${quote(name)}.`,
      );
    groups.set(item, JSON.stringify(own));
  }
  const keyed = both.map((item) => groups.get(item));
  const isAlone = (item: string): boolean => keyed.filter((key) => key === groups.get(item)).length === 1;
  // Of one that is alone nothing is left without the mean of its group.
  const items = both.filter((item) => !isAlone(item));
  if (items.length < FEWEST)
    return none(
      `${items.length === 0 ? `Of ${quote(name)} no` : `Of ${quote(name)} only ${items.length}`} item${items.length > 1 ? 's have' : ' has'} stimuli on both sides${within === undefined ? '' : ` and others with the same ${quote(within)}`}, and ${FEWEST} are needed.`,
    );
  const place = new Map(items.map((item, at) => [item, at]));
  const [first, second] = named.map((own) =>
    Int32Array.from(own, (item) => (item === null ? -1 : (place.get(item) ?? -1))),
  );
  const keys = items.map((item) => groups.get(item) ?? '');
  const order = [...new Set(keys)];
  return {
    ...{ name, items: items.length, sides: [first, second] },
    groups: Uint32Array.from(keys, (key) => order.indexOf(key)),
  };
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
  const { classes, values } = labelOf(name, set);
  return Array.from(values, (value) => classes[value]);
}

function orderOf(name: string, set: StimulusSet): readonly string[] {
  return labelOf(name, set).classes;
}

function labelOf(name: string, { tasks, features }: StimulusSet): Label {
  const label = [...tasks, ...features].find((one) => one.name === name);
  if (!label) throw new Error(`There is no label ${name}.`);
  return label;
}
