import { createScanner, getNodeValue, parseTree, type Node, type ParseError } from 'jsonc-parser';
import type { Position, Range } from './problem';

/** Where something is in the file: keys and indices from the root. */
export type Path = readonly (string | number)[];

/** A stretch of text: offsets [start, end). */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const MAX_LENGTH = 1_000_000;
const MAX_DEPTH = 64;

interface SyntaxProblem {
  readonly span: Span;
  readonly message: string;
  /** The tree around it is whole all the same. */
  readonly harmless: boolean;
  /** Any JSON parser finds it; otherwise it is a limit of ours. */
  readonly structural: boolean;
}

/** A file's text as a tree of JSON values that know their places. */
export class Document {
  readonly root: Node | undefined;
  readonly syntaxProblems: readonly SyntaxProblem[];
  private readonly lineStarts: number[] = [0];
  private readonly children = new WeakMap<Node, Map<string, Node>>();

  /** @param other the same text with another tree: its nodes still know their places in the text */
  constructor(
    readonly text: string,
    other?: { readonly root: Node; readonly lineStarts: number[] },
  ) {
    if (other) {
      this.root = other.root;
      this.syntaxProblems = [];
      this.lineStarts = other.lineStarts;
      return;
    }
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.lineStarts.push(at + 1);
    const refusal = refuse(text);
    if (refusal) {
      this.syntaxProblems = [refusal];
      return;
    }
    const errors: ParseError[] = [];
    // A byte-order mark is blank, and keeps its place so that offsets stay those of the text.
    this.root = parseTree(text.replace(/^\uFEFF/, ' '), errors, { allowTrailingComma: true });
    this.syntaxProblems = errors.map(syntaxProblem);
  }

  /**
   * The file as though other values stood at some paths. They, and keys that are not there yet, are where they were taken from, so that what is
   * wrong with them is reported there.
   */
  with(changes: readonly { readonly path: Path; readonly key: Node; readonly value: Node }[]): Document {
    let { root } = this;
    if (!root) throw new Error('There is no file to change.');
    for (const { path, key, value } of changes) root = changed(root, path, key, value);
    return new Document(this.text, { root, lineStarts: this.lineStarts });
  }

  /** A node as plain data. */
  valueOf(node: Node): unknown {
    return getNodeValue(node);
  }

  /** Lines and columns of a span of the text. */
  range(span: Span): Range {
    return { start: this.position(span.start), end: this.position(Math.max(span.start, span.end)) };
  }

  /** The value at a path, or undefined. */
  find(path: Path): Node | undefined {
    let node = this.root;
    for (const part of path) {
      if (!node) return undefined;
      node = typeof part === 'number' ? itemOf(node, part) : this.property(node, part)?.children?.[1];
    }
    return node;
  }

  /** Span of the value at a path; of the nearest thing around it where it is absent. */
  valueSpan(path: Path): Span {
    const node = this.find(path);
    return node ? spanOf(node) : this.keySpan(path.slice(0, -1));
  }

  /** Span of the key at a path (of the item, in a list); of the nearest key around it where it is absent. */
  keySpan(path: Path): Span {
    for (let length = path.length; length > 0; length--) {
      const parent = this.find(path.slice(0, length - 1));
      const last = path[length - 1];
      if (!parent) continue;
      const node =
        typeof last === 'number' ? itemOf(parent, last) : this.property(parent, last)?.children?.[0];
      if (node) return spanOf(node);
    }
    const start = this.root?.offset ?? 0;
    return { start, end: Math.min(start + 1, this.text.length) };
  }

  /** Span in the file of a span of the string at a path: counts the escapes of the string. */
  withinString(path: Path, within: Span): Span {
    const node = this.find(path);
    if (node?.type !== 'string') return this.valueSpan(path);
    const offsets = stringOffsets(this.text, node);
    const at = (index: number): number => offsets[Math.min(index, offsets.length - 1)];
    return { start: at(within.start), end: at(within.end) };
  }

  /** The property of an object by its key; the first, where keys repeat. */
  property(node: Node, key: string): Node | undefined {
    if (node.type !== 'object') return undefined;
    let properties = this.children.get(node);
    if (!properties) {
      properties = new Map();
      for (const child of node.children ?? []) {
        const name: unknown = child.children?.[0]?.value;
        if (typeof name === 'string' && !properties.has(name)) properties.set(name, child);
      }
      this.children.set(node, properties);
    }
    return properties.get(key);
  }

  private position(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = this.lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.lineStarts[middle] <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: at - this.lineStarts[low], offset: at };
  }
}

