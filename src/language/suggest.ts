import { getLocation, type Location } from 'jsonc-parser';
import type { Document, Path, Span } from '../experiment/document';
import { IMAGE_WORDS } from '../experiment/image';
import { FUNCTIONS } from '../experiment/formula/syntax';
import { writeName } from '../experiment/formula/tokens';
import { decodeString } from './decoded-string';
import { wordsOf, type Word } from './formula-words';
import type { FeatureOutline, Outline } from './outline';
import type { ParsedExperiment } from './parsed-experiment';
import { plain } from './plain-text';
import { own } from '../protocol/own';
import { sweepPathsLeft } from './sweep-paths';
import { isByTask, isLabelOfChange, isOfConflict, matches, stringRole } from './subject';

export interface Suggestion {
  readonly label: string;
  readonly kind: 'feature' | 'value' | 'task' | 'bit' | 'function' | 'keyword' | 'network' | 'setting';
  readonly detail: string;
  /** Replaces `span`. With `isSnippet` the pointer lands at `$1`. */
  readonly text: string;
  readonly isSnippet: boolean;
  /** What the typed text is compared with. */
  readonly filter: string;
  readonly span: Span;
}

const MOST_BITS = 64;

/** What can be written at an offset: names in formulas and in lists of tasks, labels and features. Structure is the schema's, but for what a sweep varies. */
export function suggest(
  parsed: Pick<ParsedExperiment, 'text' | 'tree' | 'outline'> & {
    readonly reading: Pick<ParsedExperiment['reading'], 'sites'>;
  },
  offset: number,
): Suggestion[] {
  const { text, tree, outline } = parsed;
  // What is too deep or too long to be read is too deep for the search of a place, which is recursive, too.
  if (!tree.root && text.trim() !== '') return [];
  const location = getLocation(text, offset);
  const path: Path = location.path;
  const string = stringAround(text, location, offset);
  if (location.isAtPropertyKey) return string ? keys(path, string, parsed) : [];
  const role = stringRole(path);
  if (matches(path, ['stimuli', 'features', '*', 'values', '*'])) {
    const span = string ?? { start: offset, end: offset };
    return shownWords(tree, path).map((name) => whole(name, span, string !== null));
  }
  if (role === 'formula')
    return string ? formula(text, path, string.start + 1, offset, string.end, outline) : [];
  if (role === null || path.length === 0) return [];
  if (role === 'network') {
    const others = outline.networks.filter((name) => name !== path[1]);
    return others.map((name) =>
      whole(
        { name, kind: 'network', detail: 'network' },
        string ?? { start: offset, end: offset },
        string !== null,
      ),
    );
  }
  const listed = siblings(tree, path);
  const named: Record<typeof role, () => Named[]> = {
    task: () => taskNames(outline),
    label: () => labelNames(outline),
    site: () =>
      parsed.reading.sites[path[1] === 'sites' ? 'further' : 'recorded'].map((name) => ({
        ...{ name, kind: 'value', detail: 'site' },
      })),
    feature: () => correlates(path, outline),
  };
  const names = named[role]().filter(({ name }) => role === 'feature' || !listed.has(name));
  return names.map((name) => whole(name, string ?? { start: offset, end: offset }, string !== null));
}

interface Named {
  readonly name: string;
  readonly kind: Suggestion['kind'];
  readonly detail: string;
}

/** A name as a whole JSON string. */
function whole({ name, kind, detail }: Named, span: Span, isInString: boolean): Suggestion {
  const text = JSON.stringify(name);
  return { label: plain(name), kind, detail, text, isSnippet: false, filter: isInString ? text : name, span };
}

/** The string that the offset is inside of, with its quotation marks; an unclosed one ends with its line. */
function stringAround(text: string, { previousNode: node }: Location, offset: number): Span | null {
  if (!node || offset <= node.offset || (node.type as string) === 'number') return null;
  if (text[node.offset] !== '"') return null;
  const end = node.offset + node.length;
  const isClosed = node.length > 1 && text[end - 1] === '"' && !isEscaped(text, end - 1);
  return offset < end || (!isClosed && offset === end) ? { start: node.offset, end } : null;
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text[at - 1 - slashes] === '\\') slashes++;
  return slashes % 2 === 1;
}

