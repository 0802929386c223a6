import type { Node } from 'jsonc-parser';
import type { Problem } from '../../experiment/problem';
import type { ParsedExperiment } from '../parsed-experiment';
import { edited, type Fix } from './fix';

/** An experiment to begin with: it has no problem, and trains in a second or two. */
const beginning = `{
  "title": "My experiment",
  "stimuli": {
    "features": {
      "easy": { "values": ["no", "yes"] },
      "bits": { "bits": 2 },
      "noise": { "bits": 12 }
    },
    "train": 1024,
    "fit": 256,
    "test": 256
  },
  "tasks": { "simple": "easy == yes", "hard": "xor(bits[0], bits[1])" },
  "network": { "hidden": [32, 16] },
  "training": { "learningRate": 0.01, "batchSize": 64, "epochs": 30 },
  "networks": { "both": {}, "untrained": { "training": { "epochs": 0 } } },
  "seeds": 5
}
`;

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
