import type { Node } from 'jsonc-parser';
import type { Problem } from '../../experiment/problem';
import type { ParsedExperiment } from '../parsed-experiment';
import { beginning } from '../beginning';
import { edited, type Fix } from './fix';

/** In a file that is still empty. */
export function startFile({ text, tree }: ParsedExperiment): Fix[] {
  if (tree.root || text.trim() !== '') return [];
  return [edited('Start with a small experiment', [{ start: 0, end: text.length, text: beginning }], true)];
}

/** The comma before what the parser did not expect: right behind the value that ends before it. */
export function addComma({ tree }: ParsedExperiment, { range }: Problem): Fix[] {
  if (!tree.root) return [];
  const before = lastEnd(tree.root, range.start.offset);
  return before === null ? [] : [edited('Add the comma', [{ start: before, end: before, text: ',' }])];
}

function lastEnd(node: Node, limit: number): number | null {
  let last: number | null = null;
  const visit = (one: Node): void => {
    const end = one.offset + one.length;
    if (end <= limit && end > (last ?? -1)) last = end;
    if (one.offset < limit) one.children?.forEach(visit);
  };
  visit(node);
  return last;
}
