import type { Node } from 'jsonc-parser';
import type { Document } from '../experiment/document';
import { resolve, ROOT, type Schema } from '../experiment/schema';

/** A setting that a sweep can vary. */
export interface SweepPath {
  /** As it is written in `sweep`: `training.dropout`. */
  readonly path: string;
  /** The beginning of what the schema says of it. */
  readonly says: string;
}

/** What is varied most often comes first. */
const ORDER = ['training', 'network', 'stimuli', 'tasks', 'networks'];
/** What is brought along stays as it is. */
const BROUGHT = ['table', 'id', 'columns'];
/** Objects inside each other that are looked through, from the top of the file on: the settings of a feature's agreement are five deep. */
const DEPTH = 5;

/** All settings that the file has or could have, by their paths; those of features, tasks and networks by the names that the file gives. */
export function sweepPaths(tree: Document): SweepPath[] {
  return ORDER.flatMap((key) => pathsOf(propertyOf(ROOT, key), tree.find([key]), key, 1));
}

/** Those that the sweep does not have yet; the one that is being written is not counted. */
export function sweepPathsLeft(tree: Document, written: string): SweepPath[] {
  const listed = new Set(namesOf(tree.find(['sweep'])));
  return sweepPaths(tree).filter(({ path }) => path === written || !listed.has(path));
}

function pathsOf(schema: Schema | null, node: Node | undefined, path: string, depth: number): SweepPath[] {
  if (!schema) return [];
  const names = namesOf(node);
  const options = optionsOf(schema, names);
  const named = options.some(({ additionalProperties }) => typeof additionalProperties === 'object');
  const keys = named
    ? names
    : [...new Set(options.flatMap(({ properties }) => Object.keys(properties ?? {})))].filter(
        (key) => !BROUGHT.includes(key),
      );
  // An object whose keys nobody gave yet is varied as a whole, and so is what is no object.
  const own = depth > 1 && !named ? [{ path, says: firstSentence(resolve(schema).description ?? '') }] : [];
  if (keys.length === 0 || depth > DEPTH) return own;
  return keys.flatMap((key) =>
    pathsOf(propertyOf(schema, key, names), valueOf(node, key), `${path}.${key}`, depth + 1),
  );
}

/** The objects that a value can be, of those that have all keys that the file must have written for them. */
function optionsOf(schema: Schema, written: readonly string[]): Schema[] {
  const found = resolve(schema);
  if (!found.anyOf) return found.properties || found.additionalProperties ? [found] : [];
  const all = found.anyOf.flatMap((one) => optionsOf(one, written));
  const fitting = all.filter(({ required = [] }) => required.every((key) => written.includes(key)));
  return fitting.length > 0 ? fitting : all;
}

function propertyOf(schema: Schema, key: string, written: readonly string[] = []): Schema | null {
  for (const { properties, additionalProperties } of optionsOf(schema, written)) {
    const found = properties?.[key] ?? additionalProperties;
    if (typeof found === 'object') return found;
  }
  return null;
}

function namesOf(node: Node | undefined): string[] {
  return node?.type === 'object'
    ? (node.children ?? []).map(({ children }) => String(children?.[0]?.value))
    : [];
}

function valueOf(node: Node | undefined, key: string): Node | undefined {
  return node?.children?.find(({ children }) => children?.[0]?.value === key)?.children?.[1];
}

function firstSentence(text: string): string {
  return /^.*?\.(?=\s|$)/su.exec(text)?.[0] ?? text;
}
