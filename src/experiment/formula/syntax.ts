import type { Span } from '../document';
import type { Comparison } from '../expression';
import { FormulaError, tokenize, type Token } from './tokens';

/** What a formula says, before its names are looked up. Spans count in the formula. */
export type Syntax =
  | { readonly kind: 'name'; readonly name: string; readonly span: Span }
  | { readonly kind: 'number'; readonly number: number; readonly text: string; readonly span: Span }
  | { readonly kind: 'constant'; readonly value: boolean; readonly span: Span }
  /** `h[1]` */
  | { readonly kind: 'element'; readonly of: Name; readonly index: number; readonly span: Span }
  /** `h[1:3]`, half-open; an end left out is the vector's. */
  | {
      readonly kind: 'slice';
      readonly of: Name;
      readonly from: number | null;
      readonly to: number | null;
      readonly span: Span;
    }
  | {
      readonly kind: 'call';
      readonly function: FunctionName;
      readonly parts: readonly Syntax[];
      readonly span: Span;
    }
  | { readonly kind: 'not'; readonly of: Syntax; readonly span: Span }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Syntax[]; readonly span: Span }
  | {
      readonly kind: 'compare';
      readonly operator: Comparison;
      readonly left: Syntax;
      readonly right: Syntax;
      readonly span: Span;
    };

export interface Name {
  readonly name: string;
  readonly span: Span;
}

export const FUNCTIONS = ['xor', 'parity', 'count', 'all', 'any'] as const;
type FunctionName = (typeof FUNCTIONS)[number];

const MAX_LENGTH = 10_000;
const MAX_DEPTH = 64;

/** How tightly each operator binds its operands, loosest first: `or`, `and`, `not`, comparison. */
const BINDING = { or: 1, and: 2, not: 3, comparison: 4 } as const;

const COMPARISONS: ReadonlySet<string> = new Set<Comparison>(['==', '!=', '<', '<=', '>', '>=']);

/**
 * Parses a formula (a Pratt parser).
 *
 * Precedence, loosest first: `or`, `and`, `not`, comparison (`==` `!=` `<` `<=` `>` `>=`), so that `not a == x and b == y`
 * means `(not (a == x)) and (b == y)`. `and` and `or` are associative; comparisons do not chain.
 *
 * @throws FormulaError
 */
export function parseFormula(formula: string): Syntax {
  if (formula.length > MAX_LENGTH) {
    const message = `The formula has ${formula.length} characters, more than ${MAX_LENGTH}. Split it or shorten it.`;
    throw new FormulaError(message, { start: 0, end: formula.length });
  }
  return new Parser(formula, tokenize(formula)).whole();
}

class Parser {
  private at = 0;
  private depth = 0;

  constructor(
    private readonly formula: string,
    private readonly tokens: readonly Token[],
  ) {}

  whole(): Syntax {
    if (this.token.kind === 'end') {
      throw new FormulaError("The formula is empty. Write one such as 'shape == circle'.", this.token.span);
    }
    const syntax = this.expression(0);
    this.end();
    return syntax;
  }

  private end(): void {
    if (this.token.kind !== 'end') throw this.unexpected("'and', 'or' or a comparison");
  }

  private get token(): Token {
    return this.tokens[Math.min(this.at, this.tokens.length - 1)];
  }

  /** Parses as far as operators bind more tightly than `loosest`. */
  private expression(loosest: number): Syntax {
    if (++this.depth > MAX_DEPTH) {
      throw new FormulaError(
        `The formula is nested more than ${MAX_DEPTH} deep. Write it flatter.`,
        this.token.span,
      );
    }
    let left = this.operand();
    for (;;) {
      const { kind, text } = this.token;
      if (kind === 'symbol' && COMPARISONS.has(text) && BINDING.comparison > loosest) {
        if (left.kind === 'compare') {
          throw new FormulaError("Comparisons do not chain. Join two of them with 'and'.", this.token.span);
        }
        this.at++;
        const right = this.expression(BINDING.comparison);
        left = { kind: 'compare', operator: text as Comparison, left, right, span: around(left, right) };
      } else if (kind === 'name' && (text === 'and' || text === 'or') && BINDING[text] > loosest) {
        const parts = [left];
        while (this.token.kind === 'name' && this.token.text === text) {
          this.at++;
          parts.push(this.expression(BINDING[text]));
        }
        left = { kind: text, of: parts, span: around(left, parts[parts.length - 1]) };
      } else if (BINDING.comparison > loosest && (text === '^' || (kind === 'name' && isFunction(text)))) {
        throw this.infix(left, text);
      } else break;
    }
    this.depth--;
    return left;
  }

