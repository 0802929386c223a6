import type { Problem } from '../../experiment/problem';
import type { ParsedExperiment } from '../parsed-experiment';
import { edited, placeOf, written, type Fix } from './fix';

/** What was meant, written as the type that is wanted: a number without quotation marks, a list of one. */
export function retype({ text, tree }: ParsedExperiment, problem: Problem): Fix[] {
  const node = placeOf(tree.root, problem)?.value;
  if (!node) return [];
  const inside = text.slice(node.offset, node.offset + node.length);
  const change = (to: string): Fix => written(`Change to ${to}`, node, to);
  if (node.type === 'string') {
    const said = String(node.value).trim();
    const isNumber = said !== '' && Number.isFinite(Number(said));
    const isTruth = said === 'true' || said === 'false';
    return [
      ...(isNumber || isTruth ? [change(isNumber ? String(Number(said)) : said)] : []),
      change(`[${inside}]`),
    ];
  }
  if (node.type === 'array' && node.children?.length === 1) {
    const [only] = node.children;
    return [change(text.slice(only.offset, only.offset + only.length))];
  }
  return node.type === 'number' || node.type === 'boolean'
    ? [change(`[${inside}]`), change(`"${inside}"`)]
    : [];
}

/** The encodings that a feature can have. */
export function encodings({ tree }: ParsedExperiment, problem: Problem): Fix[] {
  const node = placeOf(tree.root, problem)?.value;
  if (node?.type !== 'string') return [];
  return ['onehot', 'copy'].map((name) => written(`Change to '${name}'`, node, JSON.stringify(name)));
}

/** Draws that are written for all sets at once, into each of them. */
export function moveDraw({ text, tree }: ParsedExperiment, problem: Problem): Fix[] {
  const place = placeOf(tree.root, problem);
  if (!place?.isKey || tree.find(['stimuli', 'sets'])) return [];
  const { node, value } = place;
  const draw = text.slice(value.offset, value.offset + value.length);
  const sets = ['train', 'fit', 'test'].map((set) => `"${set}": { "draw": ${draw} }`);
  const start = node.offset;
  const end = value.offset + value.length;
  return [edited("Move into 'sets'", [{ start, end, text: `"sets": { ${sets.join(', ')} }` }])];
}
