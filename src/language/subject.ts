import { findNodeAtOffset, type Node } from 'jsonc-parser';
import { spanOf, type Path, type Span } from '../experiment/document';
import { type DescribedAnalysis, isDescribed } from './described-analyses';
import { decodeString } from './decoded-string';
import { wordsOf, type Word } from './formula-words';
import type { ParsedExperiment } from './parsed-experiment';
import { type SweepPath, sweepPaths } from './sweep-paths';

/** What a place of an experiment file is about. */
export type Subject =
  | { readonly kind: 'task' | 'feature' | 'network'; readonly name: string; readonly span: Span }
  /** A value of a feature. */
  | { readonly kind: 'value'; readonly feature: string; readonly index: number; readonly span: Span }
  /** A width in `hidden`; `network` is null for the default. */
  | { readonly kind: 'layer'; readonly network: string | null; readonly index: number; readonly span: Span }
  | { readonly kind: 'seeds'; readonly span: Span }
  | { readonly kind: 'recording'; readonly name: string; readonly span: Span }
  | { readonly kind: 'analysis'; readonly name: DescribedAnalysis; readonly span: Span }
  /** `setting`: the path that is pointed at, and what it is. */
  | { readonly kind: 'sweep'; readonly setting?: SweepPath; readonly span: Span }
  | { readonly kind: 'optimizer'; readonly network: string | null; readonly span: Span };

/** What stands at an offset, or null. */
export function subjectAt(parsed: ParsedExperiment, offset: number): Subject | null {
  const { tree } = parsed;
  const node = tree.root && findNodeAtOffset(tree.root, offset, true);
  if (!node || node.type === 'object' || node.type === 'array' || node.type === 'property') return null;
  const path = pathOf(node);
  const property = node.parent?.type === 'property' ? node.parent : undefined;
  const span = spanOf(node);
  if (property && property.children?.[0] === node) return keySubject(parsed, path, span);
  return valueSubject(parsed, node, path, offset);
}

function keySubject(parsed: ParsedExperiment, path: Path, span: Span): Subject | null {
  const name = String(path[path.length - 1]);
  if (matches(path, ['tasks', '*'])) return { kind: 'task', name, span };
  if (matches(path, ['networks', '*'])) return { kind: 'network', name, span };
  if (matches(path, ['recordings', '*'])) return { kind: 'recording', name, span };
  if (matches(path, ['analyses', '*']) && isDescribed(name)) return { kind: 'analysis', name, span };
  if (matches(path, ['stimuli', 'features', '*'])) return { kind: 'feature', name, span };
  if (matches(path, ['stimuli', 'sets', '*', 'draw', '*'])) return { kind: 'feature', name, span };
  if (isByTask(path)) return { kind: 'task', name, span };
  if (isOfConflict(path)) return labelSubject(parsed, name, span);
  if (matches(path, ['seeds'])) return { kind: 'seeds', span };
  if (path[0] === 'sweep') {
    const setting = path.length === 2 ? sweepPaths(parsed.tree).find((one) => one.path === name) : undefined;
    return { kind: 'sweep', ...(setting ? { setting } : {}), span };
  }
  return name === 'optimizer' && isTraining(path)
    ? { kind: 'optimizer', network: networkOf(path), span }
    : null;
}

function valueSubject(parsed: ParsedExperiment, node: Node, path: Path, offset: number): Subject | null {
  const span = spanOf(node);
  const last = path[path.length - 1];
  if (path[0] === 'sweep') return { kind: 'sweep', span };
  if (matches(path, ['seeds'])) return { kind: 'seeds', span };
  if (last === 'optimizer' && isTraining(path)) return { kind: 'optimizer', network: networkOf(path), span };
  if (node.type === 'number' && typeof last === 'number' && path[path.length - 2] === 'hidden') {
    return { kind: 'layer', network: networkOf(path), index: last, span };
  }
  if (node.type !== 'string') return null;
  const name = String(node.value);
  switch (stringRole(path)) {
    case 'network':
      return { kind: 'network', name, span };
    case 'formula': {
      const named = formulaSubject(parsed, node, offset);
      return named ?? (matches(path, ['tasks', '*']) ? { kind: 'task', name: String(last), span } : null);
    }
    case 'task':
      return { kind: 'task', name, span };
    case 'feature':
      return { kind: 'feature', name, span };
    case 'label':
      return labelSubject(parsed, name, span);
    case 'site':
    case null:
      return null;
  }
}

/** A task, or the feature that a label or one of its bits is. */
function labelSubject({ outline }: ParsedExperiment, name: string, span: Span): Subject {
  if (outline.tasks.includes(name)) return { kind: 'task', name, span };
  return { kind: 'feature', name: outline.features.has(name) ? name : name.replace(/\[\d+\]$/, ''), span };
}