/** Keys that are names: weights, criteria and label noise of tasks, draws of features, predictivities of labels, and paths of settings that are swept. */
function keys(
  path: Path,
  span: Span,
  { tree, outline }: Pick<ParsedExperiment, 'tree' | 'outline'>,
): Suggestion[] {
  const parent = path.slice(0, -1);
  if (matches(path, ['sweep', '*'])) {
    return sweepPathsLeft(tree, String(path[1])).map(({ path: name, says }) =>
      whole({ name, kind: 'setting', detail: says }, span, true),
    );
  }
  if (isByTask(path)) {
    return taskNames(outline).map((name) => whole(name, span, true));
  }
  if (matches(parent, ['stimuli', 'sets', '*', 'draw'])) {
    return featureNames(outline).map((name) => whole(name, span, true));
  }
  if (isOfConflict(path)) return labelNames(outline).map((name) => whole(name, span, true));
  return [];
}

/** What a feature that is shown in a picture can make of the object. */
function shownWords(tree: Document, path: Path): Named[] {
  const shows: unknown = tree.find([...path.slice(0, 3), 'shows'])?.value;
  const words = typeof shows === 'string' ? own(IMAGE_WORDS, shows) : undefined;
  const listed = siblings(tree, path);
  return (words ?? [])
    .filter((name) => !listed.has(name))
    .map((name) => ({ name, kind: 'value', detail: `${String(shows)} of the object` }));
}

/** Names in the same list that are already there; the one that is being written is not counted. */
function siblings(tree: Document, path: Path): Set<string> {
  const last = path[path.length - 1];
  const found = new Set<string>();
  if (typeof last !== 'number') return found;
  const node = tree.find(path.slice(0, -1));
  if (node?.type !== 'array') return found;
  node.children?.forEach((child, index) => {
    if (index !== last) found.add(String(child.value));
  });
  return found;
}

function taskNames({ tasks }: Outline): Named[] {
  return tasks.map((name) => ({ name, kind: 'task', detail: 'task' }));
}

function featureNames({ features }: Outline): Named[] {
  return [...features.values()].map((feature) => ({
    name: feature.name,
    kind: 'feature',
    detail: detailOf(feature),
  }));
}

function labelNames(outline: Outline): Named[] {
  const bits = [...outline.features.values()].flatMap(({ name, width, isReal }): Named[] =>
    isReal
      ? []
      : Array.from({ length: Math.min(width, MOST_BITS) }, (_, i) => ({
          name: `${name}[${i}]`,
          kind: 'bit',
          detail: 'bit',
        })),
  );
  return [...taskNames(outline), ...featureNames(outline), ...bits];
}

/** Features of the same kind. */
function correlates(path: Path, outline: Outline): Named[] {
  const own = ownFeature(path);
  const of = own === null ? undefined : outline.features.get(own);
  return featureNames(outline).filter(({ name }) => {
    const other = outline.features.get(name);
    if (!other || name === own) return false;
    if (!of) return true;
    return of.isReal ? other.isReal && other.width === of.width : other.values.length === 2;
  });
}

function detailOf({ values, width, isReal }: FeatureOutline): string {
  if (values.length > 0)
    return `feature: ${values.slice(0, 5).map(plain).join(', ')}${values.length > 5 ? ', …' : ''}`;
  return isReal ? `feature: ${width} Gaussian` : `feature: ${width} bits`;
}

/** The feature whose settings a path is inside of. */
function ownFeature(path: Path): string | null {
  if (path[1] === 'features') return String(path[2]);
  return path[1] === 'sets' && path[3] === 'draw' ? String(path[4]) : null;
}

