import type { Node } from 'jsonc-parser';
import { quote } from '../../experiment/names';
import type { Problem } from '../../experiment/problem';
import type { ParsedExperiment } from '../parsed-experiment';
import { changed, edited, placeOf, type Fix } from './fix';

/** The key that the problem stands at, with its value. */
export function removeKey({ text, tree }: ParsedExperiment, problem: Problem): Fix[] {
  const place = placeOf(tree.root, problem);
  if (!place) return [];
  const { path, value, isKey } = place;
  // An empty list that may be left out is at its value.
  const isList = value.type === 'array' && value.children?.length === 0;
  if (!isKey && !isList) return [];
  const name = String(path[path.length - 1]);
  return typeof path[path.length - 1] === 'number'
    ? []
    : [changed(text, `Remove ${quote(name)}`, path, undefined)];
}

/** The item of a list that the problem stands at. */
export function removeValue({ text, tree }: ParsedExperiment, problem: Problem): Fix[] {
  const node = placeOf(tree.root, problem)?.node;
  if (node?.parent?.type !== 'array') return [];
  const shown = typeof node.value === 'string' ? quote(node.value) : String(node.value);
  return [without(text, `Remove ${shown}`, node)];
}

/** A key that was there before. */
export function removeRepeated({ text, tree }: ParsedExperiment, problem: Problem): Fix[] {
  const node = placeOf(tree.root, problem)?.node;
  const property = node?.parent;
  if (property?.type !== 'property') return [];
  return [without(text, `Remove this ${quote(String(node?.value))}, keep the first`, property)];
}

/** One of two keys that exclude each other. */
export function removeOneOf({ text, tree }: ParsedExperiment, problem: Problem): Fix[] {
  const place = placeOf(tree.root, problem);
  if (!place) return [];
  const { value, path, isKey } = place;
  const isInside = value.type === 'object' && !(isKey && path[path.length - 1] === 'correlates');
  const object = isInside ? value : place.node.parent?.parent;
  const where = isInside ? path : path.slice(0, -1);
  const keys = ['values', 'bits', 'gaussian', 'epochs', 'steps', 'phases', 'agrees', 'correlates'];
  return keys
    .filter((key) => object && tree.property(object, key))
    .map((key) => changed(text, `Remove ${quote(key)}`, [...where, key], undefined));
}

/** Tasks whose values cannot be crossed: each alone where that is enough, or else all. */
export function removeBalance({ text, tree }: ParsedExperiment, problem: Problem): Fix[] {
  const list = placeOf(tree.root, problem)?.value;
  if (list?.type !== 'array' || !list.parent) return [];
  const items = list.children ?? [];
  const each = items.map((item) => without(text, `Do not balance ${quote(String(item.value))}`, item));
  return items.length > 1 ? each : [without(text, "Remove 'balance'", list.parent)];
}

/** The features that have no input units: one of them with its own. */
export function removeUnits({ text, tree, outline }: ParsedExperiment): Fix[] {
  const latent = [...outline.features.keys()].filter(
    (name) => tree.find(['stimuli', 'features', name, 'units'])?.value === 0,
  );
  return latent.slice(0, 3).map((name) => {
    const title = `Give ${quote(name)} input units`;
    return changed(text, title, ['stimuli', 'features', name, 'units'], 1);
  });
}

/** A property or an item with the comma that parts it from the others. */
function without(text: string, title: string, node: Node): Fix {
  const siblings = node.parent?.children ?? [];
  const at = siblings.indexOf(node);
  const end = node.offset + node.length;
  const before = at > 0 ? siblings[at - 1] : undefined;
  if (before) return edited(title, [{ start: before.offset + before.length, end, text: '' }]);
  const after = siblings.length > 1 ? siblings[at + 1] : undefined;
  if (after) return edited(title, [{ start: node.offset, end: after.offset, text: '' }]);
  const comma = /^\s*,/.exec(text.slice(end))?.[0].length ?? 0;
  return edited(title, [{ start: node.offset, end: end + comma, text: '' }]);
}
