import type { Span } from '../document';

type TokenKind = 'name' | 'quoted' | 'number' | 'symbol' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** Names without their quotes; numbers and symbols as written. */
  readonly text: string;
  readonly span: Span;
}

/** Something wrong in a formula; the span counts in the formula. */
export class FormulaError extends Error {
  constructor(
    message: string,
    readonly span: Span,
    /** A replacement of the span that mends it. */
    readonly replacement?: string,
  ) {
    super(message);
    this.name = 'FormulaError';
  }
}

const NAME = /[\p{L}_][\p{L}\p{M}\p{N}_]*/uy;
const NUMBER = /[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/uy;
const SYMBOL = /==|!=|<=|>=|[<>()[\],:^]/uy;
const SPACE = /\s+/uy;

/** What people write who know another language, and what it is called here. */
const FOREIGN: readonly (readonly [string, string])[] = [
  ['&&', 'and'],
  ['||', 'or'],
  ['===', '=='],
  ['!==', '!='],
  ['<>', '!='],
  ['≠', '!='],
  ['≤', '<='],
  ['≥', '>='],
  ['=', '=='],
  ['&', 'and'],
  ['|', 'or'],
  ['!', 'not '],
];

/**
 * Splits a formula into tokens, the last of kind `end`.
 *
 * @throws FormulaError
 */
export function tokenize(formula: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    return pattern.exec(formula)?.[0] ?? null;
  };
  const push = (kind: TokenKind, text: string, length: number): void => {
    tokens.push({ kind, text, span: { start: at, end: at + length } });
    at += length;
  };
  while (at < formula.length) {
    const space = match(SPACE);
    if (space !== null) {
      at += space.length;
      continue;
    }
    const name = match(NAME);
    if (name !== null) {
      push('name', name, name.length);
      continue;
    }
    const foreign = /[&|=!<≠≤≥]/.test(formula[at])
      ? FOREIGN.find(([written]) => formula.startsWith(written, at) && !isOurs(formula, at, written))
      : undefined;
    if (foreign) {
      const [written, ours] = foreign;
      const span = { start: at, end: at + written.length };
      throw new FormulaError(`Write '${ours.trim()}' in place of '${written}'.`, span, ours);
    }
    const character = formula[at];
    if (character === "'" || character === '"') {
      const [text, length] = quoted(formula, at);
      push('quoted', text, length);
      continue;
    }
    const number = match(NUMBER);
    const symbol = number === null ? match(SYMBOL) : null;
    if (number !== null) push('number', number, number.length);
    else if (symbol !== null) push('symbol', symbol, symbol.length);
    else {
      const unexpected = String.fromCodePoint(formula.codePointAt(at) ?? 0);
      throw new FormulaError(
        `'${unexpected}' means nothing in a formula. Put a name that holds it in quotes, as in 'my name'.`,
        { start: at, end: at + unexpected.length },
      );
    }
  }
  push('end', '', 0);
  return tokens;
}

/** A name as it is written in a formula: in quotes unless it is a plain word. */
export function writeName(name: string): string {
  const plain = new RegExp(`^${NAME.source}$`, 'u').test(name) && !RESERVED.has(name);
  return plain ? name : `'${name.replace(/[\\']/g, '\\$&')}'`;
}

const RESERVED: ReadonlySet<string> = new Set(['and', 'or', 'not', 'true', 'false']);

/** Whether what looks foreign is one of our own symbols: `=` of `==`, `!` of `!=`. */
function isOurs(formula: string, at: number, written: string): boolean {
  return written.length === 1 && (written === '=' || written === '!') && formula[at + 1] === '=';
}

/** The text between quotes, and the length with them; a backslash keeps the character after it. */
function quoted(formula: string, start: number): [text: string, length: number] {
  const quote = formula[start];
  let text = '';
  for (let at = start + 1; at < formula.length; at++) {
    if (formula[at] === quote) return [text, at + 1 - start];
    if (formula[at] === '\\' && at + 1 < formula.length) at++;
    text += formula[at];
  }
  const span = { start, end: formula.length };
  throw new FormulaError(`The quotation mark ${quote} is not closed.`, span);
}