/** A node with another value at a path within it. Nothing else is copied. */
function changed(node: Node | undefined, path: Path, key: Node, value: Node): Node {
  if (path.length === 0) return value;
  const [first, ...rest] = path;
  const around = node?.type === 'array' || node?.type === 'object' ? node : emptyAt(key);
  const children = [...(around.children ?? [])];
  if (around.type === 'array') {
    const index = Number(first);
    if (index < children.length) children[index] = changed(children[index], rest, key, value);
  } else {
    const at = children.findIndex((child) => child.children?.[0]?.value === first);
    const [name, before] = children[at]?.children ?? [];
    const property: Node = {
      ...(children[at] ?? emptyAt(key)),
      type: 'property',
      children: [name ?? { ...key, value: first }, changed(before, rest, key, value)],
    };
    if (at < 0) children.push(property);
    else children[at] = property;
  }
  return { ...around, children };
}

function emptyAt({ offset, length }: Node): Node {
  return { type: 'object', offset, length, children: [] };
}

export function spanOf(node: Node): Span {
  return { start: node.offset, end: node.offset + node.length };
}

function itemOf(node: Node, index: number): Node | undefined {
  return node.type === 'array' ? node.children?.[index] : undefined;
}

// The parser's const enums cannot be inlined with isolated modules; their numbers are part of its interface.
const TOKEN = { openBrace: 1, closeBrace: 2, openBracket: 3, closeBracket: 4, end: 17 } as const;

/** What cannot be parsed safely: the parser is recursive, so depth is counted by the scanner first. */
function refuse(text: string): SyntaxProblem | null {
  if (text.length > MAX_LENGTH) {
    const message = `The file has ${text.length} characters, more than the ${MAX_LENGTH} that an experiment may have. Shorten it.`;
    return { span: { start: 0, end: 1 }, message, harmless: false, structural: false };
  }
  const scanner = createScanner(text, true);
  // A closing bracket without its opening one closes nothing.
  const open: number[] = [];
  for (let token: number = scanner.scan(); token !== TOKEN.end; token = scanner.scan()) {
    if (token === TOKEN.openBrace || token === TOKEN.openBracket) open.push(token);
    if (token === TOKEN.closeBrace && open[open.length - 1] === TOKEN.openBrace) open.pop();
    if (token === TOKEN.closeBracket && open[open.length - 1] === TOKEN.openBracket) open.pop();
    if (open.length > MAX_DEPTH) return tooDeep(scanner.getTokenOffset());
  }
  return null;
}

function tooDeep(start: number): SyntaxProblem {
  const message = `Objects and lists are nested more than ${MAX_DEPTH} deep here. An experiment needs no such depth; remove some.`;
  return { span: { start, end: start + 1 }, message, harmless: false, structural: false };
}

/** By `ParseErrorCode`. */
const SYNTAX: Record<number, { message: string; harmless?: boolean }> = {
  1: {
    message:
      'This is no JSON value. Write a string in double quotes, a number, true, false, null, a list or an object',
  },
  2: { message: 'This is no JSON number. Write it like 0.5 or 1e-3' },
  3: { message: 'A key in double quotes is missing here' },
  4: { message: 'A value is missing here' },
  5: { message: 'A colon is missing between the key and its value' },
  6: { message: 'A comma is missing before this', harmless: true },
  7: { message: 'A closing brace } is missing' },
  8: { message: 'A closing bracket ] is missing' },
  9: { message: 'There is more text after the end of the experiment. Remove it', harmless: true },
  10: { message: 'Comments are not allowed here' },
  11: { message: 'The comment is not closed. End it with */' },
  12: { message: 'The string is not closed. End it with a double quote' },
  13: { message: 'The number is not finished. Write it like 0.5 or 1e-3' },
  14: { message: 'The Unicode escape is not valid. Write \\u and four hexadecimal digits' },
  15: { message: 'The escape is not valid. Write \\\\ for a backslash' },
  16: {
    message: 'The string holds a control character. Write it as an escape such as \\n or \\t',
    harmless: true,
  },
};

function syntaxProblem({ error, offset, length }: ParseError): SyntaxProblem {
  const known = SYNTAX[error] ?? { message: 'This is not valid JSON' };
  return {
    span: { start: offset, end: offset + Math.max(1, length) },
    message: `${known.message}.`,
    harmless: known.harmless ?? false,
    structural: true,
  };
}

/** For each code unit of the string's value, and for its end, the offset in the text. */
function stringOffsets(text: string, node: Node): number[] {
  const end = node.offset + node.length - 1;
  const offsets: number[] = [];
  let at = node.offset + 1;
  while (at < end) {
    offsets.push(at);
    if (text[at] !== '\\') at += 1;
    else at += text[at + 1] === 'u' ? 6 : 2;
  }
  offsets.push(end);
  return offsets;
}
