import { findNodeAtOffset, modify, type Edit, type JSONPath, type Node } from 'jsonc-parser';
import type { Path } from '../../experiment/document';
import { writeName } from '../../experiment/formula/tokens';
import { quote } from '../../experiment/names';
import type { Problem } from '../../experiment/problem';
import { readExperiment } from '../../experiment/read';
import type { Outline } from './outline';
import type { ParsedExperiment } from './parsed-experiment';
import { plain } from './plain-text';
import { matches, pathOf } from './subject';

/** A change of the text that mends a problem. */
export interface Fix {
  readonly title: string;
  /** Replacements; they do not overlap. */
  readonly edits: readonly { readonly start: number; readonly end: number; readonly text: string }[];
  /** The best of several. */
  readonly isPreferred: boolean;
}

const MOST_NETWORKS = 4;
const LEAST = 2;
const MOST_TRIES = 24;

/** What can be offered to mend one problem. */
export function fixesOf(parsed: ParsedExperiment, problem: Problem): Fix[] {
  const { fix } = problem;
  const nearest: Fix[] = fix
    ? [
        {
          title: plain(fix.title),
          edits: [{ start: fix.range.start.offset, end: fix.range.end.offset, text: fix.text }],
          isPreferred: true,
        },
      ]
    : [];
  return [...nearest, ...furtherFixes(parsed, problem)];
}

function furtherFixes(parsed: ParsedExperiment, problem: Problem): Fix[] {
  switch (problem.code) {
    case 'unknown-task':
      return addTask(parsed, problem);
    case 'unknown-feature':
      return addFeature(parsed, problem);
    case 'task-not-trained':
      return trainTask(parsed, problem);
    case 'too-large':
    case 'too-few-rows':
    case 'out-of-range':
      return reduce(parsed, problem);
    case 'no-effect':
    case 'not-computed':
      return removeKey(parsed, problem);
    default:
      return [];
  }
}

function addTask({ text, tree, outline }: ParsedExperiment, problem: Problem): Fix[] {
  const name = stringAt(tree.root, problem);
  if (name === null || !tree.find(['tasks'])) return [];
  const formula = firstFormula(outline);
  return [changed(text, `Add the task ${quote(name)}`, ['tasks', name], formula)];
}

function addFeature({ text, tree }: ParsedExperiment, problem: Problem): Fix[] {
  const { start, end } = problem.range;
  const written = text.slice(start.offset, end.offset);
  const name = /^['"]/.test(written) ? stringAt(tree.root, problem) : written;
  // A name in quotation marks inside a formula is left to the writer.
  if (name === null || !/^[\p{L}_][\p{L}\p{M}\p{N}_ ]*$/u.test(name)) return [];
  if (!tree.find(['stimuli', 'features'])) return [];
  const path = ['stimuli', 'features', name];
  return [changed(text, `Add the feature ${quote(name)}`, path, { values: ['no', 'yes'] })];
}

/** A task that nothing trains: to the networks that list their tasks. */
function trainTask({ text, tree, outline }: ParsedExperiment, problem: Problem): Fix[] {
  const place = placeOf(tree.root, problem.range.start.offset);
  if (!place || !matches(place.path, ['tasks', '*'])) return [];
  const task = String(place.path[1]);
  const lists = outline.networks.flatMap((network) => {
    const list = tree.find(['networks', network, 'tasks']);
    return list?.type === 'array' ? [{ network, count: list.children?.length ?? 0 }] : [];
  });
  return lists.slice(0, MOST_NETWORKS).map(({ network, count }) => {
    const title = `Train ${quote(network)} on ${quote(task)}, too`;
    return changed(text, title, ['networks', network, 'tasks', count], task, true);
  });
}

/** Halves the number that is too large (those of a list, down to a common limit) until the problem is gone; offered only where that helps. */
function reduce({ text, tree }: ParsedExperiment, problem: Problem): Fix[] {
  const place = placeOf(tree.root, problem.range.start.offset);
  if (!place) return [];
  const numbers = numbersIn(place.value);
  const before = Math.max(...numbers.map((node) => Number(node.value)));
  if (!Number.isFinite(before) || before <= LEAST) return [];
  // Powers of two, the first of them below the number.
  let most = 2 ** (Math.ceil(Math.log2(before)) - 1);
  for (let tries = 0; most >= LEAST && tries < MOST_TRIES; most /= 2, tries++) {
    const edits = numbers
      .filter((node) => Number(node.value) > most)
      .map((node) => ({ start: node.offset, end: node.offset + node.length, text: String(most) }));
    if (isMended(applied(text, edits), problem)) {
      const title = numbers.length > 1 ? `Reduce to at most ${most}` : `Reduce ${before} to ${most}`;
      return [{ title, edits, isPreferred: true }];
    }
  }
  return [];
}

/** The text after replacements that are in order and do not overlap. */
function applied(text: string, edits: Fix['edits']): string {
  return edits.reduceRight((one, edit) => one.slice(0, edit.start) + edit.text + one.slice(edit.end), text);
}

/** Whether no problem of the kind is left at the place, and none came up there. */
function isMended(text: string, problem: Problem): boolean {
  const start = problem.range.start.offset;
  return !readExperiment(text).problems.some(
    (other) =>
      other.code === problem.code &&
      (other.range.start.offset === start || other.message.slice(0, 20) === problem.message.slice(0, 20)),
  );
}

function removeKey({ text, tree }: ParsedExperiment, problem: Problem): Fix[] {
  const place = placeOf(tree.root, problem.range.start.offset);
  if (!place?.isKey) return [];
  const name = String(place.path[place.path.length - 1]);
  return [changed(text, `Remove ${quote(name)}`, place.path, undefined)];
}

function changed(text: string, title: string, path: Path, value: unknown, isInsertion = false): Fix {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const edits: Edit[] = modify(text, [...path] as JSONPath, value, {
    isArrayInsertion: isInsertion,
    formattingOptions: { insertSpaces: !/^\t/m.test(text), tabSize: 2, eol },
  });
  return {
    title: plain(title),
    edits: edits.map(({ offset, length, content }) => ({
      start: offset,
      end: offset + length,
      text: content,
    })),
    isPreferred: false,
  };
}

/** A formula that is right in this file. */
function firstFormula({ features }: Outline): string {
  for (const { name, values, width, isReal } of features.values()) {
    const written = writeName(name);
    if (values.length > 0) return `${written} == ${writeName(values[values.length - 1])}`;
    if (width > 0) return isReal ? `${written}[0] > 0` : `${written}[0]`;
  }
  return 'true';
}

interface Place {
  readonly path: Path;
  readonly isKey: boolean;
  /** The value, where the place is its key. */
  readonly value: Node;
}

function placeOf(root: Node | undefined, offset: number): Place | null {
  const node = root && findNodeAtOffset(root, offset);
  if (!node) return null;
  const path = pathOf(node);
  const property = node.parent?.type === 'property' ? node.parent : undefined;
  const isKey = property?.children?.[0] === node;
  return { path, isKey, value: (isKey && property?.children?.[1]) || node };
}

function stringAt(root: Node | undefined, { range }: Problem): string | null {
  const node = root && findNodeAtOffset(root, range.start.offset);
  return node?.type === 'string' ? String(node.value) : null;
}

function numbersIn(node: Node): Node[] {
  if (node.type === 'number') return [node];
  return node.type === 'array' ? (node.children ?? []).filter((child) => child.type === 'number') : [];
}