function formula(
  text: string,
  path: Path,
  start: number,
  offset: number,
  end: number,
  outline: Outline,
): Suggestion[] {
  const before = wordsOf(decodeString(text, start, offset).value);
  const open = openWord(decodeString(text, start, offset).value, before);
  const rest = open ? before.slice(0, -1) : before;
  const { offsets } = decodeString(text, start, offset);
  const span = { start: open ? offsets[open.start] : offset, end: wordEnd(text, open, offset, end) };
  const isQuoted = open?.kind === 'quoted';
  const make = (name: Named, written: string, isSnippet = false): Suggestion => {
    const inString = JSON.stringify(written).slice(1, -1);
    return {
      ...name,
      label: plain(name.name),
      text: inString,
      isSnippet,
      // Behind an open quotation mark the typed text begins with that mark.
      filter: isQuoted
        ? `${text.slice(span.start, span.start + (text[span.start] === '\\' ? 2 : 1))}${name.name}`
        : name.name,
      span,
    };
  };
  const named = (name: Named): Suggestion =>
    make(name, isQuoted ? quotedName(name.name) : writeName(name.name));
  const last = rest[rest.length - 1];
  if (last?.text === '[' || (last?.text === ':' && rest.some(({ text: word }) => word === '['))) {
    return indices(rest, outline).map((name) => make(name, name.name));
  }
  if (isOperand(last)) {
    return isQuoted ? [] : operators().map((name) => make(name, name.name));
  }
  const values = comparedValues(rest, outline);
  if (values) return values.map(named);
  const own = path[path.length - 1] === 'as' ? ownFeature(path) : null;
  const features = featureNames(outline).filter(({ name }) => own === null || name === own);
  const isWith = (path[path.length - 1] === 'with' || isLabelOfChange(path)) && rest.length === 0;
  const tasks = isWith ? taskNames(outline).map((name) => make(name, name.name)) : [];
  if (isQuoted) return features.map(named);
  return [
    ...features.map(named),
    ...tasks,
    ...functions().map((name) => make(name, `${name.name}($1)`, true)),
    ...words().map((name) => make(name, name.name)),
  ];
}

/** The word that is being written: it touches the pointer and is a name, or a quotation that is not closed. */
function openWord(before: string, words: readonly Word[]): Word | null {
  const last = words[words.length - 1];
  if (!last || last.end < before.length) return null;
  if (last.kind === 'name' || last.kind === 'number') return last;
  if (last.kind !== 'quoted') return null;
  const isClosed = last.end - last.start > 1 && before[last.end - 1] === before[last.start];
  return isClosed ? null : last;
}

/** Where the word that is being written ends behind the pointer. */
function wordEnd(text: string, open: Word | null, offset: number, stringEnd: number): number {
  const inside = text.slice(offset, Math.max(offset, stringEnd - 1));
  if (open?.kind === 'quoted') {
    // Up to the quotation mark that closes it, if it is closed before anything that no name holds.
    const closing = /^[^'"\\=<>()]*'/u.exec(inside);
    return offset + (closing ? closing[0].length : 0);
  }
  const rest = open ? /^[\p{L}\p{M}\p{N}_]*/u.exec(inside) : null;
  return offset + (rest?.[0].length ?? 0);
}

function quotedName(name: string): string {
  return `'${name.replace(/[\\']/g, '\\$&')}'`;
}

function isOperand(word: Word | undefined): boolean {
  if (!word) return false;
  if (word.kind === 'name') return !['and', 'or', 'not'].includes(word.text);
  return word.kind === 'quoted' || word.kind === 'number' || word.text === ')' || word.text === ']';
}

/** The values of the feature that is compared. */
function comparedValues(words: readonly Word[], outline: Outline): Named[] | null {
  const operator = words[words.length - 1];
  const subject = words[words.length - 2];
  if (!subject || (operator.text !== '==' && operator.text !== '!=')) return null;
  const values = outline.features.get(subject.text)?.values ?? [];
  return values.length === 0
    ? null
    : values.map((name) => ({ name, kind: 'value', detail: `value of ${plain(subject.text)}` }));
}

function indices(words: readonly Word[], outline: Outline): Named[] {
  const open = words.map(({ text }) => text).lastIndexOf('[');
  const feature = outline.features.get(words[open - 1]?.text ?? '');
  const count = Math.min(feature?.width ?? 0, MOST_BITS);
  const isEnd = words[words.length - 1].text === ':';
  return Array.from({ length: count }, (_, i) => ({
    name: String(isEnd ? i + 1 : i),
    kind: 'bit',
    detail: isEnd ? 'end of the slice, not part of it' : 'bit or component',
  }));
}

function functions(): Named[] {
  const details: Record<(typeof FUNCTIONS)[number], string> = {
    xor: 'true when an odd number of its parts is true',
    parity: 'true when an odd number of its parts is true',
    count: 'how many of its parts are true, as in count(h) >= 2',
    all: 'true when all of its parts are true',
    any: 'true when any of its parts is true',
  };
  return FUNCTIONS.map((name) => ({ name, kind: 'function', detail: details[name] }));
}

function words(): Named[] {
  return ['not', 'true', 'false'].map((name) => ({ name, kind: 'keyword', detail: 'formula' }));
}

function operators(): Named[] {
  return ['and', 'or', '==', '!=', '<', '<=', '>', '>='].map((name) => ({
    name,
    kind: 'keyword',
    detail: 'formula',
  }));
}
