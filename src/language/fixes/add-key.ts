import { writeName } from '../../experiment/formula/tokens';
import { quote } from '../../experiment/names';
import type { Problem } from '../../experiment/problem';
import { own } from '../../protocol/own';
import type { ParsedExperiment } from '../parsed-experiment';
import { addTask, firstFormula } from './add-name';
import { changed, placeOf, type Fix } from './fix';

/** Keys that can be missing somewhere, with a value that is sensible where nothing more is known. */
function values({ outline }: ParsedExperiment): Record<string, unknown> {
  return {
    stimuli: { features: { feature: { values: ['no', 'yes'] }, noise: { bits: 16 } } },
    features: { feature: { values: ['no', 'yes'] }, noise: { bits: 16 } },
    tasks: { task: firstFormula(outline) === 'true' ? 'feature == yes' : firstFormula(outline) },
    networks: { network: {} },
    values: ['no', 'yes'],
    bits: 4,
    gaussian: 1,
    units: 16,
    type: 'cosine',
    with: firstFormula(outline),
    probability: 0.9,
    r: 0.5,
    epochs: 10,
    steps: 1000,
    accuracy: 0.99,
    loss: 0.01,
  };
}

/** A key that is missing: each that mends the problem is offered. */
export function addKey(parsed: ParsedExperiment, problem: Problem): Fix[] {
  const { text, tree } = parsed;
  const place = placeOf(tree.root, problem);
  if (!place) return [];
  const { value, path } = place;
  const object = value.type === 'object' ? value : value.parent?.parent;
  const where = value.type === 'object' ? path : path.slice(0, -1);
  if (object?.type !== 'object') return [];
  const fixes = Object.entries(values(parsed))
    .filter(([key]) => !tree.property(object, key))
    .map(([key, sensible]) => changed(text, `Add ${quote(key)}`, [...where, key], sensible));
  return [...agreement(parsed, where), ...fixes, ...wholeDesign(parsed, problem)];
}

/** What of a feature with many values agrees. */
function agreement({ text, tree, outline }: ParsedExperiment, path: readonly (string | number)[]): Fix[] {
  const agrees = path.lastIndexOf('agrees');
  const feature = outline.features.get(String(path[agrees - 1]));
  if (agrees < 0 || !feature || feature.values.length === 0 || !tree.find(path)) return [];
  const formula = `${writeName(feature.name)} == ${writeName(feature.values[0])}`;
  return [changed(text, `Add 'as'`, [...path, 'as'], formula)];
}

/** A design without the sizes of some sets: all sets show the whole of it. */
function wholeDesign({ text, tree }: ParsedExperiment, problem: Problem): Fix[] {
  const named = ['train', 'fit', 'test'].filter((set) => tree.find(['stimuli', set]));
  if (named.length !== 1 || placeOf(tree.root, problem)?.path[1] !== 'enumerate') return [];
  return [
    changed(
      text,
      `Remove ${quote(named[0])}: every set shows the whole design`,
      ['stimuli', named[0]],
      undefined,
    ),
  ];
}

/** An object or a list that holds too little. */
export function fillEmpty(parsed: ParsedExperiment, problem: Problem): Fix[] {
  const { text, tree } = parsed;
  const place = placeOf(tree.root, problem);
  if (!place) return [];
  const { path, value } = place;
  const sensible = own(values(parsed), String(path[path.length - 1]));
  if (value.type === 'object' && typeof sensible === 'object' && sensible !== null) {
    return Object.entries(sensible).map(([name, content]) =>
      changed(text, `Add ${quote(name)}`, [...path, name], content),
    );
  }
  const children = value.children ?? [];
  if (value.type === 'array' && path[path.length - 1] === 'values' && children.length < 2) {
    const [first] = children;
    const other = first?.value === 'yes' ? 'no' : 'yes';
    return first
      ? [changed(text, `Add the value ${quote(other)}`, [...path, 1], other, true)]
      : [changed(text, "Add the values 'no' and 'yes'", path, ['no', 'yes'])];
  }
  return value.type === 'array' ? addTask(parsed, problem) : [];
}