  /** A function written between its parts, as in `a xor b`. */
  private infix(left: Syntax, written: string): FormulaError {
    this.at++;
    const right = this.expression(BINDING.not);
    const name = written === '^' ? 'xor' : written;
    const source = ({ span }: Syntax): string => this.formula.slice(span.start, span.end);
    const call = `${name}(${source(left)}, ${source(right)})`;
    const message = `'${written}' does not stand between its parts. Write ${call.length > 80 ? `${name}(…, …)` : call}.`;
    return new FormulaError(message, around(left, right), call);
  }

  private operand(): Syntax {
    const { kind, text, span } = this.token;
    if (kind === 'number') {
      this.at++;
      return { kind: 'number', number: Number(text), text, span };
    }
    if (kind === 'symbol' && text === '(') {
      this.at++;
      const inner = this.expression(0);
      const end = this.close(')', span);
      // A comparison in parentheses may stand beside another one.
      const whole = { start: span.start, end: end.end };
      return inner.kind === 'compare' ? { kind: 'and', of: [inner], span: whole } : inner;
    }
    if (kind === 'name' && text === 'not') {
      this.at++;
      const of = this.expression(BINDING.not);
      return { kind: 'not', of, span: { start: span.start, end: of.span.end } };
    }
    if (kind === 'name' && (text === 'true' || text === 'false')) {
      this.at++;
      return { kind: 'constant', value: text === 'true', span };
    }
    if (kind === 'quoted' || (kind === 'name' && text !== 'and' && text !== 'or')) {
      this.at++;
      if (kind === 'name' && this.isSymbol('(')) return this.call(text, span);
      return this.isSymbol('[') ? this.subscript({ name: text, span }) : { kind: 'name', name: text, span };
    }
    throw this.unexpected('a feature');
  }

  private call(name: string, span: Span): Syntax {
    const known = FUNCTIONS.find((one) => one === name);
    if (!known) throw new UnknownFunction(name, span);
    const open = this.token.span;
    this.at++;
    const parts: Syntax[] = [];
    if (!this.isSymbol(')')) {
      parts.push(this.expression(0));
      while (this.isSymbol(',')) {
        this.at++;
        parts.push(this.expression(0));
      }
    }
    const end = this.close(')', open);
    const whole = { start: span.start, end: end.end };
    if (parts.length === 0)
      throw new FormulaError(`'${name}' needs something between its parentheses.`, whole);
    return { kind: 'call', function: known, parts, span: whole };
  }

  private subscript(of: Name): Syntax {
    const open = this.token.span;
    this.at++;
    const from = this.wholeNumber();
    if (this.isSymbol(':')) {
      this.at++;
      const to = this.wholeNumber();
      const end = this.close(']', open);
      return { kind: 'slice', of, from, to, span: { start: of.span.start, end: end.end } };
    }
    if (from === null) throw this.unexpected("a whole number such as 0, or a slice such as '0:2',");
    const end = this.close(']', open);
    return { kind: 'element', of, index: from, span: { start: of.span.start, end: end.end } };
  }

  private wholeNumber(): number | null {
    const { kind, text, span } = this.token;
    if (kind !== 'number') return null;
    if (!/^\d{1,9}$/.test(text)) {
      throw new FormulaError(`'${text}' cannot be an index. Write a whole number that counts from 0.`, span);
    }
    this.at++;
    return Number(text);
  }

  private close(symbol: ')' | ']', open: Span): Span {
    const { span } = this.token;
    if (!this.isSymbol(symbol)) {
      if (this.token.kind !== 'end') throw this.unexpected(`'${symbol}'`);
      throw new FormulaError(`The ${symbol === ')' ? "'('" : "'['"} here is not closed.`, open);
    }
    this.at++;
    return span;
  }

  private isSymbol(text: string): boolean {
    return this.token.kind === 'symbol' && this.token.text === text;
  }

  private unexpected(wanted: string): FormulaError {
    const { kind, text, span } = this.token;
    const previous = this.at > 0 ? this.tokens[this.at - 1].span : span;
    if (kind === 'end') return new FormulaError(`The formula ends where ${wanted} should follow.`, previous);
    const lower = text.toLowerCase();
    if (kind === 'name' && lower !== text && ['and', 'or', 'not'].includes(lower)) {
      return new FormulaError(`Write '${lower}' in place of '${text}'.`, span, lower);
    }
    return new FormulaError(`Found '${text}' where ${wanted} should stand.`, span);
  }
}

function isFunction(word: string): boolean {
  return FUNCTIONS.some((name) => name === word);
}

/** A call of a function that does not exist; the caller knows how to suggest a name. */
export class UnknownFunction extends FormulaError {
  constructor(
    readonly written: string,
    span: Span,
  ) {
    super(`Unknown function '${written}'`, span);
  }
}

function around(left: Syntax, right: Syntax): Span {
  return { start: left.span.start, end: right.span.end };
}
