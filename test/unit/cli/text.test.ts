import { describe, expect, it } from 'vitest';
import { columns, cutColumns, padColumns, wrapped } from '../../../src/cli/text';
import { rewrites } from '../../../src/cli/progress';

describe('columns of a terminal', () => {
  it.each([
    ['both', 4],
    ['网络', 4],
    ['ｆｕｌｌ', 8],
    ['한글', 4],
    ['e\u0301', 1],
    ['d′ – τ', 6],
    ['😀', 2],
    ['👩‍🔬', 2],
    ['❤️', 2],
    ['❤', 1],
    ['🇩🇪', 2],
  ])('of %s are %d', (text, width) => {
    expect(columns(text)).toBe(width);
    expect(columns(padColumns(text, 12))).toBe(12);
  });

  it('cut no character in two', () => {
    expect(cutColumns('a网络', 4)).toBe('a网');
    expect(cutColumns('a👩‍🔬b', 3)).toBe('a👩‍🔬');
    expect(cutColumns('abc', 9)).toBe('abc');
  });
});

describe('a text in lines of so many columns', () => {
  it('is cut at blanks, and goes on further in', () => {
    expect(wrapped('  one: two three four', 11, 4)).toEqual(['  one: two', '    three', '    four']);
    expect(wrapped('one two', 80, 4)).toEqual(['one two']);
    expect(wrapped('', 80, 4)).toEqual(['']);
  });

  it('is cut within a word only where that is longer than a line', () => {
    expect(wrapped('a abcdefghij 网络网络网', 6, 2)).toEqual([
      'a abcd',
      '  efgh',
      '  ij',
      '  网络',
      '  网络',
      '  网',
    ]);
    for (const line of wrapped('x'.repeat(5000), 80, 4)) expect(columns(line)).toBeLessThanOrEqual(80);
  });
});

describe('a line that is rewritten', () => {
  const write = (): void => undefined;
  it('is for terminals that know how, and for users who want it', () => {
    expect(rewrites({ isTTY: true, write }, { TERM: 'xterm' })).toBe(true);
    expect(rewrites({ isTTY: true, write }, {})).toBe(true);
    expect(rewrites({ isTTY: true, write }, { TERM: 'dumb' })).toBe(false);
    expect(rewrites({ isTTY: true, write }, { TERM: 'xterm', NO_COLOR: '1' })).toBe(false);
    expect(rewrites({ write }, { TERM: 'xterm' })).toBe(false);
  });
});
