import { quoteEnd } from './decoded-string';

/** A piece of a formula as it is being written: nothing need be whole. */
export interface Word {
  readonly kind: 'name' | 'quoted' | 'number' | 'symbol';
  /** Names without their quotes. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const NAME = /[\p{L}_][\p{L}\p{M}\p{N}_]*/uy;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/uy;
const SYMBOL = /==|!=|<=|>=|[^\s]/uy;

/** Words of a formula, broken ones among them. */
export function wordsOf(formula: string): Word[] {
  const words: Word[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(formula)?.[0];
  };
  const push = (kind: Word['kind'], text: string, length: number): void => {
    words.push({ kind, text, start: at, end: at + length });
    at += length;
  };
  while (at < formula.length) {
    const character = formula[at];
    if (/\s/u.test(character)) at++;
    else if (character === "'" || character === '"') {
      const end = quoteEnd(formula, at);
      const isClosed = end - at > 1 && formula[end - 1] === character;
      const inside = formula.slice(at + 1, isClosed ? end - 1 : end);
      push('quoted', inside.replace(/\\(.)/gsu, '$1'), end - at);
    } else {
      const name = match(NAME);
      const number = name === undefined ? match(NUMBER) : undefined;
      if (name !== undefined) push('name', name, name.length);
      else if (number !== undefined) push('number', number, number.length);
      else {
        const symbol = match(SYMBOL) ?? character;
        push('symbol', symbol, symbol.length);
      }
    }
  }
  return words;
}
