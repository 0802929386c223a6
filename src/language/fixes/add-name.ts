import type { Node } from 'jsonc-parser';
import { writeName } from '../../experiment/formula/tokens';
import { quote } from '../../experiment/names';
import type { Problem } from '../../experiment/problem';
import type { Outline } from '../outline';
import type { ParsedExperiment } from '../parsed-experiment';
import { subjectAt, matches } from '../subject';
import { changed, placeOf, type Fix } from './fix';

const MOST_NETWORKS = 4;

/** A task that a list names: with a formula that is right in this file. */
export function addTask({ text, tree, outline }: ParsedExperiment, problem: Problem): Fix[] {
  const name = stringAt(tree.root, problem);
  if (name === null || !tree.find(['tasks'])) return [];
  return [changed(text, `Add the task ${quote(name)}`, ['tasks', name], firstFormula(outline))];
}

/** A feature that a formula names. */
export function addFeature({ text, tree }: ParsedExperiment, problem: Problem): Fix[] {
  const { start, end } = problem.range;
  const inside = text.slice(start.offset, end.offset);
  const name = /^['"]/.test(inside) ? stringAt(tree.root, problem) : inside;
  // A name in quotation marks inside a formula is left to the writer.
  if (name === null || !/^[\p{L}_][\p{L}\p{M}\p{N}_ ]*$/u.test(name)) return [];
  if (!tree.find(['stimuli', 'features'])) return [];
  const path = ['stimuli', 'features', name];
  return [changed(text, `Add the feature ${quote(name)}`, path, { values: ['no', 'yes'] })];
}

/** A value that a formula compares a feature with. */
export function addValue(parsed: ParsedExperiment, problem: Problem): Fix[] {
  const { text, tree } = parsed;
  const { start, end } = problem.range;
  const value = text.slice(start.offset, end.offset).replace(/^'(.*)'$/s, '$1');
  if (!/^[\p{L}\p{N}_ -]+$/u.test(value)) return [];
  // The feature is the name before the comparison.
  const before = text.slice(0, start.offset).replace(/\s*[!=]=\s*$/, '');
  const subject = before.length < start.offset ? subjectAt(parsed, before.length - 1) : null;
  if (subject?.kind !== 'feature') return [];
  const path = ['stimuli', 'features', subject.name, 'values'];
  const list = tree.find(path);
  if (list?.type !== 'array') return [];
  const title = `Add the value ${quote(value)} to ${quote(subject.name)}`;
  return [changed(text, title, [...path, list.children?.length ?? 0], value, true)];
}

/** A task that nothing trains, to the networks that list their tasks; or one that a network's own training names, to that network. */
export function trainTask({ text, tree, outline }: ParsedExperiment, problem: Problem): Fix[] {
  const place = placeOf(tree.root, problem);
  if (!place) return [];
  const isOwn = place.path[0] === 'networks';
  if (!isOwn && !matches(place.path, ['tasks', '*'])) return [];
  const task = String(isOwn && !place.isKey ? place.value.value : place.path[place.path.length - 1]);
  const networks = isOwn ? [String(place.path[1])] : outline.networks;
  const lists = networks.flatMap((network) => {
    const list = tree.find(['networks', network, 'tasks']);
    return list?.type === 'array' ? [{ network, count: list.children?.length ?? 0 }] : [];
  });
  return lists.slice(0, MOST_NETWORKS).map(({ network, count }) => {
    const title = `Train ${quote(network)} on ${quote(task)}, too`;
    return changed(text, title, ['networks', network, 'tasks', count], task, true);
  });
}

/** A formula that is right in this file. */
export function firstFormula({ features }: Outline): string {
  for (const { name, values, width, isReal } of features.values()) {
    const written = writeName(name);
    if (values.length > 0) return `${written} == ${writeName(values[values.length - 1])}`;
    if (width > 0) return isReal ? `${written}[0] > 0` : `${written}[0]`;
  }
  return 'true';
}

function stringAt(root: Node | undefined, problem: Problem): string | null {
  const node = placeOf(root, problem)?.node;
  return node?.type === 'string' ? String(node.value) : null;
}
