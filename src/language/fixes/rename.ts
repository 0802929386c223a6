import type { Node } from 'jsonc-parser';
import { quote } from '../../experiment/names';
import type { Problem } from '../../experiment/problem';
import type { ParsedExperiment } from '../parsed-experiment';
import { isLabelOfChange, isTraining, matches, pathOf, stringRole } from '../subject';
import { edited, placeOf, type Fix } from './fix';

const MAX_LENGTH = 100;

/** Another name for a task or a network, there and wherever it is named. */
export function rename({ tree, outline }: ParsedExperiment, problem: Problem): Fix[] {
  const place = placeOf(tree.root, problem);
  if (!place?.isKey || !tree.root) return [];
  const isTask = matches(place.path, ['tasks', '*']);
  if (!isTask && !matches(place.path, ['networks', '*'])) return [];
  const name = String(place.path[1]);
  const other = freeName(name, isTask ? 'task' : 'network', [
    ...outline.tasks,
    ...outline.networks,
    ...outline.features.keys(),
  ]);
  const nodes = [place.node, ...mentions(tree.root, name, isTask ? 'task' : 'network')];
  const edits = nodes.map(({ offset, length }) => ({
    start: offset,
    end: offset + length,
    text: JSON.stringify(other),
  }));
  return [edited(`Rename to ${quote(other)}`, edits)];
}

/** A name like this one that nothing has. */
function freeName(name: string, kind: string, taken: readonly string[]): string {
  const folded = new Set(taken.map((one) => one.toLowerCase()));
  const good = name
    .replace(/\p{Surrogate}/gu, '')
    .trim()
    .slice(0, MAX_LENGTH - 5);
  const base = good === '' || good === '__proto__' ? kind : good.replace(/\[(\d+)\]$/, ' $1');
  if (base !== name && !folded.has(base.toLowerCase())) return base;
  for (let number = 2; ; number++) {
    const tried = `${base} ${number}`;
    if (!folded.has(tried.toLowerCase())) return tried;
  }
}

/** Lists, weights and labels that name a task; changes that name the network that they are of. */
function mentions(root: Node, name: string, what: 'task' | 'network'): Node[] {
  const found: Node[] = [];
  const visit = (node: Node): void => {
    if (node.type === 'string' && node.value === name) {
      const path = pathOf(node);
      const isKey = node.parent?.type === 'property' && node.parent.children?.[0] === node;
      const isWeight = isKey && path[path.length - 2] === 'weights' && isTraining(path);
      const isNamed = stringRole(path) === what || (what === 'task' && isLabelOfChange(path));
      if (isKey ? isWeight && what === 'task' : isNamed) found.push(node);
    }
    node.children?.forEach(visit);
  };
  visit(root);
  return found;
}