/** What the string at a path names. */
export function stringRole(path: Path): 'formula' | 'task' | 'feature' | 'label' | 'network' | 'site' | null {
  const last = path[path.length - 1];
  const before = path[path.length - 2];
  if (matches(path, ['tasks', '*'])) return 'formula';
  if (path[0] === 'stimuli') {
    if (before === 'agrees' && (last === 'with' || last === 'as')) return 'formula';
    if (before === 'correlates' && last === 'with') return 'feature';
    if (matches(path, ['stimuli', 'balance', '*'])) return 'task';
    return matches(path, ['stimuli', 'sets', '*', 'balance', '*']) ? 'task' : null;
  }
  const circuit = path.indexOf('circuit');
  if (path[circuit - 1] === 'network' && typeof last === 'number') return 'formula';
  if (matches(path, ['networks', '*', 'of'])) return 'network';
  if (matches(path, ['networks', '*', 'trainOn']) || matches(path, ['analyses', 'at'])) return 'formula';
  if (matches(path, ['analyses', 'sites', '*'])) return 'site';
  const counterpart = matches(path.slice(0, 3), ['analyses', 'counterparts', '*']) ? path[3] : undefined;
  if (counterpart === 'at') return 'site';
  if (counterpart !== undefined)
    return counterpart === 'one' || counterpart === 'other' ? 'formula' : 'label';
  if (
    ['trainOn', 'ownAnswers'].includes(String(last)) &&
    path[path.length - 3] === 'phases' &&
    isTraining(path)
  )
    return 'formula';
  if (isLabelOfChange(path)) return 'formula';
  if (matches(path, ['networks', '*', 'tasks', '*'])) return 'task';
  if (before === 'tasks' && path[path.length - 4] === 'phases' && isTraining(path)) return 'task';
  if (matches(path, ['analyses', 'probe', 'where'])) return 'label';
  if (isOfConflict(path) || matches(path, ['analyses', 'rsa', 'models', '*', 'differ', '*'])) return 'label';
  if (['coOccurrence', 'geodesic'].some((key) => matches(path, ['analyses', 'rsa', 'models', '*', key])))
    return 'feature';
  return ['selectivity', 'probe'].some((analysis) =>
    ['labels', 'control', 'between'].some((key) => matches(path, ['analyses', analysis, key, '*'])),
  )
    ? 'label'
    : null;
}

/** Whether a path is of the label of a change: a task or a formula. */
export function isLabelOfChange(path: Path): boolean {
  return (
    matches(path, ['networks', '*', 'steer', 'along']) || matches(path, ['networks', '*', 'ablate', 'for'])
  );
}

function formulaSubject(parsed: ParsedExperiment, node: Node, offset: number): Subject | null {
  const { value, offsets } = decodeString(parsed.text, node.offset + 1, node.offset + node.length - 1);
  const { features, tasks } = parsed.outline;
  if (tasks.includes(value) && !features.has(value)) {
    // As in `"agrees": { "with": "label" }`.
    const path = pathOf(node);
    if (!matches(path, ['tasks', '*'])) return { kind: 'task', name: value, span: spanOf(node) };
  }
  const words = wordsOf(value);
  const at = words.findIndex(
    (word) => isNameLike(word) && offsets[word.start] <= offset && offset <= offsets[word.end],
  );
  if (at < 0) return null;
  const word = words[at];
  const span = { start: offsets[word.start], end: offsets[word.end] };
  if (words[at + 1]?.text === '(' && word.kind === 'name') return null;
  const compared = comparedFeature(words, at);
  const index = compared === null ? -1 : (features.get(compared)?.values.indexOf(word.text) ?? -1);
  if (compared !== null && index >= 0) return { kind: 'value', feature: compared, index, span };
  return features.has(word.text) ? { kind: 'feature', name: word.text, span } : null;
}

/** The name on the left of a comparison of which this word is the right side. */
function comparedFeature(words: readonly Word[], at: number): string | null {
  const operator = at >= 2 ? words[at - 1] : undefined;
  if (operator?.kind !== 'symbol' || (operator.text !== '==' && operator.text !== '!=')) return null;
  return isNameLike(words[at - 2]) ? words[at - 2].text : null;
}

function isNameLike(word: Word): boolean {
  return word.kind === 'name' || word.kind === 'quoted';
}

/** Whether a path has these parts; `*` stands for any one. */
export function matches(path: Path, pattern: readonly string[]): boolean {
  return path.length === pattern.length && pattern.every((part, i) => part === '*' || part === path[i]);
}

/** Whether a path is of a key of a training that is the name of a task: a weight, a criterion, or label noise. */
export function isByTask(path: Path): boolean {
  const before = path[path.length - 2];
  return (before === 'weights' || before === 'until' || before === 'labelNoise') && isTraining(path);
}

/** Whether a path is of a label of a conflict: an item of a pair, or the key of a predictivity. */
export function isOfConflict(path: Path): boolean {
  return matches(path, ['analyses', 'probe', 'conflict', '*', '*']);
}

/** Whether the path is inside the `training` of all networks or of one. */
export function isTraining(path: Path): boolean {
  return path[0] === 'training' || (path[0] === 'networks' && path[2] === 'training');
}

function networkOf(path: Path): string | null {
  return path[0] === 'networks' ? String(path[1]) : null;
}

/** Keys and indices from the root to a value; those of its property, for a key. */
export function pathOf(node: Node): Path {
  const parent = node.parent;
  if (!parent) return [];
  if (parent.type === 'property') {
    const key = String(parent.children?.[0]?.value);
    return [...(parent.parent ? pathOf(parent.parent) : []), key];
  }
  return [...pathOf(parent), parent.children?.indexOf(node) ?? 0];
}
